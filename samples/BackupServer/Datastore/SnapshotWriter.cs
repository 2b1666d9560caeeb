using NamespaceLocking;

namespace BackupServer;

/// <summary>A snapshot that is being written. Until it is committed nobody sees it, and disposing it leaves nothing.</summary>
[LockGuard]
internal sealed class SnapshotWriter : IDisposable
{
    private readonly Datastore _store;
    private readonly BackupLockGuard _guard;
    private readonly List<ManifestFile> _files = [];
    private bool _isCommitted;

    [AcquiresLock(LockMode.Exclusive, "this.Snapshot.Key")]
    public SnapshotWriter(
        Datastore store,
        Snapshot snapshot,
        [TakesOwnership, RequiresLock(LockMode.Exclusive, "snapshot.Key")] BackupLockGuard guard,
        [TakesOwnership] ChunkWriter chunks)
    {
        _store = store;
        Snapshot = snapshot;
        _guard = guard;
        Chunks = chunks;
    }

    public Snapshot Snapshot { get; }

    /// <summary>Keeps the chunks of the snapshot until it is committed.</summary>
    public ChunkWriter Chunks { get; }

    /// <summary>Adds an archive, whose chunks are stored.</summary>
    [RequiresLock(LockMode.Shared, "this.Snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, "this.Snapshot.Key")]
    public ManifestFile Add(string name, SnapshotIndex index)
    {
        var file = _store.WriteIndex(Snapshot, name, index);
        _files.Add(file);
        return file;
    }

    /// <summary>Makes the snapshot one that is there.</summary>
    [RequiresLock(LockMode.Shared, "this.Snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, "this.Snapshot.Key")]
    public Manifest Commit()
    {
        var manifest = new Manifest(Snapshot.Group.Name, Snapshot.TimeText, _files);
        _store.WriteManifest(Snapshot, manifest);
        _isCommitted = true;
        return manifest;
    }

    public void Dispose()
    {
        if (!_isCommitted)
            _store.Discard(Snapshot);
        Chunks.Dispose();
        _guard.Dispose();
    }
}
