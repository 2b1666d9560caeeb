using System.Formats.Tar;
using System.IO.Enumeration;

namespace BackupServer;

/// <summary>A directory as a tar archive that is the same for as long as the directory is.</summary>
internal static class TreeArchive
{
    /// <param name="directory">What is archived.</param>
    /// <param name="output">Where to.</param>
    /// <param name="log">Is told what is left out.</param>
    public static void Write(string directory, Stream output, TaskLog log)
    {
        var entries = Find(directory);
        using var progress = log.Start($"Archiving {directory}", entries.Sum(SizeOf));
        using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var info in entries)
        {
            WriteEntry(tar, info, Path.GetRelativePath(directory, info.FullName), log);
            progress.Advance(SizeOf(info));
        }
    }

    public static void Extract(Stream archive, string directory)
    {
        Directory.CreateDirectory(directory);
        TarFile.ExtractToDirectory(archive, directory, overwriteFiles: false);
    }

    /// <summary>All below the directory, not through symbolic links, each directory before what is in it.</summary>
    private static List<FileSystemInfo> Find(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        var found = new FileSystemEnumerable<FileSystemInfo>(directory, (ref FileSystemEntry entry) => entry.ToFileSystemInfo(), options)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return [.. found.OrderBy(entry => entry.FullName, StringComparer.Ordinal)];
    }

    private static void WriteEntry(TarWriter tar, FileSystemInfo info, string name, TaskLog log)
    {
        if (SizeOf(info) == 0)
        {
            TryWriteWithoutContent(tar, info, name, log);
            return;
        }
        using var content = new FixedLengthStream(File.OpenRead(info.FullName), SizeOf(info));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            Mode = info.UnixFileMode,
            ModificationTime = info.LastWriteTimeUtc,
            DataStream = content,
        });
        if (content.HasMissed)
            log.Warn($"{info.FullName} changed while it was read.");
    }

    /// <summary>Directories, symbolic links, empty files, pipes: the library tells them apart without opening them.</summary>
    private static void TryWriteWithoutContent(TarWriter tar, FileSystemInfo info, string name, TaskLog log)
    {
        try
        {
            tar.WriteEntry(info.FullName, name);
        }
        catch (IOException error)
        {
            log.Warn($"{info.FullName} is left out: {error.Message}");
        }
    }

    private static long SizeOf(FileSystemInfo info) => info is FileInfo { LinkTarget: null } file ? file.Length : 0;
}
