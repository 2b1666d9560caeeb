using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Removes chunks that no snapshot refers to, beside running backups and moves.
/// </summary>
/// <remarks>
/// <para>
/// A chunk is removed only if nobody has marked it as used since the cutoff: since the collection began, and since the oldest session that
/// writes chunks began, less a margin. In that order: the time is taken, then the sessions are looked up, then the snapshots are listed. So a
/// session that is not found marks its chunks after the cutoff, or has completed its snapshot before the list is made; and one that is found
/// marks its chunks after the cutoff, too.
/// </para>
/// <para>
/// The list is made under the lock that a move takes, so that no snapshot is missed on its way. One that is moved or removed between the
/// list and its turn is not found in its place: then another list is made, until all that is on one was read. The last one is read under
/// the lock as well, so that there is an end.
/// </para>
/// <para>Marking a chunk, and looking at the mark before a removal, exclude each other, by <see cref="BucketLocks"/>.</para>
/// </remarks>
internal sealed class CollectGarbage(Datastore store, TimeSpan margin, TaskLog log)
{
    private const int MostPasses = 5;

    private readonly Datastore _store = store;
    private readonly HashSet<ChunkDigest> _marked = [];
    private readonly HashSet<ChunkDigest> _missing = [];

    public CollectionResult Run()
    {
        var collector = CollectorLocks.Collector;
        using var guard = _store.Collectors.LockExclusive(collector);
        var start = DateTime.UtcNow;
        var oldest = _store.Chunks.Writers.FindOldest();
        var cutoff = (oldest < start ? oldest.Value : start) - margin;
        Mark();
        var swept = Sweep(collector, cutoff);
        return new(_marked.Count, _missing.Count, swept.Kept, swept.Removed, swept.RemovedBytes);
    }

    private void Mark()
    {
        for (var pass = 1; pass < MostPasses; pass++)
        {
            if (MarkAll(List()))
                return;
            log.Info("Snapshots were moved or removed meanwhile: those that are there are listed anew.");
        }
        using var guard = _store.Layout.LockShared();
        MarkAll(_store.FindIndexFiles());
    }

    private IReadOnlyList<string> List()
    {
        using var guard = _store.Layout.LockShared();
        return _store.FindIndexFiles();
    }

    /// <returns>Whether all were where they had been found.</returns>
    private bool MarkAll(IReadOnlyList<string> indexFiles)
    {
        var areAllThere = true;
        using var progress = log.Start("Marking chunks that are used", indexFiles.Count);
        foreach (var path in indexFiles)
        {
            try
            {
                Mark(SnapshotIndex.Parse(File.ReadAllBytes(path)), path);
            }
            catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                areAllThere = false;
            }
            catch (InvalidDataException error)
            {
                throw new InvalidDataException(
                    $"'{path}' cannot be read, so that nobody knows which chunks it needs, and none is removed: {error.Message}", error);
            }
            progress.Advance();
        }
        return areAllThere;
    }

    private void Mark(SnapshotIndex index, string path)
    {
        foreach (var digest in index.Chunks)
        {
            if (!_marked.Add(digest))
                continue;
            var bucket = BucketLocks.Of(digest);
            using var guard = _store.Chunks.Buckets.LockShared(bucket);
            if (!_store.Chunks.TryTouch(bucket, digest) && _missing.Add(digest))
                log.Warn($"MISSING: chunk {digest}, of '{path}'.");
        }
    }

    [RequiresLock(LockMode.Exclusive, nameof(collector), Store = "this._store.Collectors")]
    private SweepResult Sweep(BackupNamespace collector, DateTime cutoff)
    {
        ArgumentNullException.ThrowIfNull(collector);
        var result = new SweepResult();
        using var progress = log.Start("Removing chunks that are not used", byte.MaxValue + 1);
        for (var number = 0; number <= byte.MaxValue; number++)
        {
            var bucket = BucketLocks.Of((byte)number);
            using var guard = _store.Chunks.Buckets.LockExclusive(bucket);
            result.Add(_store.Chunks.Sweep(bucket, cutoff));
            progress.Advance();
        }
        return result;
    }
}

/// <param name="Used">How many chunks snapshots refer to.</param>
/// <param name="Missing">How many of them are not there.</param>
/// <param name="Kept">How many chunks are left.</param>
/// <param name="Removed">How many were removed.</param>
/// <param name="RemovedBytes">Their size on disk.</param>
internal sealed record CollectionResult(int Used, int Missing, long Kept, long Removed, long RemovedBytes);
