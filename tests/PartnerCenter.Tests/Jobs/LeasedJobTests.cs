using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Tests.Mail.Dispatch;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Jobs;

namespace PartnerCenter.Tests.Jobs;

public sealed class LeasedJobTests : IAsyncLifetime, IDisposable
{
    private readonly TurnedByHand _clock = new();
    private readonly StartedByHand _portal = new();
    private readonly LogBook _log = new();
    private readonly Queue<Func<bool>> _portions = [];
    private MailWorld _world = null!;
    private WatchedScopes _scopes = null!;
    private Job _job = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        await _world.First.WithAsync<InstanceRegistry>(registry => registry.BeatAsync());
        _scopes = new WatchedScopes(_world.First.Scopes);
        _job = new Job(_scopes, _clock, _portal, _log.CreateLogger(typeof(Job).FullName!), _portions);
    }

    public async Task DisposeAsync()
    {
        await _job.StopAsync(CancellationToken.None);
        await _world.DisposeAsync();
    }

    public void Dispose()
    {
        _job.Dispose();
        _log.Dispose();
        _portal.Dispose();
    }

    [Fact]
    public async Task It_does_nothing_before_the_portal_has_started()
    {
        await _job.StartAsync(CancellationToken.None);
        await _portal.IsAwaited;
        var before = _scopes.Opened;

        _portal.Start();
        await _scopes.ClosedAsync();

        Assert.Equal((0, 1), (before, _job.Runs));
    }

    [Fact]
    public async Task A_portal_that_ends_without_having_started_ends_it()
    {
        await _job.StartAsync(CancellationToken.None);
        await _portal.IsAwaited;

        await _job.StopAsync(CancellationToken.None);

        Assert.True(_job.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(0, _job.Runs);
    }

    [Fact]
    public async Task A_round_goes_on_while_there_is_more_to_do_and_each_portion_has_its_own_scope()
    {
        _portions.Enqueue(() => true);
        _portions.Enqueue(() => true);
        _portions.Enqueue(() => false);

        await StartAsync(portions: 3);

        Assert.Equal((3, 3), (_job.Runs, _scopes.Opened));
    }

    [Fact]
    public async Task A_fault_is_logged_and_the_next_round_runs()
    {
        _portions.Enqueue(() => throw new InvalidOperationException("It broke"));
        await StartAsync();

        await _clock.TickAsync();
        await _scopes.ClosedAsync();

        Assert.Equal(2, _job.Runs);
        Assert.Equal(["Job met a fault; it goes on with the next round"], _log.Of<Job>());
    }

    [Fact]
    public async Task What_another_instance_was_first_with_is_looked_at_again_in_the_next_round()
    {
        _portions.Enqueue(() => throw new Microsoft.EntityFrameworkCore.DbUpdateException("It is there already"));
        await StartAsync();

        await _clock.TickAsync();
        await _scopes.ClosedAsync();

        Assert.Equal(2, _job.Runs);
        Assert.StartsWith("Job could not save its work", Assert.Single(_log.Of<Job>()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_lease_it_does_nothing_and_with_it_it_works()
    {
        var other = _world.Start();
        await other.WithAsync<InstanceRegistry>(registry => registry.BeatAsync());
        Assert.True(await other.WithAsync<JobLeases, bool>(leases => leases.TryHoldAsync(nameof(Job))));
        await StartAsync();
        var without = _job.Runs;

        await other.WithAsync<InstanceRegistry>(registry => registry.ReleaseAsync(other.Name));
        await _clock.TickAsync();
        await _scopes.ClosedAsync();

        Assert.Equal((0, 1), (without, _job.Runs));
    }

    [Fact]
    public async Task A_portal_that_ends_ends_it_without_a_word()
    {
        await StartAsync();

        await _job.StopAsync(CancellationToken.None);

        Assert.Empty(_log.Of<Job>());
    }

    private async Task StartAsync(int portions = 1)
    {
        await _job.StartAsync(CancellationToken.None);
        _portal.Start();
        for (var n = 0; n < portions; n++)
            await _scopes.ClosedAsync();
    }

    private sealed class Job(
        IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime lifetime, ILogger logger, Queue<Func<bool>> portions)
        : LeasedJob(scopes, time, lifetime, logger)
    {
        private int _runs;

        public int Runs => Volatile.Read(ref _runs);

        protected override TimeSpan Interval { get; } = TimeSpan.FromMinutes(3);

        protected override Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _runs);
            return Task.FromResult(portions.Count > 0 && portions.Dequeue()());
        }
    }

    /// <summary>A clock whose timers fire when a test says so.</summary>
    private sealed class TurnedByHand : TimeProvider
    {
        private readonly TaskCompletionSource<Action> _timer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task TickAsync() => (await _timer.Task.WaitAsync(TimeSpan.FromSeconds(30)))();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timer.TrySetResult(() => callback(state));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
                // It runs nowhere.
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    /// <summary>A portal that starts when a test says so.</summary>
    private sealed class StartedByHand : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();
        private readonly TaskCompletionSource _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends once somebody has asked for the start.</summary>
        public Task IsAwaited => _awaited.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public CancellationToken ApplicationStarted
        {
            get
            {
                _awaited.TrySetResult();
                return _started.Token;
            }
        }

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void Dispose() => _started.Dispose();

        public void StopApplication() => throw new NotSupportedException();
    }

    /// <summary>Tells when a portion of work, or the wish for one, is over.</summary>
    private sealed class WatchedScopes(IServiceScopeFactory inner) : IServiceScopeFactory
    {
        private readonly Channel<bool> _closed = Channel.CreateUnbounded<bool>();
        private int _opened;

        public int Opened => Volatile.Read(ref _opened);

        public Task ClosedAsync() => _closed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public IServiceScope CreateScope()
        {
            Interlocked.Increment(ref _opened);
            return new Scope(inner.CreateAsyncScope(), _closed.Writer);
        }

        private sealed class Scope(AsyncServiceScope inner, ChannelWriter<bool> closed) : IServiceScope, IAsyncDisposable
        {
            public IServiceProvider ServiceProvider => inner.ServiceProvider;

            public void Dispose() => throw new NotSupportedException();

            public async ValueTask DisposeAsync()
            {
                await inner.DisposeAsync();
                closed.TryWrite(true);
            }
        }
    }
}
