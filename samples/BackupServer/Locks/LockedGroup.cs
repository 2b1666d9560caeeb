using NamespaceLocking;

namespace BackupServer;

/// <summary>A group that nobody else adds to or removes, in a namespace that nobody moves or deletes.</summary>
[LockGuard]
internal sealed class LockedGroup : IDisposable
{
    private readonly NamespaceLockGuard _namespaceGuard;
    private readonly BackupLockGuard _groupGuard;

    [AcquiresLock(LockMode.Shared, "this.Group.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "this.Group.Key")]
    public LockedGroup(
        BackupGroup group,
        string owner,
        [TakesOwnership, RequiresLock(LockMode.Shared, "group.Namespace")] NamespaceLockGuard namespaceGuard,
        [TakesOwnership, RequiresLock(LockMode.Exclusive, "group.Key")] BackupLockGuard groupGuard)
    {
        Group = group;
        Owner = owner;
        _namespaceGuard = namespaceGuard;
        _groupGuard = groupGuard;
    }

    public BackupGroup Group { get; }

    /// <summary>Whose group it is.</summary>
    public string Owner { get; }

    public void Dispose()
    {
        _groupGuard.Dispose();
        _namespaceGuard.Dispose();
    }
}
