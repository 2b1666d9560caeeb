using System.Formats.Tar;
using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Brings snapshots back from a media set, into namespaces that are made on the way. Each is written as a backup would write it: its
/// namespace shared, its group and itself exclusively.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="media">Where from.</param>
/// <param name="target">The namespace that what was the root on the tape becomes.</param>
/// <param name="user">Who is to own the groups that are made.</param>
/// <param name="log">Is told what is left out.</param>
internal sealed class TapeRestore(Datastore store, MediaSet media, BackupNamespace target, string user, TaskLog log)
{
    private readonly Datastore _store = store;
    private readonly Dictionary<Snapshot, Dictionary<string, byte[]>> _files = [];
    private int _snapshots;
    private int _chunks;
    private int _skipped;

    /// <summary>Brings all back, in one pass over the tapes: a snapshot's chunks are in front of it.</summary>
    public TapeResult RestoreArchive()
    {
        var writer = WriterLocks.NewWriter();
        using var chunks = _store.Chunks.StartWriting(writer);
        foreach (var entry in media.Read())
        {
            if (TapeEntry.FindChunk(entry.Name) is { } digest)
                StoreChunk(chunks, digest, entry);
            else if (TakeFile(entry) is { } snapshot)
                TryRestore(snapshot, chunks);
        }
        return Result();
    }

    /// <summary>Brings the snapshots on a list back: one pass finds out which chunks they need, another one stores these.</summary>
    /// <exception cref="InvalidOperationException">One is not on the tapes.</exception>
    public TapeResult RestoreList(IReadOnlyCollection<Snapshot> snapshots)
    {
        foreach (var entry in media.Read())
            TakeFile(entry);
        if (snapshots.FirstOrDefault(snapshot => !_files.ContainsKey(snapshot)) is { } missing)
            throw new InvalidOperationException($"Snapshot {missing} is not on the tapes: 'tape list' shows those that are.");
        var needed = snapshots.SelectMany(snapshot => _files[snapshot]).Where(file => file.Key != TapeEntry.ManifestName)
            .SelectMany(file => SnapshotIndex.Parse(file.Value).Chunks).ToHashSet();
        var writer = WriterLocks.NewWriter();
        using var chunks = _store.Chunks.StartWriting(writer);
        foreach (var entry in media.Read())
        {
            if (TapeEntry.FindChunk(entry.Name) is { } digest && needed.Contains(digest))
                StoreChunk(chunks, digest, entry);
        }
        foreach (var snapshot in snapshots)
            TryRestore(snapshot, chunks);
        return Result();
    }

    private TapeResult Result() => new(_snapshots, _chunks, media.FindTapes().Count, _skipped);

    [RequiresLock(LockMode.Exclusive, "chunks.Namespace")]
    private void StoreChunk(ChunkWriter chunks, ChunkDigest digest, TarEntry entry)
    {
        chunks.StorePacked(digest, ContentOf(entry));
        _chunks++;
    }

    /// <returns>The snapshot that is complete with this file, if it is.</returns>
    private Snapshot? TakeFile(TarEntry entry)
    {
        if (TapeEntry.FindFile(entry.Name) is not var (snapshot, file))
            return null;
        if (!_files.TryGetValue(snapshot, out var files))
            _files.Add(snapshot, files = []);
        files.Add(file, ContentOf(entry));
        return file == TapeEntry.ManifestName ? snapshot : null;
    }

    [RequiresLock(LockMode.Exclusive, "chunks.Namespace")]
    private void TryRestore(Snapshot snapshot, ChunkWriter chunks)
    {
        var place = snapshot.Group.In(NamespacePlace.Of(snapshot.Namespace, BackupNamespace.Root, target));
        try
        {
            MakeNamespace(place.Namespace);
            RestoreSnapshot(place, place.At(snapshot.Time), _files[snapshot], chunks);
            _snapshots++;
        }
        catch (Exception refusal) when (refusal is NamespaceLockedException or BackupLockedException or UnauthorizedAccessException
            or InvalidOperationException)
        {
            log.Warn($"SKIPPED: {snapshot} is not restored: {refusal.Message}");
            _skipped++;
        }
    }

    private void MakeNamespace(BackupNamespace ns)
    {
        using var guard = _store.LockShared(ns);
        _store.CreateNamespace(ns);
    }

    [RequiresLock(LockMode.Exclusive, "chunks.Namespace")]
    private void RestoreSnapshot(
        BackupGroup group, [InNamespace("group.Namespace")] Snapshot snapshot, Dictionary<string, byte[]> content, ChunkWriter chunks)
    {
        using var groupGuard = _store.CreateLockedBackupGroup(group, user);
        using var snapshotGuard = _store.LockSnapshot(snapshot);
        using var section = log.Enter(_store, group.Namespace, LockMode.Shared);
        _store.BeginSnapshot(group, snapshot);
        var files = new List<ManifestFile>();
        foreach (var file in Manifest.Parse(content[TapeEntry.ManifestName]).Files)
        {
            var index = SnapshotIndex.Parse(content[file.Name + TapeEntry.IndexExtension]);
            foreach (var digest in index.Chunks.Distinct())
            {
                if (!chunks.TryUse(digest))
                    throw new InvalidOperationException($"Chunk {digest} of {file.Name} is not on the tapes.");
            }
            files.Add(_store.WriteIndex(snapshot, file.Name, index));
        }
        _store.Commit(snapshot, files, chunks);
        log.Committed(_store, snapshot);
    }

    private static byte[] ContentOf(TarEntry entry)
    {
        var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        return content.ToArray();
    }
}
