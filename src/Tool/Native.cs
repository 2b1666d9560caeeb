using System.Runtime.InteropServices;

namespace NamespaceLocking.Tool;

/// <summary>System calls that neither .NET nor the library has.</summary>
internal static partial class Native
{
    internal const int Execute = 1;
    internal const int Write = 2;
    internal const int Read = 4;

    internal const int TemporaryFile = 0x400000;
    internal const int ExclusiveCreation = 0x80;

    internal const int BrokenPipe = 13;
    internal const nint DefaultAction = 0;
    internal const nint Ignore = 1;

    private const int WorkingDirectory = -100;
    private const int EffectiveIds = 0x200;
    private const short PollError = 8;

    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    internal static partial nint SetAction(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "unlink", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unlink(string path);

    /// <summary>Whether the user that this process runs as may do all of this: not what the mode says, but what the kernel would.</summary>
    internal static bool MayAccess(string path, int how) => AccessAt(WorkingDirectory, path, how, EffectiveIds) == 0;

    /// <summary>Whether nobody reads any more what is written to standard output.</summary>
    internal static bool IsOutputClosed()
    {
        var entry = new PollEntry { Descriptor = 1 };
        return Poll(ref entry, 1, 0) == 1 && (entry.Found & PollError) != 0;
    }

    [LibraryImport("libc", EntryPoint = "faccessat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AccessAt(int directory, string path, int how, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    /// <summary>struct pollfd.</summary>
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Found;
    }
}
