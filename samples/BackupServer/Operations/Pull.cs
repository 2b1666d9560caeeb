using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Copies from another datastore into this one, namespace by namespace. The namespace here is locked shared for the whole of it, and made
/// if it is not there; the groups are locked inside.
/// </summary>
internal sealed class Pull(Datastore local, Datastore remote, SyncOptions options, string user, TaskLog log)
{
    private readonly Datastore _local = local;
    private readonly SyncResult _result = new();

    public SyncResult Run()
    {
        var namespaces = remote.FindNamespaces(options.Source, options.MaxDepth);
        if (namespaces.Count == 0)
            throw new NamespaceNotFoundException(remote, options.Source);
        using var progress = log.Start("Pulling namespaces", namespaces.Count);
        foreach (var ns in namespaces)
        {
            PullNamespace(ns, NamespacePlace.Of(ns, options.Source, options.Target));
            progress.Advance();
        }
        if (options.RemoveVanished)
            RemoveVanishedNamespaces();
        return _result;
    }

    private void PullNamespace(BackupNamespace remoteNs, BackupNamespace ns)
    {
        using var guard = _local.TryLockShared(ns);
        if (guard is null)
        {
            log.Warn($"SKIPPED: namespace '{ns}' of '{_local.Name}' is not pulled into: somebody moves or deletes it.");
            _result.Skipped++;
            return;
        }
        using var section = log.Enter(_local, ns, LockMode.Shared);
        _local.CreateNamespace(ns);
        var copy = new GroupCopy(remote, _local, user, options.RemoveVanished, _result, log);
        var groups = remote.FindGroups(remoteNs).Where(options.Accepts).ToList();
        foreach (var group in groups)
            copy.Run(group, group.In(ns));
        if (options.RemoveVanished)
            RemoveVanishedGroups(ns, [.. groups.Select(group => group.Name)]);
    }

    [RequiresLock(LockMode.Shared, nameof(ns), Store = "this._local")]
    private void RemoveVanishedGroups(BackupNamespace ns, HashSet<string> there)
    {
        foreach (var group in _local.FindGroups(ns))
        {
            if (!options.Accepts(group) || there.Contains(group.Name))
                continue;
            var snapshots = _local.FindSnapshots(group).Count;
            if (SnapshotRemoval.RemoveGroup(_local, group, log))
                _result.Removed += snapshots;
            else
                _result.Skipped++;
        }
    }

    /// <summary>Each under an exclusive lock, those below first; one that somebody works in stays.</summary>
    private void RemoveVanishedNamespaces()
    {
        foreach (var ns in _local.FindNamespaces(options.Target, options.MaxDepth).Reverse())
        {
            if (ns == options.Target || remote.Exists(NamespacePlace.Of(ns, options.Target, options.Source)))
                continue;
            using var guard = _local.TryLockExclusive(ns);
            if (guard is null)
            {
                log.Warn($"SKIPPED: namespace '{ns}' of '{_local.Name}' is not removed: somebody works in it.");
                _result.Skipped++;
                continue;
            }
            using var section = log.Enter(_local, ns, LockMode.Exclusive);
            if (!NamespaceDelete.RemoveAll(_local, ns, log))
                _result.Skipped++;
        }
    }
}
