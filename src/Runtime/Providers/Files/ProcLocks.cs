using System.Globalization;
using System.Text;

namespace NamespaceLocking;

/// <summary>Who holds a flock, by what the kernel lists in /proc/locks.</summary>
internal static class ProcLocks
{
    /// <summary>
    /// The kernel lists its locks a page at a time, and skips some of them when others come and go between two pages. So where
    /// nobody is found, somebody is looked for again.
    /// </summary>
    private const int Tries = 10;

    /// <summary>Who holds the file at <paramref name="path"/> so that a lock in <paramref name="mode"/> is refused, as far as can be seen.</summary>
    internal static IReadOnlyList<LockHolder> FindHolders(string path, LockMode mode)
    {
        try
        {
            if (!FileIdentity.TryGetInProcLocks(path, out var file))
                return [];
            List<LockHolder> holders = [];
            for (var i = 0; i < Tries && holders.Count == 0; i++)
                holders = Read(file, mode);
            return holders;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return [];
        }
    }

    /// <summary>Reads <c>1: FLOCK  ADVISORY  WRITE 4711 fe:00:1165 0 EOF</c>; null where it is about another file, or a lock of another kind.</summary>
    internal static (int ProcessId, LockMode Mode)? Parse(string line, FileIdentity file)
    {
        // A request that waits in the kernel has an arrow as its second word.
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [_, "FLOCK", _, var access, var process, var place, ..]
            || place != $"{file.DeviceMajor:x2}:{file.DeviceMinor:x2}:{file.Inode}")
            return null;
        return (int.Parse(process, CultureInfo.InvariantCulture), access == "WRITE" ? LockMode.Exclusive : LockMode.Shared);
    }

    private static List<LockHolder> Read(FileIdentity file, LockMode mode) =>
        [.. File.ReadLines("/proc/locks")
            .Select(line => Parse(line, file))
            .OfType<(int ProcessId, LockMode Mode)>()
            .Where(held => mode == LockMode.Exclusive || held.Mode == LockMode.Exclusive)
            .Distinct()
            .Select(held => Describe(held.ProcessId, held.Mode))];

    private static LockHolder Describe(int processId, LockMode mode) =>
        processId == Environment.ProcessId ? new(processId, "this process", mode)
        : processId <= 0 ? new(null, "a process outside this container", mode)
        : new(processId, CommandLineOf(processId), mode);

    private static string CommandLineOf(int processId)
    {
        try
        {
            var words = File.ReadAllBytes($"/proc/{processId}/cmdline").AsSpan().TrimEnd((byte)0);
            var text = Encoding.UTF8.GetString(words).Replace('\0', ' ');
            return Quoted.Printable(text.Length > 0 ? text : $"[{File.ReadAllText($"/proc/{processId}/comm").TrimEnd()}]");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "which is gone, or hides its command line";
        }
    }
}
