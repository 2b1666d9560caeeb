using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Removes snapshots that are too many. The namespace is locked shared, group by group; a group is skipped with a warning where that is
/// refused. A snapshot that somebody reads is left.
/// </summary>
internal static class Prune
{
    public static PruneResult Run(Datastore store, BackupNamespace ns, int maxDepth, Retention retention, bool isTrial, TaskLog log)
    {
        if (!retention.KeepsSomething)
        {
            throw new InvalidOperationException(
                "To keep nothing is not what prune is for: say at least one of --keep-last, -hourly, -daily, -weekly, -monthly, -yearly.");
        }
        var result = new PruneResult([], [], 0);
        foreach (var group in store.FindNamespaces(ns, maxDepth).SelectMany(store.FindGroups))
        {
            using var guard = store.TryLockShared(group.Namespace);
            if (guard is null)
            {
                log.Warn($"SKIPPED: group {group} is not pruned: somebody moves or deletes namespace '{group.Namespace}'.");
                result = result with { Skipped = result.Skipped + 1 };
                continue;
            }
            using var section = log.Enter(store, group.Namespace, LockMode.Shared);
            PruneGroup(store, group, retention, isTrial, result, log);
        }
        return result;
    }

    [RequiresLock(LockMode.Shared, "group.Namespace", Store = nameof(store))]
    private static void PruneGroup(Datastore store, BackupGroup group, Retention retention, bool isTrial, PruneResult result, TaskLog log)
    {
        var snapshots = store.FindSnapshots(group).Where(snapshot => !store.IsProtected(snapshot)).ToList();
        var kept = retention.Select(snapshots.Select(snapshot => snapshot.Time));
        foreach (var snapshot in snapshots)
        {
            if (kept.Contains(snapshot.Time) || (!isTrial && !SnapshotRemoval.Run(store, snapshot, log)))
                result.Kept.Add(snapshot.ToString());
            else
                result.Removed.Add(snapshot.ToString());
        }
        if (!isTrial)
            SnapshotRemoval.RemoveUnfinished(store, group);
    }
}

/// <param name="Kept">The snapshots that are left, without those that are protected.</param>
/// <param name="Removed">Those that are not.</param>
/// <param name="Skipped">How many groups were not looked at.</param>
internal sealed record PruneResult(List<string> Kept, List<string> Removed, int Skipped);
