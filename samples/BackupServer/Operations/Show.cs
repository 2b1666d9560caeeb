namespace BackupServer;

/// <summary>Says what a snapshot consists of.</summary>
internal static class Show
{
    public static SnapshotDetails Run(Datastore store, Snapshot snapshot)
    {
        using var namespaceGuard = store.LockShared(snapshot.Namespace);
        using var snapshotGuard = store.LockSnapshotShared(snapshot);
        var manifest = store.ReadManifest(snapshot);
        var archives = new List<ArchiveDetails>();
        foreach (var file in manifest.Files)
        {
            var index = store.ReadIndex(snapshot, file);
            archives.Add(new(file.Name, file.Size, file.Chunks, index.Chunks.Distinct().Count(), file.IndexDigest));
        }
        return new(snapshot.Namespace.ToString(), snapshot.Name, store.ReadOwner(snapshot.Group), store.IsProtected(snapshot), archives);
    }
}

internal sealed record SnapshotDetails(string Namespace, string Snapshot, string Owner, bool IsProtected, IReadOnlyList<ArchiveDetails> Archives);

/// <param name="Name">The archive's name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Chunks">How many chunks it is made of.</param>
/// <param name="DistinctChunks">How many of these differ.</param>
/// <param name="IndexDigest">The SHA-256 of the index.</param>
internal sealed record ArchiveDetails(string Name, long Size, int Chunks, int DistinctChunks, string IndexDigest);
