using NamespaceLocking;

namespace BackupServer;

/// <summary>Removes snapshots and groups, each under its own exclusive lock, for the operations that do.</summary>
internal static class SnapshotRemoval
{
    /// <summary>Removes a snapshot, unless it is protected, or somebody reads or writes it.</summary>
    /// <returns>Whether it is gone.</returns>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace", Store = nameof(store))]
    public static bool Run(Datastore store, Snapshot snapshot, TaskLog log)
    {
        using var guard = store.TryLockSnapshot(snapshot);
        if (guard is null)
        {
            log.Warn($"Snapshot {snapshot} is not removed: somebody reads or writes it.");
            return false;
        }
        if (!store.Exists(snapshot))
            return true;
        if (store.IsProtected(snapshot))
        {
            log.Warn($"Snapshot {snapshot} is not removed: it is protected.");
            return false;
        }
        log.Removing(store, snapshot);
        store.RemoveSnapshot(snapshot);
        guard.RemoveAndDispose();
        return true;
    }

    /// <summary>Removes a group with all its snapshots.</summary>
    /// <returns>Whether nothing is left of it.</returns>
    [RequiresLock(LockMode.Shared, "group.Namespace", Store = nameof(store))]
    public static bool RemoveGroup(Datastore store, BackupGroup group, TaskLog log)
    {
        using var guard = store.TryLockGroup(group);
        if (guard is null)
        {
            log.Warn($"Group {group} is not removed: somebody adds to it.");
            return false;
        }
        RemoveUnfinished(store, group);
        var left = store.FindSnapshots(group).Count(snapshot => !Run(store, snapshot, log));
        if (left > 0)
            return false;
        store.RemoveGroup(group);
        guard.RemoveAndDispose();
        return true;
    }

    /// <summary>Removes what sessions have left that never came to their end.</summary>
    [RequiresLock(LockMode.Shared, "group.Namespace", Store = nameof(store))]
    public static void RemoveUnfinished(Datastore store, BackupGroup group)
    {
        foreach (var snapshot in store.FindUnfinishedSnapshots(group))
        {
            // Its session still runs where this is refused, and may have completed it where it is granted.
            using var guard = store.TryLockSnapshot(snapshot);
            if (guard is null || store.Exists(snapshot))
                continue;
            store.Discard(snapshot);
            guard.RemoveAndDispose();
        }
    }
}
