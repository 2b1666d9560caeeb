using NamespaceLocking;

namespace BackupServer;

/// <summary>Groups and snapshots come and go.</summary>
internal sealed partial class Datastore
{
    /// <summary>Makes a group, unless it is there, and locks it for adding snapshots.</summary>
    /// <param name="group">The group; its namespace is there.</param>
    /// <param name="user">Who is to own it, if it is made.</param>
    /// <exception cref="NamespaceLockedException">Somebody moves or deletes the namespace.</exception>
    /// <exception cref="BackupLockedException">Somebody else adds to the group.</exception>
    /// <exception cref="UnauthorizedAccessException">The group is somebody else's.</exception>
    [AcquiresLock(LockMode.Shared, "group.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "group.Key")]
    public LockedGroup CreateLockedBackupGroup(BackupGroup group, string user)
    {
        var namespaceGuard = LockShared(group.Namespace);
        BackupLockGuard? groupGuard = null;
        try
        {
            if (!Exists(group.Namespace))
                throw new NamespaceNotFoundException(this, group.Namespace);
            groupGuard = LockGroup(group);
            var owner = MakeGroup(group, user);
            if (owner != user)
                throw new UnauthorizedAccessException($"Group {group} of '{Name}' belongs to {owner}, and {user} cannot add to it.");
            return new(group, owner, namespaceGuard, groupGuard);
        }
        catch
        {
            groupGuard?.Dispose();
            namespaceGuard.Dispose();
            throw;
        }
    }

    /// <summary>Begins a snapshot, in place of one that never came to its end.</summary>
    /// <param name="group">The snapshot's group.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <exception cref="InvalidOperationException">There is a snapshot of that time.</exception>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, "group.Key")]
    [RequiresLock(LockMode.Exclusive, "snapshot.Key")]
    public void BeginSnapshot(BackupGroup group, Snapshot snapshot)
    {
        if (snapshot.Group != group)
            throw new ArgumentException($"Snapshot {snapshot} is not one of group {group}.", nameof(snapshot));
        if (Exists(snapshot))
            throw new InvalidOperationException($"Group {group} of '{Name}' has a snapshot of {snapshot.TimeText} already.");
        Discard(snapshot);
        Directory.CreateDirectory(PathOf(snapshot));
    }

    /// <summary>Removes what a session has left that never came to its end.</summary>
    [RequiresLock(LockMode.Exclusive, "snapshot.Key")]
    public void Discard(Snapshot snapshot)
    {
        var path = PathOf(snapshot);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    /// <summary>Removes a snapshot, the manifest first: what is left if this is interrupted is no snapshot any more.</summary>
    /// <exception cref="InvalidOperationException">It is protected.</exception>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, "snapshot.Key")]
    public void RemoveSnapshot(Snapshot snapshot)
    {
        if (IsProtected(snapshot))
            throw new InvalidOperationException($"Snapshot {snapshot} of '{Name}' is protected.");
        File.Delete(Path.Combine(PathOf(snapshot), ManifestName));
        Discard(snapshot);
    }

    /// <summary>Removes a group that has no snapshots.</summary>
    /// <exception cref="IOException">It has some.</exception>
    [RequiresLock(LockMode.Shared, "group.Namespace")]
    [RequiresLock(LockMode.Exclusive, "group.Key")]
    public void RemoveGroup(BackupGroup group)
    {
        if (Directory.EnumerateDirectories(PathOf(group)).Any())
            throw new IOException($"Group {group} of '{Name}' is not empty.");
        Directory.Delete(PathOf(group), recursive: true);
    }

    [RequiresLock(LockMode.Shared, "group.Namespace")]
    [RequiresLock(LockMode.Exclusive, "group.Key")]
    private string MakeGroup(BackupGroup group, string user)
    {
        var path = Path.Combine(PathOf(group), OwnerName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(PathOf(group));
            AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(user));
        }
        return ReadOwner(group);
    }
}
