using PartnerCenter.Benchmarks;

return args switch
{
    ["publish"] => await PublishBenchmark.RunAsync(audience: 10_000),
    ["read"] => await ReadBenchmark.RunAsync(many: 200_000),
    ["read", "--million"] => await ReadBenchmark.RunAsync(many: 1_000_000),
    ["page"] => await PageBenchmark.RunAsync(communications: 1_000_000, members: 100_000),
    ["dashboard"] => await DashboardBenchmark.RunAsync(),
    ["search"] => await SearchBenchmark.RunAsync(),
    ["users"] => await UsersBenchmark.RunAsync(many: 10_000),
    ["mail"] => await MailBenchmark.RunAsync(),
    ["mail", "--memory"] => await MailMemoryBenchmark.RunAsync(mails: 100_000),
    ["mail", "--memory", var mails] => await MailMemoryBenchmark.RunAsync(int.Parse(mails, System.Globalization.CultureInfo.InvariantCulture)),
    ["mail", var only] => await MailBenchmark.RunAsync(only),
    [MailSink.Command, var delay] => await MailSink.RunAsync(int.Parse(delay, System.Globalization.CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project tests/PartnerCenter.Benchmarks -- COMMAND

          publish            what a call of the publishing API costs for 10,000 addressed members, against 10
          read [--million]   what a page of actions and the badge cost with 200,000 (or 1,000,000) communications, against 10,000
          page               what the Action Center costs through the whole portal, with 1,000,000 communications against 10,000, and
                             with 100,000 members against 1,000
          dashboard          what the dashboard costs with all its questions to the database, against the same page from memory
          search             what suggestions of the search bar cost through the whole portal, with 500 articles and 200 pages
          users              what the list of users costs, filtered and sorted, in an organization with 10,000 members, against 100
          mail [dispatcher | postfix | framework]
                             how many mails go out in a second: by the dispatcher against the transport alone, by the transport against
                             Postfix's smtp-source (needs the package postfix, and root), and against System.Net.Mail.SmtpClient
          mail --memory [COUNT]
                             whether memory stays flat while 100,000 mails (or COUNT) go out

        Each prints medians and the ratio between the two, measured in one run. The exit code is 1 when a goal is missed.
        """);
    return 2;
}
