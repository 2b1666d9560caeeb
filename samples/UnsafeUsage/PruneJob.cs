using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Removes snapshots that are too old, and namespaces that are empty.</summary>
public static class PruneJob
{
    /// <summary>NSL2003: nothing to do, and the guard stays open; so it does when an exception is thrown.</summary>
    public static void PruneUnsafely(Datastore store, BackupNamespace ns, int keep)
    {
        var guard = store.LockShared(ns);
        var snapshots = store.ListSnapshots(ns);
        if (snapshots.Count <= keep)
            return;
        foreach (var snapshot in snapshots.SkipLast(keep))
            store.RemoveSnapshot(ns, snapshot);
        guard.Dispose();
    }

    /// <summary>The using declaration disposes the guard on every path.</summary>
    public static void Prune(Datastore store, BackupNamespace ns, int keep)
    {
        using var guard = store.LockShared(ns);
        var snapshots = store.ListSnapshots(ns);
        if (snapshots.Count <= keep)
            return;
        foreach (var snapshot in snapshots.SkipLast(keep))
            store.RemoveSnapshot(ns, snapshot);
    }

    /// <summary>NSL3001: the exclusive lock waits for the shared one that this very method holds. It is never granted.</summary>
    public static void RemoveIfEmptyUnsafely(Datastore store, BackupNamespace ns)
    {
        using var guard = store.LockShared(ns);
        if (store.ListSnapshots(ns).Count > 0)
            return;
        using var deletion = store.LockExclusive(ns);
        store.Delete(ns);
    }

    /// <summary>Exclusive in the first place: a lock is never upgraded.</summary>
    public static void RemoveIfEmpty(Datastore store, BackupNamespace ns)
    {
        using var guard = store.LockExclusive(ns);
        if (store.ListSnapshots(ns).Count > 0)
            return;
        store.Delete(ns);
    }

    /// <summary>NSL3004: the called method asks for the exclusive lock, and is refused because of the guard that this one holds.</summary>
    public static void PruneAllUnsafely(Datastore store, BackupNamespace ns)
    {
        using var guard = store.LockShared(ns);
        foreach (var snapshot in store.ListSnapshots(ns))
            store.RemoveSnapshot(ns, snapshot);
        RemoveIfEmpty(store, ns);
    }

    /// <summary>Gives its guard back before the call.</summary>
    public static void PruneAll(Datastore store, BackupNamespace ns)
    {
        using (store.LockShared(ns))
        {
            foreach (var snapshot in store.ListSnapshots(ns))
                store.RemoveSnapshot(ns, snapshot);
        }

        RemoveIfEmpty(store, ns);
    }
}
