using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Locks on the 256 parts of the chunk store. They keep a chunk from being removed between the moment that a writer finds it and the
/// moment that it is marked as used: both take microseconds, so all wait for one another.
/// </summary>
internal sealed class BucketLocks(NamespaceLockManager locks)
{
    public static BackupNamespace Of(ChunkDigest digest) => Of(digest.Bucket);

    public static BackupNamespace Of(byte bucket) => BackupNamespace.Root.Child($"{bucket:x2}");

    /// <summary>For marking chunks as used, and for adding some.</summary>
    [AcquiresLock(LockMode.Shared, nameof(bucket))]
    public NamespaceLockGuard LockShared(BackupNamespace bucket) => locks.AcquireShared(bucket, Timeout.InfiniteTimeSpan);

    /// <summary>For removing chunks that nobody has marked.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(bucket))]
    public NamespaceLockGuard LockExclusive(BackupNamespace bucket) => locks.AcquireExclusive(bucket, Timeout.InfiniteTimeSpan);
}
