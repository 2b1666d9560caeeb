using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// The locks of a datastore: on namespaces, and, under one of these, on groups and on snapshots. Nobody waits: who is refused is told
/// who is in the way, or goes on with something else.
/// </summary>
internal sealed partial class Datastore
{
    /// <summary>For work inside a namespace: nobody moves or deletes it meanwhile.</summary>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard LockShared(BackupNamespace ns) => _locks.AcquireShared(ns);

    /// <summary>As <see cref="LockShared"/>, or null where somebody moves or deletes it.</summary>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard? TryLockShared(BackupNamespace ns) => _locks.TryAcquireShared(ns);

    /// <summary>For a change of the namespace itself: nobody else works in it, or below it.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public NamespaceLockGuard LockExclusive(BackupNamespace ns) => _locks.AcquireExclusive(ns);

    /// <summary>As <see cref="LockExclusive(BackupNamespace)"/>, or null where somebody works there.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public NamespaceLockGuard? TryLockExclusive(BackupNamespace ns) => _locks.TryAcquireExclusive(ns);

    /// <summary>For a move: both, or neither.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(source))]
    [AcquiresLock(LockMode.Exclusive, nameof(target))]
    public NamespaceLockGuard LockExclusive(BackupNamespace source, BackupNamespace target) => _locks.AcquireExclusive(source, target);

    /// <summary>For adding snapshots to a group, or removing it.</summary>
    [RequiresLock(LockMode.Shared, "group.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "group.Key")]
    public BackupLockGuard LockGroup(BackupGroup group) => _backupLocks.Acquire(Target(group), LockMode.Exclusive);

    /// <summary>As <see cref="LockGroup"/>, or null where somebody adds to it.</summary>
    [RequiresLock(LockMode.Shared, "group.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "group.Key")]
    public BackupLockGuard? TryLockGroup(BackupGroup group) => _backupLocks.TryAcquire(Target(group), LockMode.Exclusive);

    /// <summary>For writing or removing a snapshot.</summary>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "snapshot.Key")]
    public BackupLockGuard LockSnapshot(Snapshot snapshot) => _backupLocks.Acquire(Target(snapshot), LockMode.Exclusive);

    /// <summary>As <see cref="LockSnapshot"/>, or null where somebody reads or writes it.</summary>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "snapshot.Key")]
    public BackupLockGuard? TryLockSnapshot(Snapshot snapshot) => _backupLocks.TryAcquire(Target(snapshot), LockMode.Exclusive);

    /// <summary>For reading a snapshot: nobody removes it meanwhile.</summary>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [AcquiresLock(LockMode.Shared, "snapshot.Key")]
    public BackupLockGuard LockSnapshotShared(Snapshot snapshot) => _backupLocks.Acquire(Target(snapshot), LockMode.Shared);

    /// <summary>As <see cref="LockSnapshotShared"/>, or null where somebody writes or removes it.</summary>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [AcquiresLock(LockMode.Shared, "snapshot.Key")]
    public BackupLockGuard? TryLockSnapshotShared(Snapshot snapshot) => _backupLocks.TryAcquire(Target(snapshot), LockMode.Shared);

    [return: InNamespace("group.Namespace")]
    private static BackupLockTarget Target(BackupGroup group) =>
        BackupLockTarget.Group(group.Namespace, BackupGroup.DirectoryOf(group.Type), group.Id);

    [return: InNamespace("snapshot.Namespace")]
    private static BackupLockTarget Target(Snapshot snapshot) =>
        BackupLockTarget.Snapshot(snapshot.Namespace, BackupGroup.DirectoryOf(snapshot.Group.Type), snapshot.Group.Id, snapshot.Time);
}
