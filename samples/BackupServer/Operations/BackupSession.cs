using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// All that a backup holds, from its beginning to its end, be that a commit, an abort or the death of the process: the namespace shared,
/// the group exclusively, the previous snapshot shared, the new one exclusively, and its chunks.
/// </summary>
[LockGuard]
internal sealed class BackupSession : IDisposable
{
    private readonly Datastore _store;
    private readonly LockedGroup _group;
    private readonly BackupLockGuard? _previousGuard;
    private readonly BackupLockGuard _snapshotGuard;
    private readonly ChunkWriter _chunks;
    private readonly IReadOnlySet<ChunkDigest> _known;
    private readonly List<ManifestFile> _files = [];
    private bool _isCommitted;

    [AcquiresLock(LockMode.Shared, "this.Namespace")]
    [AcquiresLock(LockMode.Shared, "this.Snapshot.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "this.Snapshot.Key")]
    [AcquiresLock(LockMode.Exclusive, "this._chunks.Namespace")]
    private BackupSession(
        Datastore store,
        Snapshot snapshot,
        [TakesOwnership, RequiresLock(LockMode.Shared, "snapshot.Namespace"), RequiresLock(LockMode.Exclusive, "snapshot.Group.Key")] LockedGroup group,
        [TakesOwnership] BackupLockGuard? previousGuard,
        [TakesOwnership, RequiresLock(LockMode.Exclusive, "snapshot.Key")] BackupLockGuard snapshotGuard,
        [TakesOwnership] ChunkWriter chunks,
        IReadOnlySet<ChunkDigest> known)
    {
        _store = store;
        _group = group;
        _previousGuard = previousGuard;
        _snapshotGuard = snapshotGuard;
        _chunks = chunks;
        _known = known;
        Snapshot = snapshot;
    }

    public Snapshot Snapshot { get; }

    [InNamespace("this.Snapshot.Namespace")]
    public BackupNamespace Namespace => Snapshot.Namespace;

    /// <summary>Starts a backup.</summary>
    /// <exception cref="NamespaceLockedException">Somebody moves or deletes the namespace.</exception>
    /// <exception cref="BackupLockedException">Somebody else adds to the group, or removes its last snapshot.</exception>
    /// <exception cref="InvalidOperationException">The snapshot would not be the last of its group.</exception>
    [AcquiresLock(LockMode.Shared, "snapshot.Namespace")]
    [AcquiresLock(LockMode.Exclusive, "snapshot.Group.Key")]
    [AcquiresLock(LockMode.Exclusive, "snapshot.Key")]
    public static BackupSession Start(Datastore store, Snapshot snapshot, string user)
    {
        IReadOnlySet<ChunkDigest> known = new HashSet<ChunkDigest>();
        var group = store.CreateLockedBackupGroup(snapshot.Group, user);
        BackupLockGuard? previousGuard = null;
        BackupLockGuard? snapshotGuard = null;
        try
        {
            if (store.FindSnapshots(snapshot.Group).LastOrDefault() is { } previous)
            {
                if (previous.Time >= snapshot.Time)
                    throw new InvalidOperationException($"Snapshot {snapshot} would not be later than the last one of its group, of {previous.TimeText}.");
                previousGuard = store.LockSnapshotShared(previous);
                known = ReadKnown(store, previous);
            }
            snapshotGuard = store.LockSnapshot(snapshot);
            store.BeginSnapshot(snapshot.Group, snapshot);
            return new(store, snapshot, group, previousGuard, snapshotGuard, store.Chunks.StartWriting(WriterLocks.NewWriter()), known);
        }
        catch
        {
            snapshotGuard?.Dispose();
            previousGuard?.Dispose();
            group.Dispose();
            throw;
        }
    }

    /// <summary>Stores an archive, chunk by chunk.</summary>
    /// <param name="name">Its name in the snapshot.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>How much of it there was already.</returns>
    [RequiresLock(LockMode.Shared, "this.Namespace")]
    public ArchiveStatistics Add(string name, Action<Stream> write)
    {
        using var archive = new ArchiveWriter(_chunks);
        write(archive);
        archive.Complete();
        var file = _store.WriteIndex(Snapshot, name, archive.Index);
        _files.Add(file);
        return new(name, file.Size, file.Chunks, archive.Index.Chunks.Count(_known.Contains), archive.Reused, archive.Added);
    }

    /// <summary>Completes the snapshot.</summary>
    [RequiresLock(LockMode.Shared, "this.Namespace")]
    public Manifest Commit()
    {
        var manifest = _store.Commit(Snapshot, _files, _chunks);
        _isCommitted = true;
        return manifest;
    }

    /// <summary>The chunks of the snapshot before, which tell how much has changed.</summary>
    [RequiresLock(LockMode.Shared, "previous.Namespace", Store = nameof(store))]
    [RequiresLock(LockMode.Shared, "previous.Key", Store = nameof(store))]
    private static HashSet<ChunkDigest> ReadKnown(Datastore store, Snapshot previous)
    {
        try
        {
            return [.. store.ReadManifest(previous).Files.SelectMany(file => store.ReadIndex(previous, file).Chunks)];
        }
        catch (Exception error) when (error is InvalidDataException or SnapshotNotFoundException)
        {
            return []; // Corrupt, which verify reports, or removed before it was locked.
        }
    }

    public void Dispose()
    {
        if (!_isCommitted)
            _store.Discard(Snapshot);
        _chunks.Dispose();
        _snapshotGuard.Dispose();
        _previousGuard?.Dispose();
        _group.Dispose();
    }
}

/// <summary>What storing an archive came to.</summary>
/// <param name="Name">The archive's name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Chunks">How many chunks it has.</param>
/// <param name="Unchanged">How many of them the previous snapshot has, too.</param>
/// <param name="Reused">How many of them were there already.</param>
/// <param name="Added">How many bytes were added on disk.</param>
internal sealed record ArchiveStatistics(string Name, long Size, int Chunks, int Unchanged, int Reused, long Added);
