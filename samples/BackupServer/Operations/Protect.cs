namespace BackupServer;

/// <summary>Marks a snapshot as one that nothing removes, or takes the mark away.</summary>
internal static class Protect
{
    public static void Run(Datastore store, Snapshot snapshot, bool isProtected)
    {
        using var namespaceGuard = store.LockShared(snapshot.Namespace);
        using var snapshotGuard = store.LockSnapshot(snapshot);
        if (!store.Exists(snapshot))
            throw new SnapshotNotFoundException(store, snapshot);
        store.SetProtected(snapshot, isProtected);
    }
}
