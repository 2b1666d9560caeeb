using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace NamespaceLocking.Tool;

/// <summary>The process that took a lock, as far as it can be seen.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CommandLine">Its words; null where it is gone, or belongs to somebody else and hides them.</param>
/// <param name="Started">When the process, not the lock, began: the kernel keeps no time for a lock.</param>
internal sealed record HolderProcess(int Id, IReadOnlyList<string>? CommandLine, DateTimeOffset? Started)
{
    internal static HolderProcess Find(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return new(id, ReadCommandLine(id), process.StartTime);
        }
        catch (Exception error)
            when (error is ArgumentException or InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return new(id, null, null);
        }
    }

    /// <summary>On one line, without anything that a terminal would obey.</summary>
    internal string Describe() => CommandLine is null ? "(gone, or hidden)" : Quoted.Printable(string.Join(' ', CommandLine));

    private static string[] ReadCommandLine(int id)
    {
        var text = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/cmdline"));
        // A thread of the kernel, or a process that has ended and was not waited for, has a name only.
        return text.Length == 0 ? [$"[{File.ReadAllText($"/proc/{id}/comm").TrimEnd()}]"]
            : (text.EndsWith('\0') ? text[..^1] : text).Split('\0');
    }
}
