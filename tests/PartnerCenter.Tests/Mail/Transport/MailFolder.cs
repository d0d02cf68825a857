using PartnerCenter.Mail.Transport;
using static PartnerCenter.Mail.Transport.TransportOutcome;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>Mail as files.</summary>
public sealed class MailFolder : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mail-{Guid.NewGuid():N}", "out");
    private readonly FolderTransport _transport;

    public MailFolder() => _transport = new FolderTransport(_folder, new StoppedClock());

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task A_mail_becomes_a_file_named_after_its_time_and_key()
    {
        var answer = await SendAsync(SampleMail.Plain);

        Assert.Equal(new TransportAnswer(Accepted, "20261101T080507123-ob.0123456789abcdef-1.eml"), answer);
        Assert.Equal(MimeMessage.Write(SampleMail.Plain), await File.ReadAllBytesAsync(Path.Combine(_folder, answer.Text)));
    }

    [Fact]
    public async Task A_mail_that_is_sent_twice_is_there_twice()
    {
        await SendAsync(SampleMail.Plain);
        await SendAsync(SampleMail.Plain);

        Assert.Equal(["20261101T080507123-ob.0123456789abcdef-1.eml", "20261101T080507123-ob.0123456789abcdef-2.eml"], Files());
    }

    [Fact]
    public async Task Deliveries_at_the_same_moment_do_not_get_in_each_others_way()
    {
        List<TransportAnswer> answers = [];
        for (var round = 0; round < 50; round++)
        {
            var mail = SampleMail.Plain with { MessageId = $"<{round}@partnercenter.example>" };
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SendAsync(mail)))));
        }

        Assert.All(answers, answer => Assert.Equal(Accepted, answer.Outcome));
        Assert.Equal(Files(), answers.Select(answer => answer.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_watches_the_folder_never_sees_half_a_mail()
    {
        Directory.CreateDirectory(_folder);
        var mail = SampleMail.Plain with { Text = new string('x', 500_000) };
        var whole = MimeMessage.Write(mail).Length;

        var deliveries = Task.Run(async () =>
        {
            for (var n = 0; n < 30; n++)
                await SendAsync(mail);
        });
        while (!deliveries.IsCompleted)
            Assert.All(new DirectoryInfo(_folder).EnumerateFiles("*.eml"), file => Assert.Equal(whole, file.Length));

        await deliveries;
        Assert.Equal(30, Files().Length);
        Assert.All(Files(), file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<../../evil@x>", "20261101T080507123-.._.._evil-1.eml")]
    [InlineData("<a:b|c*d@x>", "20261101T080507123-a_b_c_d-1.eml")]
    public async Task A_key_cannot_lead_out_of_the_folder(string messageId, string file)
    {
        Assert.Equal(file, (await SendAsync(SampleMail.Plain with { MessageId = messageId })).Text);
        Assert.Equal([file], Files());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_relay_that_is_not_there()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        await File.WriteAllTextAsync(_folder, "in the way");

        var answer = await SendAsync(SampleMail.Plain);

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.NotEmpty(answer.Text);
    }

    [Fact]
    public async Task What_a_relay_would_not_be_asked_is_not_written_either()
    {
        Directory.CreateDirectory(_folder);

        Assert.Equal(AddressRefused, (await SendAsync(SampleMail.Plain with { To = "a@b.example, c@d.example" })).Outcome);
        Assert.Equal(Refused, (await SendAsync(SampleMail.Plain with { Subject = "a\nb" })).Outcome);
        Assert.Equal(RelayUnavailable, (await _transport.SendAsync(SampleMail.Plain, new CancellationToken(canceled: true))).Outcome);
        Assert.Empty(Files());
    }

    private Task<TransportAnswer> SendAsync(OutgoingMail mail) => _transport.SendAsync(mail, CancellationToken.None);

    private string[] Files() =>
        [.. Directory.EnumerateFileSystemEntries(_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 1, 8, 5, 7, 123, TimeSpan.Zero);
    }
}
