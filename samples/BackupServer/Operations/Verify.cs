using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Reads every chunk of every snapshot. Each snapshot is locked by itself, its namespace and then itself, shared; one that is refused is
/// skipped: it is being moved, deleted or removed at this moment, and the next run will see.
/// </summary>
internal sealed class Verify(Datastore store, TaskLog log)
{
    private readonly HashSet<ChunkDigest> _good = [];
    private readonly Dictionary<ChunkDigest, string> _bad = [];
    private readonly List<Corruption> _corrupt = [];
    private int _verified;
    private int _skipped;

    public VerifyResult Run(BackupNamespace ns, int maxDepth = BackupNamespace.MaxDepth)
    {
        var snapshots = store.FindNamespaces(ns, maxDepth).SelectMany(store.FindGroups).SelectMany(store.FindSnapshots).ToList();
        using var progress = log.Start("Verifying snapshots", snapshots.Count);
        foreach (var snapshot in snapshots)
        {
            VerifySnapshot(snapshot);
            progress.Advance();
        }
        return new(_verified, _skipped, _corrupt);
    }

    private void VerifySnapshot(Snapshot snapshot)
    {
        using var namespaceGuard = store.TryLockShared(snapshot.Namespace);
        if (namespaceGuard is null)
        {
            Skip(snapshot, $"somebody moves or deletes namespace '{snapshot.Namespace}'");
            return;
        }
        using var snapshotGuard = store.TryLockSnapshotShared(snapshot);
        if (snapshotGuard is null)
        {
            Skip(snapshot, "somebody removes it");
            return;
        }
        using var section = log.Enter(store, snapshot.Namespace, LockMode.Shared);
        if (!store.Exists(snapshot))
        {
            Skip(snapshot, "it was removed, or has another place by now");
            return;
        }
        var before = _corrupt.Count;
        try
        {
            foreach (var file in store.ReadManifest(snapshot).Files)
                VerifyArchive(snapshot, file);
        }
        catch (InvalidDataException error)
        {
            Report(snapshot, null, error.Message);
        }
        if (_corrupt.Count == before)
            _verified++;
    }

    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [RequiresLock(LockMode.Shared, "snapshot.Key")]
    private void VerifyArchive(Snapshot snapshot, ManifestFile file)
    {
        foreach (var chunk in store.ReadIndex(snapshot, file).Chunks.Distinct())
        {
            if (FindFault(chunk) is { } fault)
                Report(snapshot, file.Name, fault);
        }
    }

    private string? FindFault(ChunkDigest chunk)
    {
        if (_good.Contains(chunk))
            return null;
        if (_bad.TryGetValue(chunk, out var known))
            return known;
        try
        {
            store.Chunks.Read(chunk);
            _good.Add(chunk);
            return null;
        }
        catch (Exception error) when (error is InvalidDataException or FileNotFoundException)
        {
            return _bad[chunk] = error.Message;
        }
    }

    private void Skip(Snapshot snapshot, string why)
    {
        _skipped++;
        log.Warn($"SKIPPED: {snapshot} is not verified: {why}.");
    }

    private void Report(Snapshot snapshot, string? archive, string fault)
    {
        _corrupt.Add(new(snapshot.Namespace.ToString(), snapshot.Name, archive, fault));
        log.Warn($"CORRUPT: {snapshot}{(archive is null ? "" : $", {archive}")}: {fault}");
    }
}

/// <param name="Verified">How many snapshots are as they were backed up.</param>
/// <param name="Skipped">How many were not looked at.</param>
/// <param name="Corrupt">What is wrong with the others.</param>
internal sealed record VerifyResult(int Verified, int Skipped, IReadOnlyList<Corruption> Corrupt);

internal sealed record Corruption(string Namespace, string Snapshot, string? Archive, string Fault);
