namespace BackupServer;

/// <summary>Says which snapshots are on a media set.</summary>
internal static class TapeList
{
    public static IReadOnlyList<TapeContent> Run(MediaSet media) =>
    [
        .. media.Read().Select(entry => (Found: TapeEntry.FindFile(entry.Name), Entry: entry)).Where(found => found.Found?.File == TapeEntry.ManifestName)
            .Select(found => new TapeContent(found.Found!.Value.Snapshot.Namespace.ToString(), found.Found.Value.Snapshot.Name)),
    ];
}

internal sealed record TapeContent(string Namespace, string Snapshot);
