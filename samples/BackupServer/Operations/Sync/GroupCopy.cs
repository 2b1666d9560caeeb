using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Copies a group's snapshots from one datastore to another, for <see cref="Pull"/> and <see cref="Push"/>. Each datastore has its own
/// locks: the source's snapshot is held shared, the target's group and its new snapshot exclusively.
/// </summary>
internal sealed class GroupCopy(Datastore source, Datastore target, string user, bool removesVanished, SyncResult result, TaskLog log)
{
    private readonly Datastore _target = target;

    /// <summary>Copies what is newer than what the target has.</summary>
    /// <param name="group">The group in the source.</param>
    /// <param name="targetGroup">The group in the _target, whose namespace is there.</param>
    /// <returns>Whether it could be locked.</returns>
    public bool Run(BackupGroup group, BackupGroup targetGroup)
    {
        try
        {
            using var locked = _target.CreateLockedBackupGroup(targetGroup, user);
            using var section = log.Enter(_target, targetGroup.Namespace, LockMode.Shared);
            var last = _target.FindSnapshots(targetGroup).LastOrDefault()?.Time ?? DateTime.MinValue;
            foreach (var snapshot in source.FindSnapshots(group))
            {
                if (snapshot.Time > last)
                    CopySnapshot(snapshot, targetGroup);
            }
            if (removesVanished)
                RemoveVanished(group, targetGroup);
            return true;
        }
        catch (Exception refusal) when (refusal is NamespaceLockedException or BackupLockedException or UnauthorizedAccessException
            or NamespaceNotFoundException or FileNotFoundException or InvalidDataException)
        {
            log.Warn($"SKIPPED: group {group} is not copied, or not all of it: {refusal.Message}");
            result.Skipped++;
            return false;
        }
    }

    [RequiresLock(LockMode.Shared, "targetGroup.Namespace", Store = "this._target")]
    [RequiresLock(LockMode.Exclusive, "targetGroup.Key", Store = "this._target")]
    private void CopySnapshot(Snapshot snapshot, BackupGroup targetGroup)
    {
        using var namespaceGuard = source.TryLockShared(snapshot.Namespace);
        if (namespaceGuard is null)
        {
            Skip(snapshot, "somebody moves or deletes its namespace");
            return;
        }
        using var snapshotGuard = source.TryLockSnapshotShared(snapshot);
        if (snapshotGuard is null || !source.Exists(snapshot))
        {
            Skip(snapshot, "it is being removed, or is gone");
            return;
        }
        var copy = targetGroup.At(snapshot.Time);
        using var copyGuard = _target.LockSnapshot(copy);
        var writer = WriterLocks.NewWriter();
        using var chunks = _target.Chunks.StartWriting(writer);
        _target.BeginSnapshot(targetGroup, copy);
        var files = new List<ManifestFile>();
        foreach (var file in source.ReadManifest(snapshot).Files)
        {
            var index = source.ReadIndex(snapshot, file);
            CopyChunks(index, chunks);
            files.Add(_target.WriteIndex(copy, file.Name, index));
        }
        _target.Commit(copy, files, chunks);
        log.Committed(_target, copy);
        log.Info($"Copied {snapshot} to {copy} of '{_target.Name}'.");
        result.Snapshots++;
    }

    [RequiresLock(LockMode.Exclusive, "chunks.Namespace")]
    private void CopyChunks(SnapshotIndex index, ChunkWriter chunks)
    {
        foreach (var digest in index.Chunks.Distinct())
        {
            if (chunks.TryUse(digest))
                continue;
            result.Bytes += chunks.StorePacked(digest, source.Chunks.ReadBlob(digest));
            result.Chunks++;
        }
    }

    [RequiresLock(LockMode.Shared, "targetGroup.Namespace", Store = "this._target")]
    private void RemoveVanished(BackupGroup group, BackupGroup targetGroup)
    {
        var there = source.FindSnapshots(group).Select(snapshot => snapshot.Time).ToHashSet();
        foreach (var snapshot in _target.FindSnapshots(targetGroup))
        {
            if (!there.Contains(snapshot.Time) && SnapshotRemoval.Run(_target, snapshot, log))
                result.Removed++;
        }
    }

    private void Skip(Snapshot snapshot, string why)
    {
        log.Warn($"SKIPPED: {snapshot} of '{source.Name}' is not copied: {why}.");
        result.Skipped++;
    }
}
