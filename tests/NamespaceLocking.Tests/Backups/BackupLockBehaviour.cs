using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace NamespaceLocking.Tests;

/// <summary>What locks of groups, snapshots and manifests do, wherever they live.</summary>
[Collection(Measurements.Collection)]
public abstract class BackupLockBehaviour : IDisposable
{
    private protected static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");
    private protected static readonly BackupLockTarget Group = BackupLockTarget.Group(Ab, "vm", "100");
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Time = new(2026, 3, 11, 15, 13, 9, TimeSpan.Zero);

    private readonly Lazy<BackupLockManager> _locks;

    protected BackupLockBehaviour() => _locks = new(() => CreateManager(new()));

    private protected BackupLockManager Locks => _locks.Value;

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    private protected abstract NamespaceLockGuard LockNamespace(BackupNamespace ns);

    private protected abstract BackupLockManager CreateManager(NamespaceLockOptions options);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [SkippableFact]
    public void A_guard_says_what_it_holds()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        var guard = Locks.Acquire(Group, LockMode.Shared);
        Assert.Equal((Locks.Store, Group, LockMode.Shared, true), (guard.Store, guard.Target, guard.Mode, guard.IsHeld));
        guard.Dispose();
        guard.Dispose();
        Assert.False(guard.IsHeld);
    }

    [SkippableTheory]
    [InlineData(LockMode.Shared, LockMode.Shared, true)]
    [InlineData(LockMode.Shared, LockMode.Exclusive, false)]
    [InlineData(LockMode.Exclusive, LockMode.Shared, false)]
    [InlineData(LockMode.Exclusive, LockMode.Exclusive, false)]
    public void Two_of_one_target_conflict_unless_both_are_shared(LockMode held, LockMode asked, bool isGranted)
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using (Locks.Acquire(Group, held))
        {
            using var second = Locks.TryAcquire(Group, asked);
            Assert.Equal(isGranted, second is not null);
        }
        using var afterwards = Locks.TryAcquire(Group, LockMode.Exclusive);
        Assert.NotNull(afterwards);
    }

    [SkippableFact]
    public void A_shared_hold_ends_with_the_last_guard()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        var first = Locks.Acquire(Group, LockMode.Shared);
        var second = Locks.Acquire(Group, LockMode.Shared);
        first.Dispose();
        Assert.Null(Locks.TryAcquire(Group, LockMode.Exclusive));
        second.Dispose();
        using var exclusive = Locks.TryAcquire(Group, LockMode.Exclusive);
        Assert.NotNull(exclusive);
    }

    [SkippableFact]
    public void A_group_its_snapshots_and_their_manifests_are_apart()
    {
        using var inNamespace = LockNamespace(Ab);
        using var group = Locks.Acquire(BackupLockTarget.Group(Ab, "vm", "100"), LockMode.Exclusive);
        using var snapshot = Locks.Acquire(BackupLockTarget.Snapshot(Ab, "vm", "100", Time), LockMode.Exclusive);
        using var manifest = Locks.Acquire(BackupLockTarget.Manifest(Ab, "vm", "100", Time), LockMode.Exclusive);
        using var next = Locks.Acquire(BackupLockTarget.Snapshot(Ab, "vm", "100", Time.AddSeconds(1)), LockMode.Exclusive);
        using var other = Locks.Acquire(BackupLockTarget.Group(Ab, "ct", "100"), LockMode.Exclusive);
        Assert.True(group.IsHeld && snapshot.IsHeld && manifest.IsHeld && next.IsHeld && other.IsHeld);
    }

    [SkippableFact]
    public void Namespaces_and_stores_are_apart()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var guard = Locks.Acquire(Group, LockMode.Exclusive);
        var sameName = BackupLockTarget.Group(Ab.Parent, "vm", "100");
        using var inParent = LockNamespace(sameName.Namespace);
        using var ofParent = Locks.TryAcquire(sameName, LockMode.Exclusive);
        Assert.NotNull(ofParent);
    }

    [SkippableFact]
    public async Task A_refusal_names_what_was_asked_for_and_the_holder()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var guard = Locks.Acquire(Group, LockMode.Shared);
        var error = Assert.Throws<BackupLockedException>(() => { using var refused = Locks.Acquire(Group, LockMode.Exclusive); });
        Assert.Equal((Locks.Store, Group, LockMode.Exclusive), (error.Store, error.Target, error.Mode));
        var holder = Assert.Single(error.Holders);
        Assert.Equal((Environment.ProcessId, LockMode.Shared), (holder.ProcessId!.Value, holder.Mode));
        Assert.StartsWith(
            $"Store '{Locks.Store}': no exclusive lock on 'vm/100' in 'a/b' at once, as it is locked by this process ({Environment.ProcessId}), shared.",
            error.Message);
        Assert.Contains("pass a timeout", error.Message);
        var waited = await Assert.ThrowsAsync<BackupLockedException>(
            () => Locks.AcquireAsync(Group, LockMode.Exclusive, TimeSpan.FromMilliseconds(1)).AsTask());
        Assert.Contains("within 0.001 s", waited.Message);
        var hardly = Assert.Throws<BackupLockedException>(() => Locks.Acquire(Group, LockMode.Exclusive, TimeSpan.FromTicks(1)).Dispose());
        Assert.Contains("within 0.0000001 s", hardly.Message);
    }

    [SkippableFact]
    public async Task A_request_that_waits_is_granted_when_the_holder_is_done()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        var guard = Locks.Acquire(Group, LockMode.Exclusive);
        var waiting = Locks.AcquireAsync(Group, LockMode.Shared, LongEnough).AsTask();
        var other = Task.Run(() => Locks.Acquire(Group, LockMode.Shared, LongEnough));
        Assert.False(waiting.IsCompleted || other.IsCompleted);
        guard.Dispose();
        using var granted = await waiting;
        using var otherGranted = await other;
        Assert.True(granted.IsHeld && otherGranted.IsHeld);
    }

    [SkippableFact]
    public async Task A_request_that_is_cancelled_leaves_nothing()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var cancellation = new CancellationTokenSource();
        var guard = Locks.Acquire(Group, LockMode.Exclusive);
        var waiting = Locks.AcquireAsync(Group, LockMode.Exclusive, Timeout.InfiniteTimeSpan, cancellation.Token).AsTask();
        cancellation.Cancel();
        var isCancelled = false;
        try
        {
            using var granted = await waiting;
        }
        catch (OperationCanceledException)
        {
            isCancelled = true;
        }
        Assert.True(isCancelled);
        Assert.ThrowsAny<OperationCanceledException>(() => Locks.TryAcquire(Group, LockMode.Shared, default, cancellation.Token)?.Dispose());
        guard.Dispose();
        using var next = Locks.TryAcquire(Group, LockMode.Exclusive);
        Assert.NotNull(next);
    }

    [SkippableFact]
    public async Task Many_threads_never_hold_what_excludes_another()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        var (sharers, owners) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            var random = new Random(number);
            for (var i = 0; i < 200; i++)
            {
                if (random.Next(3) > 0)
                {
                    using var guard = Locks.Acquire(Group, LockMode.Shared, LongEnough);
                    Interlocked.Increment(ref sharers);
                    Assert.Equal(0, Volatile.Read(ref owners));
                    Interlocked.Decrement(ref sharers);
                }
                else
                {
                    using var guard = await Locks.AcquireAsync(Group, LockMode.Exclusive, LongEnough);
                    Assert.Equal(1, Interlocked.Increment(ref owners));
                    Assert.Equal(0, Volatile.Read(ref sharers));
                    Interlocked.Decrement(ref owners);
                    if (random.Next(4) == 0)
                        guard.RemoveAndDispose();
                }
            }
        })));
        using var afterwards = Locks.TryAcquire(Group, LockMode.Exclusive);
        Assert.NotNull(afterwards);
    }

    [SkippableFact]
    public void The_file_is_removed_by_who_has_it_alone_and_once()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var shared = Locks.Acquire(Group, LockMode.Shared);
        Assert.Contains("ask for an exclusive one", Assert.Throws<InvalidOperationException>(shared.RemoveAndDispose).Message);
        Assert.True(shared.IsHeld);
        shared.Dispose();
        using var guard = Locks.Acquire(Group, LockMode.Exclusive);
        guard.RemoveAndDispose();
        Assert.False(guard.IsHeld);
        Assert.Contains("has been disposed", Assert.Throws<InvalidOperationException>(guard.RemoveAndDispose).Message);
        using var next = Locks.TryAcquire(Group, LockMode.Exclusive);
        Assert.NotNull(next);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_guard_that_is_collected_gives_its_lock_back_and_is_counted_and_logged(bool capture)
    {
        var loggers = new RecordingLoggers();
        var locks = CreateManager(new() { CaptureAcquisitionPlaces = capture, LoggerFactory = loggers });
        using var inNamespace = LockNamespace(Group.Namespace);
        using var measurements = new Measurements(locks.Store);
        Leak(locks);
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        using var guard = locks.TryAcquire(Group, LockMode.Exclusive);
        Assert.NotNull(guard);
        Assert.Equal([KeyValuePair.Create("shared", 1.0)], measurements.SumsOf("namespace_locking.leaks"));
        var (level, message) = Assert.Single(loggers.Messages);
        Assert.Equal(LogLevel.Error, level);
        Assert.StartsWith(
            $"Store '{locks.Store}': the guard of the shared lock on 'vm/100' in 'a/b' was collected without having been disposed", message);
        Assert.Contains(
            capture ? $"It was acquired by {typeof(BackupLockBehaviour).FullName}.{nameof(Leak)} (" : "Set CaptureAcquisitionPlaces to learn where",
            message);
        // What was collected is no holder any more.
        var error = Assert.Throws<BackupLockedException>(() => { using var refused = locks.Acquire(Group, LockMode.Shared); });
        Assert.DoesNotContain($".{nameof(Leak)} (", Assert.Single(error.Holders).Description);
    }

    [SkippableFact]
    public async Task A_refusal_tells_where_each_guard_in_the_way_was_acquired()
    {
        var locks = CreateManager(new() { CaptureAcquisitionPlaces = true });
        using var inNamespace = LockNamespace(Group.Namespace);
        AcquireHere(locks, Group).Dispose();
        using var first = AcquireHere(locks, Group);
        using var second = await locks.AcquireAsync(Group, LockMode.Shared);
        using var inAb = LockNamespace(Ab);
        using var unconcerned = locks.Acquire(BackupLockTarget.Group(Ab, "vm", "200"), LockMode.Exclusive);
        // Through another manager, which captures nothing itself.
        var error = Assert.Throws<BackupLockedException>(() => { using var refused = Locks.Acquire(Group, LockMode.Exclusive); });
        var test = typeof(BackupLockBehaviour).FullName;
        Assert.Equal(
            [$"this process, acquired by {test}.{nameof(AcquireHere)}", $"this process, acquired by {test}.{nameof(A_refusal_tells_where_each_guard_in_the_way_was_acquired)}"],
            error.Holders.Select(holder => holder.Description.Split(" (")[0]).OrderBy(words => words.EndsWith(nameof(AcquireHere)) ? 0 : 1));
        Assert.All(error.Holders, holder => Assert.Equal((Environment.ProcessId, LockMode.Shared), (holder.ProcessId!.Value, holder.Mode)));
    }

    [SkippableFact]
    public void Refusals_are_logged_for_who_looks_for_them()
    {
        var loggers = new RecordingLoggers();
        var locks = CreateManager(new() { LoggerFactory = loggers });
        using var inNamespace = LockNamespace(Group.Namespace);
        using var holder = locks.Acquire(Group, LockMode.Exclusive);
        Assert.Null(locks.TryAcquire(Group, LockMode.Shared));
        Assert.Equal(
            [(LogLevel.Debug, $"Store '{locks.Store}': no shared lock on 'vm/100' in 'a/b', as it is held by somebody else.")], loggers.Messages);
    }

    [SkippableFact]
    public void Bad_arguments_are_told()
    {
        using var everything = new NamespaceLockManager(Locks.Store, new InProcessLockProvider()).AcquireExclusive(BackupNamespace.Root);
        Assert.Throws<ArgumentNullException>("target", () => Locks.TryAcquire(null!, LockMode.Shared)?.Dispose());
        Assert.Throws<ArgumentOutOfRangeException>("mode", () => Locks.TryAcquire(Group, (LockMode)2)?.Dispose());
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Locks.TryAcquire(Group, LockMode.Shared, TimeSpan.FromSeconds(-1))?.Dispose());
        // At the call, not only to who awaits.
        Assert.Throws<ArgumentNullException>("target", () => { _ = Locks.AcquireAsync(null!, LockMode.Shared).AsTask(); });
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { _ = Locks.TryAcquireAsync(Group, LockMode.Shared, TimeSpan.FromTicks(-1)).AsTask(); });
    }

    [RequiresLock(LockMode.Shared, "target.Namespace")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BackupLockGuard AcquireHere(BackupLockManager locks, BackupLockTarget target) => locks.Acquire(target, LockMode.Shared);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leak(BackupLockManager locks)
    {
        // What the analyzer would find is what is under test.
#pragma warning disable NSL1001, NSL2001
        _ = locks.Acquire(Group, LockMode.Shared);
#pragma warning restore NSL1001, NSL2001
    }
}
