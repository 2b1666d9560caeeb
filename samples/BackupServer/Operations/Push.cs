using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Copies from this datastore into another one, namespace by namespace. The namespace here is locked shared for the whole of it; what is
/// locked over there is what a backup would lock.
/// </summary>
internal sealed class Push(Datastore local, Datastore remote, SyncOptions options, string user, TaskLog log)
{
    private readonly Datastore _local = local;
    private readonly SyncResult _result = new();

    public SyncResult Run()
    {
        var namespaces = _local.FindNamespaces(options.Source, options.MaxDepth);
        if (namespaces.Count == 0)
            throw new NamespaceNotFoundException(_local, options.Source);
        using var progress = log.Start("Pushing namespaces", namespaces.Count);
        foreach (var ns in namespaces)
        {
            PushNamespace(ns, NamespacePlace.Of(ns, options.Source, options.Target));
            progress.Advance();
        }
        return _result;
    }

    private void PushNamespace(BackupNamespace ns, BackupNamespace remoteNs)
    {
        using var guard = _local.TryLockShared(ns);
        if (guard is null)
        {
            log.Warn($"SKIPPED: namespace '{ns}' of '{_local.Name}' is not pushed: somebody moves or deletes it.");
            _result.Skipped++;
            return;
        }
        using var section = log.Enter(_local, ns, LockMode.Shared);
        PushGroups(ns, remoteNs);
    }

    [RequiresLock(LockMode.Shared, nameof(ns), Store = "this._local")]
    private void PushGroups(BackupNamespace ns, BackupNamespace remoteNs)
    {
        using (var remoteGuard = remote.TryLockShared(remoteNs))
        {
            if (remoteGuard is null)
            {
                log.Warn($"SKIPPED: namespace '{remoteNs}' of '{remote.Name}' is not pushed to: somebody moves or deletes it.");
                _result.Skipped++;
                return;
            }
            remote.CreateNamespace(remoteNs);
        }
        var copy = new GroupCopy(_local, remote, user, options.RemoveVanished, _result, log);
        foreach (var group in _local.FindGroups(ns).Where(options.Accepts))
            copy.Run(group, group.In(remoteNs));
    }
}
