using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Chunks by their digests, <c>.chunks/ab/cd/abcd…</c>, each stored once. The time of a chunk's last change says when it was last marked
/// as used.
/// </summary>
internal sealed class ChunkStore(string directory, BucketLocks buckets, WriterLocks writers)
{
    public BucketLocks Buckets { get; } = buckets;

    public WriterLocks Writers { get; } = writers;

    /// <summary>Starts a session that stores chunks.</summary>
    /// <param name="writer">A name for it, of <see cref="WriterLocks.NewWriter"/>.</param>
    [AcquiresLock(LockMode.Exclusive, nameof(writer), Store = "this.Writers")]
    public ChunkWriter StartWriting(BackupNamespace writer) => new(this, writer, Writers.LockExclusive(writer));

    public bool Contains(ChunkDigest digest) => File.Exists(PathOf(digest));

    /// <exception cref="FileNotFoundException">There is no such chunk.</exception>
    /// <exception cref="InvalidDataException">The chunk is corrupt.</exception>
    public byte[] Read(ChunkDigest digest) => ChunkBlob.Unpack(digest, ReadBlob(digest));

    /// <summary>The chunk as it is stored.</summary>
    public byte[] ReadBlob(ChunkDigest digest)
    {
        try
        {
            return File.ReadAllBytes(PathOf(digest));
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"Chunk {digest} is missing.", error);
        }
    }

    /// <summary>Marks a chunk as used now.</summary>
    /// <returns>Whether it is there.</returns>
    [RequiresLock(LockMode.Shared, nameof(bucket), Store = "this.Buckets")]
    public bool TryTouch(BackupNamespace bucket, ChunkDigest digest)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(digest), DateTime.UtcNow);
            return true;
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Adds a chunk that is not there, or is there by now as well.</summary>
    [RequiresLock(LockMode.Shared, nameof(bucket), Store = "this.Buckets")]
    public void Add(BackupNamespace bucket, ChunkDigest digest, ReadOnlySpan<byte> blob)
    {
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, blob);
        // The time of the file system's clock may lie behind that of the system's, by which sessions are named.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
    }

    /// <summary>Removes the chunks of a bucket that nobody has marked since then.</summary>
    [RequiresLock(LockMode.Exclusive, nameof(bucket), Store = "this.Buckets")]
    public SweepResult Sweep(BackupNamespace bucket, DateTime cutoff)
    {
        var result = new SweepResult();
        var path = Path.Combine(directory, bucket.Name);
        foreach (var file in Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            if (file.LastWriteTimeUtc >= cutoff)
            {
                result.Kept++;
                continue;
            }
            result.Removed++;
            result.RemovedBytes += file.Length;
            file.Delete();
        }
        return result;
    }

    private string PathOf(ChunkDigest digest)
    {
        var name = digest.ToString();
        return Path.Combine(directory, name[..2], name[2..4], name);
    }
}

/// <summary>What was done to a part of the chunk store.</summary>
internal sealed class SweepResult
{
    public long Kept { get; set; }
    public long Removed { get; set; }
    public long RemovedBytes { get; set; }

    public void Add(SweepResult other)
    {
        Kept += other.Kept;
        Removed += other.Removed;
        RemovedBytes += other.RemovedBytes;
    }
}
