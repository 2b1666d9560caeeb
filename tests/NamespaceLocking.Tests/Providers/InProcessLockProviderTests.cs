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
}
