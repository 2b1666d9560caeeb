using System.Formats.Tar;

namespace BackupServer;

/// <summary>A directory as a tar archive that is the same for as long as the directory is.</summary>
internal static class TreeArchive
{
    /// <param name="directory">What is archived.</param>
    /// <param name="output">Where to.</param>
    /// <param name="log">Is told what is left out.</param>
    public static void Write(string directory, Stream output, TaskLog log)
    {
        var entries = new DirectoryInfo(directory).EnumerateFileSystemInfos("*", All).ToList();
        entries.Sort((one, other) => string.CompareOrdinal(one.FullName, other.FullName));
        using var progress = log.Start($"Archiving {directory}", entries.Sum(SizeOf));
        using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var info in entries)
        {
            if (TypeOf(info) is { } type)
                WriteEntry(tar, type, info, Path.GetRelativePath(directory, info.FullName), log);
            else
                log.Warn($"{info.FullName} is neither a file nor a directory nor a symbolic link, and is left out.");
            progress.Advance(SizeOf(info));
        }
    }

    public static void Extract(Stream archive, string directory)
    {
        Directory.CreateDirectory(directory);
        TarFile.ExtractToDirectory(archive, directory, overwriteFiles: false);
    }

    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    private static void WriteEntry(TarWriter tar, TarEntryType type, FileSystemInfo info, string name, TaskLog log)
    {
        // Without the times of access and of change, which are other ones each time.
        var entry = new PaxTarEntry(type, name) { Mode = info.UnixFileMode, ModificationTime = info.LastWriteTimeUtc };
        if (type == TarEntryType.SymbolicLink)
            entry.LinkName = info.LinkTarget!;
        if (info is not FileInfo { Length: > 0 } file || type != TarEntryType.RegularFile)
        {
            tar.WriteEntry(entry);
            return;
        }
        using var content = new FixedLengthStream(file.OpenRead(), file.Length);
        entry.DataStream = content;
        tar.WriteEntry(entry);
        if (content.HasMissed)
            log.Warn($"{info.FullName} changed while it was read.");
    }

    private static TarEntryType? TypeOf(FileSystemInfo info) =>
        info.LinkTarget is not null ? TarEntryType.SymbolicLink
        : info is DirectoryInfo ? TarEntryType.Directory
        : (info.Attributes & (FileAttributes.Device | FileAttributes.System)) == 0 ? TarEntryType.RegularFile : null;

    private static long SizeOf(FileSystemInfo info) => info is FileInfo { LinkTarget: null } file ? file.Length : 0;
}
