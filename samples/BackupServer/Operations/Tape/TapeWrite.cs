using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Writes snapshots to a new media set, each with the chunks that are not on it yet. Namespace and snapshot are locked shared while it is
/// written; one that is refused is skipped.
/// </summary>
internal sealed class TapeWrite(Datastore store, TapeDrive drive, TaskLog log)
{
    private readonly HashSet<ChunkDigest> _written = [];
    private int _snapshots;
    private int _skipped;

    public TapeResult Run(BackupNamespace ns, int maxDepth)
    {
        var snapshots = store.FindNamespaces(ns, maxDepth).SelectMany(store.FindGroups).SelectMany(store.FindSnapshots).ToList();
        using var progress = log.Start("Writing snapshots to tape", snapshots.Count);
        foreach (var snapshot in snapshots)
        {
            if (TryWrite(snapshot))
            {
                _snapshots++;
            }
            else
            {
                log.Warn($"SKIPPED: {snapshot} is not written to tape: it, or its namespace, is being moved or removed.");
                _skipped++;
            }
            progress.Advance();
        }
        drive.Complete();
        return new(_snapshots, _written.Count, drive.Tapes, _skipped);
    }

    private bool TryWrite(Snapshot snapshot)
    {
        using var namespaceGuard = store.TryLockShared(snapshot.Namespace);
        if (namespaceGuard is null)
            return false;
        using var snapshotGuard = store.TryLockSnapshotShared(snapshot);
        if (snapshotGuard is null || !store.Exists(snapshot))
            return false;
        using var section = log.Enter(store, snapshot.Namespace, LockMode.Shared);
        var manifest = store.ReadManifest(snapshot);
        foreach (var file in manifest.Files)
        {
            var index = store.ReadIndex(snapshot, file);
            foreach (var digest in index.Chunks.Where(_written.Add))
                drive.Write(TapeEntry.OfChunk(digest), store.Chunks.ReadBlob(digest));
            drive.Write(TapeEntry.OfFile(snapshot, file.Name + TapeEntry.IndexExtension), index.ToBytes());
        }
        drive.Write(TapeEntry.OfFile(snapshot, TapeEntry.ManifestName), manifest.ToBytes());
        return true;
    }
}

/// <param name="Snapshots">How many snapshots were written, or read.</param>
/// <param name="Chunks">How many chunks.</param>
/// <param name="Tapes">How many tapes they take.</param>
/// <param name="Skipped">How many snapshots were left out.</param>
internal sealed record TapeResult(int Snapshots, int Chunks, int Tapes, int Skipped);
