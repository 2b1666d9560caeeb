namespace NamespaceLocking.Tests;

public class InProcessLockProviderTests : ProviderBehaviour
{
    protected override ILockProvider Provider { get; } = new InProcessLockProvider();

    [Fact]
    public void Two_providers_know_nothing_of_each_other()
    {
        var other = new NamespaceLockManager("main", new InProcessLockProvider());
        using var guard = Locks.AcquireExclusive(A);
        using var guardOfOther = other.AcquireExclusive(A);
        Assert.True(guardOfOther.IsHeld);
    }

    [Fact]
    public async Task Who_waits_is_served_first_come_first_served()
    {
        var holder = Locks.AcquireShared(A);
        var exclusive = Locks.AcquireExclusiveAsync(A, LongEnough).AsTask();
        var shared = Locks.AcquireSharedAsync(Ab, LongEnough).AsTask();
        var unconcerned = await Locks.AcquireSharedAsync(B, LongEnough);
        Assert.False(shared.IsCompleted);
        unconcerned.Dispose();
        holder.Dispose();
        var first = await exclusive;
        Assert.False(shared.IsCompleted);
        first.Dispose();
        (await shared).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_lets_those_behind_pass()
    {
        using var cancellation = new CancellationTokenSource();
        using var holder = Locks.AcquireShared(A);
        var exclusive = Locks.AcquireExclusiveAsync(A, LongEnough, cancellation.Token).AsTask();
        var shared = Locks.AcquireSharedAsync(A, LongEnough).AsTask();
        Assert.False(shared.IsCompleted);
        await cancellation.CancelAsync();
        (await shared).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exclusive);
    }
}
