using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Gives a namespace another place, with all that is in it and below it. Source and target are locked exclusively in one acquisition:
/// it is refused while anybody works in either, or below. Where the target has a group of the same name, the snapshots go into that,
/// if both have one owner, and if the snapshots that come are older than those that are there.
/// </summary>
internal static class NamespaceMove
{
    public static MoveResult Run(Datastore store, BackupNamespace source, BackupNamespace target, TaskLog log)
    {
        using var guard = store.LockExclusive(source, target);
        using var sourceSection = log.Enter(store, source, LockMode.Exclusive);
        using var targetSection = log.Enter(store, target, LockMode.Exclusive);
        if (source.IsRoot || source.Contains(target))
            throw new InvalidOperationException($"'{source}' cannot be moved to '{target}': that is the same, or lies below it, or the root is moved.");
        if (!store.Exists(source))
            throw new NamespaceNotFoundException(store, source);
        // Before anything is moved.
        foreach (var lower in store.FindNamespaces(source))
        {
            var place = NamespacePlace.Of(lower, source, target);
            foreach (var group in store.FindGroups(lower))
                ThrowIfNotMergeable(store, group, group.In(place));
        }
        return MoveAll(store, source, target, log);
    }

    [RequiresLock(LockMode.Exclusive, nameof(source), Store = nameof(store))]
    [RequiresLock(LockMode.Exclusive, nameof(target), Store = nameof(store))]
    private static MoveResult MoveAll(Datastore store, BackupNamespace source, BackupNamespace target, TaskLog log)
    {
        var result = new MoveResult();
        // No collector counts the snapshots while they are on their way.
        using var layoutGuard = store.Layout.LockExclusive();
        var sources = store.FindNamespaces(source);
        var places = new HashSet<BackupNamespace>();
        foreach (var lower in sources)
        {
            var place = NamespacePlace.Of(lower, source, target);
            store.CreateNamespace(place);
            places.Add(place);
            foreach (var group in store.FindGroups(lower))
            {
                SnapshotRemoval.RemoveUnfinished(store, group);
                if (store.Exists(group.In(place)))
                    Merge(store, group, place, result, log);
                else
                    store.MoveGroup(group, place);
                log.Info($"Moved {group} to '{place}'.");
                result.Groups++;
            }
        }
        foreach (var lower in sources.Reverse())
        {
            // Where something moved up, the place of a namespace below may be one that was moved.
            if (!places.Contains(lower) && store.FindNamespaces(lower).Count == 1)
                store.RemoveNamespace(lower);
        }
        return result;
    }

    /// <summary>The newest first: if this is interrupted, what is left is still older than what is there.</summary>
    [RequiresLock(LockMode.Exclusive, "group.Namespace", Store = nameof(store))]
    [RequiresLock(LockMode.Exclusive, nameof(place), Store = nameof(store))]
    [RequiresLock(LockMode.Exclusive, "store.Layout.Everything", Store = "store.Layout")]
    private static void Merge(Datastore store, BackupGroup group, BackupNamespace place, MoveResult result, TaskLog log)
    {
        using var guard = store.LockGroup(group);
        foreach (var snapshot in store.FindSnapshots(group).Reverse())
        {
            store.MoveSnapshot(snapshot, place);
            result.Merged++;
        }
        store.RemoveGroup(group);
        guard.RemoveAndDispose();
        log.Info($"Merged {group} into '{place}'.");
    }

    [RequiresLock(LockMode.Shared, "group.Namespace", Store = nameof(store))]
    [RequiresLock(LockMode.Shared, "other.Namespace", Store = nameof(store))]
    private static void ThrowIfNotMergeable(Datastore store, BackupGroup group, BackupGroup other)
    {
        if (!store.Exists(other))
            return;
        var (owner, otherOwner) = (store.ReadOwner(group), store.ReadOwner(other));
        if (owner != otherOwner)
            throw new InvalidOperationException($"{group} cannot be merged into {other}: it belongs to {owner}, and that to {otherOwner}. Nothing was moved.");
        if (store.FindSnapshots(group).LastOrDefault() is { } last && store.FindSnapshots(other).FirstOrDefault() is { } first && last.Time >= first.Time)
        {
            throw new InvalidOperationException($"{group} cannot be merged into {other}: its snapshot of {last.TimeText} is not older than that of "
                + $"{first.TimeText} there. Nothing was moved.");
        }
    }
}

internal sealed class MoveResult
{
    /// <summary>How many groups were moved.</summary>
    public int Groups { get; set; }

    /// <summary>How many snapshots went into groups that were there.</summary>
    public int Merged { get; set; }
}
