using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// One lock on where snapshots lie. The collector lists all snapshots under it, so that none is on its way meanwhile from a place that
/// was not listed yet to one that was. It is held for moments: all wait for one another.
/// </summary>
internal sealed class LayoutLocks(NamespaceLockManager locks)
{
    /// <summary>What is locked.</summary>
    public BackupNamespace Everything { get; } = BackupNamespace.Root;

    /// <summary>For listing all that there is.</summary>
    [AcquiresLock(LockMode.Shared, "this.Everything")]
    public NamespaceLockGuard LockShared() => locks.AcquireShared(Everything, Timeout.InfiniteTimeSpan);

    /// <summary>For giving snapshots another place.</summary>
    [AcquiresLock(LockMode.Exclusive, "this.Everything")]
    public NamespaceLockGuard LockExclusive() => locks.AcquireExclusive(Everything, Timeout.InfiniteTimeSpan);
}
