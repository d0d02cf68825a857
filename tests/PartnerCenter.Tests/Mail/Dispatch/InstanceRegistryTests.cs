using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Mail.Dispatch;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed class InstanceRegistryTests : IAsyncLifetime
{
    private const int BeatsPerSilence = 8;

    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds((double)MailWorld.SilenceSeconds / BeatsPerSilence);

    private MailWorld _world = null!;
    private MailInstance _observer = null!;
    private MailInstance _other = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        _observer = _world.First;
        _other = _world.Start();
        await BeatAsync(_other);
        await LookAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task An_instance_that_beats_is_never_silent()
    {
        List<string> silent = [];

        for (var beat = 0; beat < 3 * BeatsPerSilence; beat++)
        {
            _world.Time.Advance(BetweenBeats);
            await BeatAsync(_other);
            silent.AddRange(await LookAsync());
        }

        Assert.Empty(silent);
    }

    [Fact]
    public async Task An_instance_whose_beat_has_not_moved_for_the_whole_time_is_silent()
    {
        var looks = await LookWhileOtherIsSilentAsync(BeatsPerSilence);

        Assert.All(looks.SkipLast(1), Assert.Empty);
        Assert.Equal([_other.Name], looks[^1]);
    }

    [Fact]
    public async Task One_beat_in_time_starts_the_count_again()
    {
        await LookWhileOtherIsSilentAsync(BeatsPerSilence - 1);
        await BeatAsync(_other);

        var looks = await LookWhileOtherIsSilentAsync(BeatsPerSilence);

        Assert.All(looks, Assert.Empty);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task A_wall_clock_that_jumps_by_days_makes_nobody_silent(int days)
    {
        _world.Time.JumpTo(_world.Time.Now.AddDays(days));

        var looks = await LookWhileOtherIsSilentAsync(BeatsPerSilence - 1);

        Assert.All(looks, Assert.Empty);
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_back_hides_no_silence()
    {
        _world.Time.JumpTo(_world.Time.Now.AddDays(-1));

        var looks = await LookWhileOtherIsSilentAsync(BeatsPerSilence);

        Assert.Equal([_other.Name], looks[^1]);
    }

    [Fact]
    public async Task An_observer_does_not_count_itself()
    {
        var looks = await LookWhileOtherIsSilentAsync(2 * BeatsPerSilence);

        Assert.DoesNotContain(looks, silent => silent.Contains(_observer.Name));
    }

    [Fact]
    public async Task Time_in_which_the_observer_could_not_write_its_own_beat_counts_for_nobody()
    {
        await LookWhileOtherIsSilentAsync(BeatsPerSilence - 1);
        await _observer.WithAsync<InstanceRegistry>(registry =>
        {
            registry.ForgetSilence();
            return Task.CompletedTask;
        });

        var looks = await LookWhileOtherIsSilentAsync(BeatsPerSilence);

        Assert.All(looks, Assert.Empty);
    }

    [Fact]
    public async Task Time_in_which_the_observer_itself_was_stalled_counts_for_nobody()
    {
        _world.Time.Advance(TimeSpan.FromMinutes(10));

        var silent = await LookAsync();

        Assert.Empty(silent);
        Assert.Equal([_other.Name], (await LookWhileOtherIsSilentAsync(BeatsPerSilence))[^1]);
    }

    [Fact]
    public async Task What_a_silent_instance_held_goes_back_and_only_what_was_on_its_way_is_in_doubt()
    {
        await HoldMailsAsync(_other, claimed: 2, sending: 1);
        await HoldMailsAsync(_observer, claimed: 1, sending: 1);

        await ReleaseAsync(_other.Name);

        Assert.Equal(
            [(MailState.Queued, null, 0), (MailState.Queued, null, 0), (MailState.Queued, null, 1), (MailState.Claimed, _observer.Name, 0), (MailState.Sending, _observer.Name, 0)],
            (await _world.MailsAsync()).Select(mail => (mail.State, mail.Owner, mail.InDoubt)));
    }

    [Fact]
    public async Task A_silent_instance_is_struck_off_and_comes_back_with_its_next_beat()
    {
        await ReleaseAsync(_other.Name);
        var struckOff = await RegisteredAsync();

        await BeatAsync(_other);

        Assert.Equal([_observer.Name], struckOff);
        Assert.Equal([_observer.Name, _other.Name], (await RegisteredAsync()).OrderBy(name => name == _other.Name));
    }

    [Fact]
    public async Task Nobody_releases_the_same_instance_twice()
    {
        await HoldMailsAsync(_other, claimed: 0, sending: 1);

        await ReleaseAsync(_other.Name);
        await ReleaseAsync(_other.Name);

        Assert.Equal(1, (await _world.MailAsync()).InDoubt);
    }

    [Fact]
    public async Task Mails_of_an_owner_that_is_not_registered_are_found_too()
    {
        await HoldMailsAsync(_other, claimed: 1, sending: 0);
        await _observer.WriteAsync(async db => db.Remove(await db.ServerInstances.SingleAsync(instance => instance.Id == _other.Name)));
        await LookAsync();

        var looks = await LookWhileOtherIsSilentAsync(BeatsPerSilence);

        Assert.All(looks.SkipLast(1), Assert.Empty);
        Assert.Equal([_other.Name], looks[^1]);
    }

    private static Task BeatAsync(MailInstance instance) => instance.WithAsync<InstanceRegistry>(registry => registry.BeatAsync());

    /// <summary>One round of the heartbeat.</summary>
    private Task<IReadOnlyList<string>> LookAsync() => _observer.WithAsync<InstanceRegistry, IReadOnlyList<string>>(async registry =>
    {
        await registry.BeatAsync();
        return await registry.FindSilentAsync();
    });

    private async Task<List<IReadOnlyList<string>>> LookWhileOtherIsSilentAsync(int beats)
    {
        List<IReadOnlyList<string>> looks = [];
        for (var beat = 0; beat < beats; beat++)
        {
            _world.Time.Advance(BetweenBeats);
            looks.Add(await LookAsync());
        }

        return looks;
    }

    private Task ReleaseAsync(string instance) => _observer.WithAsync<InstanceRegistry>(registry => registry.ReleaseAsync(instance));

    private Task<List<string>> RegisteredAsync() => _observer.ReadAsync(db => db.ServerInstances.Select(instance => instance.Id).ToListAsync());

    private async Task HoldMailsAsync(MailInstance owner, int claimed, int sending)
    {
        var organization = await _world.AddOrganizationAsync($"org-{owner.Name}");
        await _world.AddMembersAsync(organization, claimed + sending, BillingAdmin);
        var id = await _world.QueueAsync(MailWorld.Draft(CommunicationKind.MandatoryAction, BillingAdmin) with { Organizations = [organization.Key] });
        await owner.WriteAsync(async db =>
        {
            var mails = await db.OutboxMails.Where(mail => mail.CommunicationId == id).OrderBy(mail => mail.Id).ToListAsync();
            foreach (var mail in mails)
                mail.Claim(owner.Name);
            foreach (var mail in mails.Skip(claimed))
                mail.StartSending(new MailAddressee("anna@alpine-cloud.example", AddressSource.SignIn), "Subject", "Text", "<p>Text</p>");
        });
    }
}
