namespace NamespaceLocking.Tool;

/// <summary>The file system that the lock directory is on, by the mount table.</summary>
internal static class MountedFileSystem
{
    private static readonly string[] InMemory = ["tmpfs", "ramfs", "devtmpfs"];
    private static readonly string[] OverNetwork =
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "lustre", "gfs2", "ocfs2", "virtiofs"];


    /// <summary>Its type, such as <c>tmpfs</c>; null where it cannot be found out.</summary>
    internal static string? TypeOf(FileStatus directory)
    {
        try
        {
            return FindType(File.ReadLines("/proc/self/mountinfo"), directory.MountId);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads <c>22 28 0:20 / /run rw,nosuid shared:5 - tmpfs tmpfs rw,size=…</c>.</summary>
    internal static string? FindType(IEnumerable<string> mounts, ulong id) => mounts
        .Where(line => line.StartsWith($"{id} ", StringComparison.Ordinal))
        // The optional fields before the dash are of any number.
        .Select(line => line.Split(" - ", 2) is [_, var rest] ? rest.Split(' ')[0] : null)
        .FirstOrDefault();

    internal static IEnumerable<Finding> Check(string directory, string? type)
    {
        if (type is null || InMemory.Contains(type))
            yield break;
        if (OverNetwork.Contains(type) || type.StartsWith("fuse", StringComparison.Ordinal))
        {
            yield return new(
                Severity.Warning, "file-system-not-local", directory,
                $"It is on {type}: whether flock(2) keeps anybody out there, on this machine or another, is up to its server and mount "
                + "options. Choose a directory on a local file system, such as one below /run.");
        }
        else
        {
            yield return new(
                Severity.Info, "file-system-on-disk", directory,
                $"It is on {type}, which survives a restart as no lock does: one in memory (tmpfs), such as below /run, is enough.");
        }
    }
}
