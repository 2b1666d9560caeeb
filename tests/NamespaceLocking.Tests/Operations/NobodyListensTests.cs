using System.Diagnostics;
using System.Reflection;

namespace NamespaceLocking.Tests;

/// <summary>What does not happen while nobody listens to the meter.</summary>
[Collection(Measurements.Collection)]
public sealed class NobodyListensTests : IDisposable
{
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");
    private static readonly BackupNamespace Abc = BackupNamespace.Parse("a/b/c");
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void What_was_acquired_before_is_not_counted_down()
    {
        var store = Guid.NewGuid().ToString();
        var guard = new NamespaceLockManager(store, new InProcessLockProvider()).AcquireShared(Ab);
        using var late = new Measurements(store);
        guard.Dispose();
        Assert.Empty(late.SumsOf("namespace_locking.held"));
        Assert.Empty(late.SumsOf("namespace_locking.hold.duration"));
    }

    [SkippableFact]
    public void Nothing_but_the_guard_is_allocated_in_process() => AssertAllocatesGuards(new InProcessLockProvider());

    [SkippableFact]
    public void Nothing_but_the_guard_is_allocated_on_files() => AssertAllocatesGuards(Linux.CreateProvider(_temporary.Path));

    private static void AssertAllocatesGuards(ILockProvider provider)
    {
        Skip.If(
            typeof(NamespaceLockManager).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true },
            "What the compiler makes for debugging allocates more.");
        var locks = new NamespaceLockManager("main", provider);
        AssertAllocates(() => locks.AcquireShared(Abc).Dispose());
        AssertAllocates(() => locks.AcquireExclusive(Abc).Dispose());
        AssertAllocates(() => locks.TryAcquireShared(Abc, LongEnough)?.Dispose());
        AssertAllocates(() => locks.AcquireSharedAsync(Abc).GetAwaiter().GetResult().Dispose());
        AssertAllocates(() => locks.TryAcquireExclusiveAsync(Abc, LongEnough).GetAwaiter().GetResult()!.DisposeAsync().GetAwaiter().GetResult());
        using (locks.AcquireShared(Ab))
            AssertAllocates(() => locks.AcquireShared(Abc).Dispose());
        using (locks.AcquireShared(Abc))
            AssertAllocates(() => locks.AcquireSharedAsync(Abc).GetAwaiter().GetResult().Dispose());
        using (locks.AcquireExclusive(Ab))
            AssertAllocates(() => Assert.Null(locks.TryAcquireShared(Abc)), guardBytes: 0);
    }

    private static void AssertAllocates(Action acquire, long guardBytes = 64)
    {
        const int Count = 100;
        acquire();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
            acquire();
        Assert.Equal(guardBytes * Count, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
