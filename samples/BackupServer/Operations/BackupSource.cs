namespace BackupServer;

/// <summary>What is backed up, and under which name.</summary>
/// <param name="Archive">The archive's name: <c>NAME.tar</c> of a directory, <c>NAME.img</c> of a file.</param>
/// <param name="Path">Where it is; <c>-</c> is the standard input.</param>
internal sealed record BackupSource(string Archive, string Path)
{
    public const string TreeExtension = ".tar";
    public const string ImageExtension = ".img";

    /// <exception cref="FormatException">The text is not <c>ARCHIVE:PATH</c>.</exception>
    public static BackupSource Parse(string text)
    {
        var end = text.IndexOf(':');
        var archive = end < 0 ? "" : text[..end];
        var isKnown = archive.EndsWith(TreeExtension, StringComparison.Ordinal) || archive.EndsWith(ImageExtension, StringComparison.Ordinal);
        return isKnown && BackupGroup.IsId(archive)
            ? new(archive, text[(end + 1)..])
            : throw new FormatException($"'{text}' is nothing to back up: write NAME.tar:DIRECTORY, NAME.img:FILE or NAME.img:- for the "
                + "standard input. NAME has ASCII letters, digits, '_', '.' and '-'.");
    }

    /// <summary>Writes the archive.</summary>
    /// <exception cref="IOException">There is no such directory or file.</exception>
    public void Write(Stream output, TaskLog log)
    {
        if (Archive.EndsWith(TreeExtension, StringComparison.Ordinal))
        {
            TreeArchive.Write(Path, output, log);
            return;
        }
        using var input = Path == "-" ? Console.OpenStandardInput() : File.OpenRead(Path);
        input.CopyTo(output);
    }
}
