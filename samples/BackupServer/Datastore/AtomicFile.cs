namespace BackupServer;

/// <summary>Files that are there as a whole, or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>In the names of files that are being written; what a crash leaves behind is told by it.</summary>
    public const string TemporaryMark = ".tmp-";

    /// <summary>Puts a file in the place of what was there, in one step.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = TemporaryPath(path);
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public static string TemporaryPath(string path) => $"{path}{TemporaryMark}{Guid.NewGuid():N}";
}
