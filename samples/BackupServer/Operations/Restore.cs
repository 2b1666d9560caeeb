using NamespaceLocking;

namespace BackupServer;

/// <summary>Gives an archive of a snapshot back. Nobody removes the snapshot, moves or deletes its namespace meanwhile.</summary>
internal static class Restore
{
    /// <param name="store">The datastore.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="archive">The name of the archive.</param>
    /// <param name="target">The directory or the file that it becomes.</param>
    /// <param name="log">Is told how far it is.</param>
    /// <returns>Its size in bytes.</returns>
    public static long Run(Datastore store, Snapshot snapshot, string archive, string target, TaskLog log)
    {
        using var namespaceGuard = store.LockShared(snapshot.Namespace);
        using var snapshotGuard = store.LockSnapshotShared(snapshot);
        using var section = log.Enter(store, snapshot.Namespace, LockMode.Shared);
        var files = store.ReadManifest(snapshot).Files;
        var file = files.FirstOrDefault(file => file.Name == archive)
            ?? throw new InvalidOperationException(
                $"Snapshot {snapshot} has no archive '{archive}': it has {string.Join(", ", files.Select(file => file.Name))}.");
        var index = store.ReadIndex(snapshot, file);
        using var progress = log.Start($"Restoring {archive}", index.Size);
        using var content = new ArchiveReader(store.Chunks, index, progress);
        if (archive.EndsWith(BackupSource.TreeExtension, StringComparison.Ordinal))
        {
            TreeArchive.Extract(content, target);
        }
        else
        {
            using var output = new FileStream(target, FileMode.CreateNew);
            content.CopyTo(output);
        }
        return index.Size;
    }
}
