using NamespaceLocking;

namespace BackupServer;

/// <summary>Lists snapshots, namespace by namespace. Where somebody moves or deletes one, it is left out with a warning.</summary>
internal static class List
{
    public static IReadOnlyList<SnapshotInfo> Run(Datastore store, BackupNamespace ns, int maxDepth, TaskLog log)
    {
        var found = new List<SnapshotInfo>();
        foreach (var current in store.FindNamespaces(ns, maxDepth))
        {
            using var guard = store.TryLockShared(current);
            if (guard is null)
            {
                log.Warn($"Namespace '{current}' is not listed: somebody moves or deletes it.");
                continue;
            }
            foreach (var group in store.FindGroups(current))
            {
                var owner = store.ReadOwner(group);
                foreach (var snapshot in store.FindSnapshots(group))
                {
                    if (TryRead(store, snapshot, owner) is { } info)
                        found.Add(info);
                }
            }
        }
        return found;
    }

    /// <summary>Null where it was removed since it was found.</summary>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace", Store = nameof(store))]
    private static SnapshotInfo? TryRead(Datastore store, Snapshot snapshot, string owner)
    {
        try
        {
            var manifest = store.ReadManifest(snapshot);
            var archives = manifest.Files.Select(file => file.Name).ToList();
            return new(snapshot.Namespace.ToString(), snapshot.Name, owner, manifest.Size, store.IsProtected(snapshot), archives);
        }
        catch (SnapshotNotFoundException)
        {
            return null;
        }
    }
}

internal sealed record SnapshotInfo(string Namespace, string Snapshot, string Owner, long Size, bool IsProtected, IReadOnlyList<string> Archives);
