using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// A session that stores chunks. Until it is disposed, the collector keeps every chunk that it has stored or found, whether a snapshot
/// refers to it by then or not.
/// </summary>
[LockGuard]
internal sealed class ChunkWriter : IDisposable
{
    private readonly ChunkStore _chunks;
    private readonly NamespaceLockGuard _guard;

    [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
    [AcquiresLock(LockMode.Exclusive, nameof(writer))]
    public ChunkWriter(ChunkStore chunks, BackupNamespace writer, [TakesOwnership, RequiresLock(LockMode.Exclusive, nameof(writer))] NamespaceLockGuard guard)
    {
        _chunks = chunks;
        _guard = guard;
        Namespace = writer;
    }

    /// <summary>The session's name in the tree of <see cref="WriterLocks"/>.</summary>
    public BackupNamespace Namespace { get; }

    /// <summary>Stores a chunk, unless it is there.</summary>
    /// <returns>How many bytes were added on disk: 0 where it was there.</returns>
    [RequiresLock(LockMode.Exclusive, "this.Namespace")]
    public long Store(ChunkDigest digest, ReadOnlySpan<byte> content) =>
        TryUse(digest) ? 0 : Add(digest, ChunkBlob.Pack(content).Span);

    /// <summary>Uses a chunk that is there.</summary>
    [RequiresLock(LockMode.Exclusive, "this.Namespace")]
    public bool TryUse(ChunkDigest digest)
    {
        var bucket = BucketLocks.Of(digest);
        using var guard = _chunks.Buckets.LockShared(bucket);
        return _chunks.TryTouch(bucket, digest);
    }

    /// <summary>Stores a chunk that is packed already, as that of another datastore or of a tape.</summary>
    /// <exception cref="InvalidDataException">The blob is not the chunk of that name.</exception>
    [RequiresLock(LockMode.Exclusive, "this.Namespace")]
    public long StorePacked(ChunkDigest digest, byte[] blob)
    {
        ChunkBlob.Unpack(digest, blob);
        return TryUse(digest) ? 0 : Add(digest, blob);
    }

    /// <summary>For who was lent the session, and cannot ask it of callers.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    [AssertsLock(LockMode.Exclusive, "this.Namespace")]
    public void ThrowIfEnded() => ObjectDisposedException.ThrowIf(!_guard.IsHeld, this);

    public void Dispose() => _guard.Dispose();

    private long Add(ChunkDigest digest, ReadOnlySpan<byte> blob)
    {
        var bucket = BucketLocks.Of(digest);
        using var guard = _chunks.Buckets.LockShared(bucket);
        _chunks.Add(bucket, digest, blob);
        return blob.Length;
    }
}
