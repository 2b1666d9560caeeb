using System.Runtime.InteropServices;

namespace NamespaceLocking;

/// <summary>The kernel's error numbers, and exceptions that tell an operator what to do about them.</summary>
internal static class Errno
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int NoDeviceOrAddress = 6;
    internal const int WouldBlock = 11;
    internal const int AccessDenied = 13;
    internal const int Exists = 17;
    internal const int NotADirectory = 20;
    internal const int IsADirectory = 21;
    internal const int TableFull = 23;
    internal const int TooManyOpenFiles = 24;
    internal const int NoSpace = 28;
    internal const int ReadOnlyFileSystem = 30;
    internal const int NameTooLong = 36;
    internal const int NoLocks = 37;
    internal const int NotImplemented = 38;
    internal const int SymbolicLink = 40;
    internal const int NotSupported = 95;
    internal const int QuotaExceeded = 122;

    /// <summary>An exception for a call that failed for another reason than that somebody holds the lock.</summary>
    /// <param name="errno">The error number.</param>
    /// <param name="action">What was tried, as in "cannot …".</param>
    /// <param name="path">What it was tried on.</param>
    internal static Exception ToException(int errno, string action, string path)
    {
        var message = $"Cannot {action} {Quoted.Path(path)}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}). {Advice(errno)}";
        return errno switch
        {
            NotPermitted or AccessDenied => new UnauthorizedAccessException(message),
            NoEntry => new DirectoryNotFoundException(message),
            NameTooLong => new PathTooLongException(message),
            _ => new IOException(message, errno),
        };
    }

    private static string Advice(int errno) => errno switch
    {
        NotPermitted or AccessDenied =>
            "Let the user that this process runs as read, write and search the lock directory and what is in it, or choose another lock directory.",
        NoEntry => "Something on the way is a symbolic link that leads nowhere, or is being removed by another program: remove the link, or stop that program.",
        NotADirectory =>
            "Something that is not a directory (a plain file, such as the lock file of a group that is named like the namespace; or a symbolic "
            + "link, which is not followed below the lock directory) is in the way: move it aside, or rename the one or the other.",
        IsADirectory =>
            "A directory, such as that of a namespace that is named like a group's lock file, is where the lock file belongs: move it aside, "
            + "or rename the one or the other.",
        SymbolicLink => "A symbolic link is in the way, and none is followed below the lock directory: remove it.",
        NoDeviceOrAddress => "Something that is not a plain file is where the lock file belongs: move it aside.",
        TooManyOpenFiles => "This process has as many descriptors open as it may: raise its limit (ulimit -n), or hold fewer guards at a time.",
        TableFull => "The machine has as many files open as it can: raise fs.file-max, or end what holds them.",
        NoSpace or QuotaExceeded => "Free some space or inodes (df, df -i, quota), or choose a lock directory on another file system, such as one below /run.",
        ReadOnlyFileSystem => "Mount it writable, or choose a lock directory on another file system, such as one below /run.",
        NameTooLong => "Choose a lock directory with a shorter path.",
        NoLocks => "The kernel has no memory for one more lock: end what holds many of them.",
        NotImplemented or NotSupported => "This file system has no flock(2): choose a lock directory on a local one, such as one below /run.",
        _ => "Check the lock directory and its file system.",
    };
}
