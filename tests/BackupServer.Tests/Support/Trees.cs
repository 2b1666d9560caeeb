using System.Security.Cryptography;

namespace BackupServer.Tests;

/// <summary>Compares directories byte for byte.</summary>
internal static class Trees
{
    public static void AssertSame(string expected, string actual)
    {
        var (wanted, found) = (Describe(expected), Describe(actual));
        Assert.Equal(wanted.Keys, found.Keys);
        foreach (var (name, what) in wanted)
            Assert.True(what == found[name], $"{name}: {what} became {found[name]}");
    }

    /// <summary>Each entry with its type, mode, time of change to the second, and content.</summary>
    private static SortedDictionary<string, string> Describe(string root)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(new DirectoryInfo(root));
        return all;

        void Collect(DirectoryInfo directory)
        {
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                all.Add(Path.GetRelativePath(root, entry.FullName), entry switch
                {
                    { LinkTarget: { } link } => $"link to {link}",
                    FileInfo file => $"{file.UnixFileMode}, {new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds()}, {Hash(file)}",
                    _ => $"directory, {entry.UnixFileMode}",
                });
                if (entry is DirectoryInfo { LinkTarget: null } below)
                    Collect(below);
            }
        }
    }

    private static string Hash(FileInfo file)
    {
        using var content = file.OpenRead();
        return Convert.ToHexString(SHA256.HashData(content));
    }
}
