namespace NamespaceLocking;

/// <summary>One group, snapshot or manifest that this process holds or asks for. It is also the lease of a guard on it.</summary>
internal sealed class BackupLock(BackupLocks locks, (string Store, BackupLockTarget Target) key, LockNode node, BackupLockFile? file) : LockLease
{
    internal (string Store, BackupLockTarget Target) Key => key;

    internal LockNode Node => node;

    /// <summary>How many hold it or ask for it. Guarded by the gate of <see cref="BackupLocks"/>.</summary>
    internal int Users { get; set; }

    public override void Release()
    {
        node.Release();
        locks.Leave(this);
    }

    internal BackupLocks Locks => locks;

    /// <summary>Removes the lock file, which the caller holds exclusively.</summary>
    internal void RemoveFile() => file?.Remove();
}
