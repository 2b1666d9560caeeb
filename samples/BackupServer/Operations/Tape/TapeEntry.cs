using NamespaceLocking;

namespace BackupServer;

/// <summary>Names of the entries of a tape: chunks, and the files of snapshots, each snapshot's manifest last and behind its chunks.</summary>
internal static class TapeEntry
{
    public const string ManifestName = "manifest.json";
    public const string IndexExtension = ".idx";

    private const string ChunkFolder = "chunks/";
    private const string SnapshotFolder = "snapshots/";

    public static string OfChunk(ChunkDigest digest) => ChunkFolder + digest;

    /// <summary>As in <c>snapshots/a/b/:host/web1/2026-03-11T15:13:09Z/root.tar.idx</c>.</summary>
    public static string OfFile(Snapshot snapshot, string file) => $"{SnapshotFolder}{snapshot.Namespace}/:{snapshot.Name}/{file}";

    public static ChunkDigest? FindChunk(string entry) =>
        entry.StartsWith(ChunkFolder, StringComparison.Ordinal) && ChunkDigest.TryParse(entry[ChunkFolder.Length..], out var digest) ? digest : null;

    public static (Snapshot Snapshot, string File)? FindFile(string entry)
    {
        var mark = entry.IndexOf("/:", StringComparison.Ordinal);
        var end = entry.LastIndexOf('/');
        if (!entry.StartsWith(SnapshotFolder, StringComparison.Ordinal) || mark < 0 || end <= mark + 1)
            return null;
        var ns = mark < SnapshotFolder.Length ? "" : entry[SnapshotFolder.Length..mark];
        return (Snapshot.Parse(BackupNamespace.Parse(ns), entry[(mark + 2)..end]), entry[(end + 1)..]);
    }
}
