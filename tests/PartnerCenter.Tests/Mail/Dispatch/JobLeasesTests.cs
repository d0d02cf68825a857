using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed class JobLeasesTests : IAsyncLifetime
{
    private MailWorld _world = null!;
    private MailInstance _first = null!;
    private MailInstance _second = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        _first = _world.First;
        _second = _world.Start();
        foreach (var instance in new[] { _first, _second })
            await instance.WithAsync<InstanceRegistry>(registry => registry.BeatAsync());
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_job_has_one_holder_who_keeps_it()
    {
        bool[] held = [await TryHoldAsync(_first), await TryHoldAsync(_second), await TryHoldAsync(_first)];

        Assert.Equal([true, false, true], held);
    }

    [Fact]
    public async Task Two_jobs_can_have_two_holders()
    {
        await TryHoldAsync(_first, "one");

        var held = await TryHoldAsync(_second, "another");

        Assert.True(held);
    }

    [Fact]
    public async Task A_job_passes_on_when_its_holder_is_struck_off_and_does_not_come_back_with_it()
    {
        await TryHoldAsync(_first);
        await _second.WithAsync<InstanceRegistry>(registry => registry.ReleaseAsync(_first.Name));

        var passedOn = await TryHoldAsync(_second);

        Assert.True(passedOn);
        await _first.WithAsync<InstanceRegistry>(registry => registry.BeatAsync());
        Assert.False(await TryHoldAsync(_first));
    }

    [Fact]
    public async Task Of_many_who_want_a_free_job_at_the_same_instant_one_gets_it()
    {
        var all = Enumerable.Range(0, 8).Select(_ => _world.Start()).ToList();
        foreach (var instance in all)
            await instance.WithAsync<InstanceRegistry>(registry => registry.BeatAsync());

        var held = await Task.WhenAll(all.Select(instance => Task.Run(() => TryHoldAsync(instance))));

        Assert.Single(held, isHeld => isHeld);
    }

    [Fact]
    public async Task Of_many_who_want_the_job_of_one_who_is_gone_one_gets_it()
    {
        await TryHoldAsync(_first);
        await _second.WithAsync<InstanceRegistry>(registry => registry.ReleaseAsync(_first.Name));
        var all = Enumerable.Range(0, 8).Select(_ => _world.Start()).ToList();
        foreach (var instance in all)
            await instance.WithAsync<InstanceRegistry>(registry => registry.BeatAsync());

        var held = await Task.WhenAll(all.Select(instance => Task.Run(() => TryHoldAsync(instance))));

        Assert.Single(held, isHeld => isHeld);
    }

    private static Task<bool> TryHoldAsync(MailInstance instance, string job = "job") =>
        instance.WithAsync<JobLeases, bool>(leases => leases.TryHoldAsync(job));
}
