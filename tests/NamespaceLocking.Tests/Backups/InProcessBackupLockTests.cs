namespace NamespaceLocking.Tests;

/// <summary>Locks of groups and the like, within this process.</summary>
public sealed class InProcessBackupLockTests : BackupLockBehaviour
{
    private readonly InProcessLockProvider _provider = new();
    private readonly string _store = $"{Guid.NewGuid()}";

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    private protected override NamespaceLockGuard LockNamespace(BackupNamespace ns) => new NamespaceLockManager(_store, _provider).AcquireShared(ns);

    private protected override BackupLockManager CreateManager(NamespaceLockOptions options) => new(_store, _provider, options);
}
