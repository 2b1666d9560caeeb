using System.Formats.Tar;
using System.IO.Enumeration;

namespace BackupServer;

/// <summary>A directory as a tar archive that is the same for as long as the directory is.</summary>
/// <remarks>In GNU's format: in that of POSIX, the library writes the number of the process into the names of headers.</remarks>
internal static class TreeArchive
{
    /// <param name="directory">What is archived.</param>
    /// <param name="output">Where to.</param>
    /// <param name="log">Is told what is left out.</param>
    public static void Write(string directory, Stream output, TaskLog log)
    {
        var entries = Find(directory);
        using var progress = log.Start($"Archiving {directory}", entries.Sum(SizeOf));
        using var tar = new TarWriter(output, TarEntryFormat.Gnu, leaveOpen: true);
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
        if (info.LinkTarget is { } link)
            tar.WriteEntry(Describe(TarEntryType.SymbolicLink, info, name, link));
        else if (info is DirectoryInfo)
            tar.WriteEntry(Describe(TarEntryType.Directory, info, name));
        else if (SizeOf(info) > 0)
            WriteFile(tar, info, name, log);
        else
            TryWriteWithoutContent(tar, info, name, log);
    }

    /// <summary>Without the times of access and of change, which are other ones each time.</summary>
    private static GnuTarEntry Describe(TarEntryType type, FileSystemInfo info, string name, string? link = null)
    {
        var entry = new GnuTarEntry(type, name) { Mode = info.UnixFileMode, ModificationTime = info.LastWriteTimeUtc };
        if (link is not null)
            entry.LinkName = link;
        return entry;
    }

    private static void WriteFile(TarWriter tar, FileSystemInfo info, string name, TaskLog log)
    {
        using var content = new FixedLengthStream(File.OpenRead(info.FullName), SizeOf(info));
        var entry = Describe(TarEntryType.RegularFile, info, name);
        entry.DataStream = content;
        tar.WriteEntry(entry);
        if (content.HasMissed)
            log.Warn($"{info.FullName} changed while it was read.");
    }

    /// <summary>Empty files and pipes: the library tells them apart without opening them.</summary>
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
