using System.Globalization;
using System.Numerics;
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

    /// <summary>A flock that is held or, in the kernel, waited for, and whose.</summary>
    internal readonly record struct Entry(int ProcessId, LockMode Mode, bool IsWaiting, FileIdentity File);

    /// <summary>Every flock of the machine that this process may know of, as of now.</summary>
    internal static IEnumerable<Entry> ReadAll() => File.ReadLines("/proc/locks").Select(Parse).OfType<Entry>();

    /// <summary>Reads <c>1: FLOCK  ADVISORY  WRITE 4711 fe:00:1165 0 EOF</c>; null where it is a lock of another kind.</summary>
    internal static Entry? Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).AsSpan();
        // A request that waits in the kernel has an arrow as its second word, before which are more blanks the longer the queue is.
        var isWaiting = words is [_, "->", ..];
        if (words[(isWaiting ? 2 : Math.Min(1, words.Length))..] is not ["FLOCK", _, var access, var process, var place, ..]
            || place.Split(':') is not [var major, var minor, var inode]
            || !TryParse(major, NumberStyles.HexNumber, out uint deviceMajor)
            || !TryParse(minor, NumberStyles.HexNumber, out uint deviceMinor)
            || !TryParse(inode, NumberStyles.None, out ulong number))
            return null;
        var mode = access == "WRITE" ? LockMode.Exclusive : LockMode.Shared;
        return new(int.Parse(process, CultureInfo.InvariantCulture), mode, isWaiting, new(deviceMajor, deviceMinor, number));

        static bool TryParse<T>(string text, NumberStyles style, out T value) where T : INumber<T> =>
            T.TryParse(text, style, CultureInfo.InvariantCulture, out value!);
    }

    /// <summary>Reads a line about a lock that is held; null where it is about another file, or a lock of another kind.</summary>
    internal static (int ProcessId, LockMode Mode)? Parse(string line, FileIdentity file) =>
        Parse(line) is { IsWaiting: false } entry && entry.File == file ? (entry.ProcessId, entry.Mode) : null;

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
