using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Benchmarks;

/// <summary>
/// How fast mail goes out: the dispatcher against the transport alone, the transport against Postfix's own client and against the
/// framework's, always at the same relay and in the same run.
/// </summary>
internal static class MailBenchmark
{
    private const int Rounds = 3;
    private const int Parallel = 8;
    private const int Mails = 2_000;
    private const int MailsOfFramework = 60;
    private const double LeastOfTransport = 0.9;
    private const double LeastOfPostfix = 0.75;
    private const double LeastOfFramework = 20;

    private static readonly TimeSpan Away = TimeSpan.FromMilliseconds(10);

    /// <param name="only">The name of one of the comparisons; null for all.</param>
    public static async Task<int> RunAsync(string? only = null)
    {
        List<bool> isGood = [];
        if (only is null or "dispatcher")
            isGood.Add(await DispatcherAsync());
        if (only is null or "postfix")
            isGood.Add(await PostfixAsync());
        if (only is null or "framework")
            isGood.Add(await FrameworkAsync());
        return isGood.TrueForAll(good => good) ? 0 : 1;
    }

    private static async Task<bool> DispatcherAsync()
    {
        using var sink = await MailSink.StartAsync(Away);
        await using var portal = await MailPortal.OpenAsync(sink.Options, Parallel, Mails);
        var mail = await portal.SampleAsync();
        await portal.QueueAsync();
        await portal.DrainAsync();

        return await CompareAsync(
            $"dispatcher with {Parallel} connections to a relay that answers after {Away.TotalMilliseconds} ms, against the transport alone",
            LeastOfTransport,
            async () =>
            {
                var before = await portal.CountAsync(MailState.Sent);
                await portal.QueueAsync();
                var milliseconds = await Stopwatches.TimeAsync(portal.DrainAsync);
                return await portal.CountAsync(MailState.Sent) - before == Mails
                    ? Mails / milliseconds * 1000
                    : throw new InvalidOperationException("Not every mail went.");
            },
            () => TransportAsync(sink.Options, mail, Mails, Parallel));
    }

    private static async Task<bool> PostfixAsync()
    {
        if (PrivatePostfix.WhyNot is { } reason)
        {
            Console.WriteLine($"transport against Postfix's client: not measured, {reason}");
            return true;
        }

        await using var portal = await MailPortal.OpenAsync(new SmtpOptions { Host = "127.0.0.1" }, Parallel, members: 1);
        var mail = await portal.SampleAsync();
        await using var postfix = await PrivatePostfix.StartAsync();
        await postfix.SourceAsync(MimeMessage.Write(mail), Mails);
        await TransportAsync(postfix.Options, mail, Mails, parallel: 1);

        return await CompareAsync(
            "transport over one connection to Postfix, against smtp-source",
            LeastOfPostfix,
            async () =>
            {
                await postfix.RestAsync();
                return await TransportAsync(postfix.Options, mail, Mails, parallel: 1);
            },
            async () =>
            {
                await postfix.RestAsync();
                return await postfix.SourceAsync(MimeMessage.Write(mail), Mails);
            });
    }

    private static async Task<bool> FrameworkAsync()
    {
        using var sink = await MailSink.StartAsync(TimeSpan.Zero);
        await using var portal = await MailPortal.OpenAsync(sink.Options, Parallel, members: 1);
        var mail = await portal.SampleAsync();
        await TransportAsync(sink.Options, mail, Mails, parallel: 1);

        return await CompareAsync(
            "transport over one connection to a relay on this machine, against System.Net.Mail.SmtpClient",
            LeastOfFramework,
            () => TransportAsync(sink.Options, mail, Mails, parallel: 1),
            () => FrameworkAsync(sink.Options, mail));
    }

    private static async Task<bool> CompareAsync(string what, double least, Func<Task<double>> ours, Func<Task<double>> theirs)
    {
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second) = (await ours(), await theirs());
            ratios.Add(first / second);
            Console.WriteLine($"{what}: {first:N0} mails/s, {second:N0} mails/s: x{first / second:0.00}");
        }

        var median = ratios.Order().ElementAt(Rounds / 2);
        Console.WriteLine($"{what}: x{median:0.00} (goal: at least x{least:0.##})");
        return median >= least;
    }

    /// <returns>Mails in a second.</returns>
    private static async Task<double> TransportAsync(SmtpOptions relay, OutgoingMail mail, int count, int parallel)
    {
        await using var transport = new SmtpTransport(relay);
        var milliseconds = await Stopwatches.TimeAsync(() => System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = parallel },
            async (n, cancellation) =>
            {
                var own = mail with { MessageId = string.Create(CultureInfo.InvariantCulture, $"<ob.{n}@partnercenter.example>") };
                if (await transport.SendAsync(own, cancellation) is { Outcome: not TransportOutcome.Accepted } answer)
                    throw new InvalidOperationException($"{answer.Outcome}: {answer.Text}");
            }));
        return count / milliseconds * 1000;
    }

    /// <returns>Mails in a second.</returns>
    private static async Task<double> FrameworkAsync(SmtpOptions relay, OutgoingMail mail)
    {
        using var client = new SmtpClient(relay.Host, relay.Port);
        using var message = new MailMessage(mail.FromAddress, mail.To, mail.Subject, mail.Text);
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, new ContentType("text/html; charset=utf-8")));
        await client.SendMailAsync(message);
        var milliseconds = await Stopwatches.TimeAsync(async () =>
        {
            for (var n = 0; n < MailsOfFramework; n++)
                await client.SendMailAsync(message);
        });
        return MailsOfFramework / milliseconds * 1000;
    }
}
