namespace NamespaceLocking.Tool;

/// <summary>What flock(1) exits with where it has the same to say (sysexits.h), and what shells say of commands.</summary>
internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>The lock was not granted in time, unless another number was asked for; or a check found problems.</summary>
    internal const int Conflict = 1;

    internal const int ProblemsFound = 1;
    internal const int Usage = 64;
    internal const int CannotOpen = 66;
    internal const int Unavailable = 69;
    internal const int SystemError = 71;
    internal const int CannotCreate = 73;
    internal const int CommandNotExecutable = 126;
    internal const int CommandNotFound = 127;

    /// <summary>What a shell says of a process that a signal ended.</summary>
    internal static int OfSignal(int signal) => 128 + signal;

    /// <summary>For a failure of the lock files, which says nothing about who holds the lock; null where it is none.</summary>
    internal static int? Of(Exception error) => error switch
    {
        // The library's exceptions carry the kernel's error number.
        IOException { HResult: Errno.TooManyOpenFiles or Errno.TableFull or Errno.NoLocks } => SystemError,
        IOException { HResult: Errno.ReadOnlyFileSystem or Errno.NoSpace or Errno.QuotaExceeded } => CannotCreate,
        IOException { HResult: Errno.NotImplemented or Errno.NotSupported } => Unavailable,
        IOException or UnauthorizedAccessException => CannotOpen,
        PlatformNotSupportedException => Unavailable,
        _ => null,
    };
}
