using NamespaceLocking;

namespace BackupServer;

/// <summary>Lets one collection of garbage run at a time: a second one is refused.</summary>
internal sealed class CollectorLocks(NamespaceLockManager locks)
{
    public static BackupNamespace Collector { get; } = BackupNamespace.Root;

    [AcquiresLock(LockMode.Exclusive, nameof(collector))]
    public NamespaceLockGuard LockExclusive(BackupNamespace collector) => locks.AcquireExclusive(collector);
}
