using System.Runtime.InteropServices;

namespace NamespaceLocking.Tool;

/// <summary>Locks a file of its own in the lock directory, in two ways at once, to see whether that keeps anybody out.</summary>
internal static class FlockProbe
{
    private const int Flags = LibC.ReadWrite | LibC.CloseOnExec;
    private const uint OwnerOnly = (uint)(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    internal static IEnumerable<Finding> Check(string directory)
    {
        var (first, second) = OpenUnnamed(directory);
        if (first.IsInvalid)
        {
            // Not every file system has files without a name (NFS).
            first.Dispose();
            (first, second) = OpenNamed(directory);
        }
        var errno = Marshal.GetLastPInvokeError();
        using (first)
        using (second)
        {
            if (first.IsInvalid || second.IsInvalid)
            {
                // Permissions are looked at by other checks.
                if (errno != Errno.AccessDenied)
                    yield return new(Severity.Problem, "cannot-create", directory, $"No file can be made in it: {Describe(errno)}.");
            }
            else if (FindError(first, second) is { } error)
            {
                yield return new(
                    Severity.Problem, "flock-does-not-work", directory,
                    $"{error} Choose a directory on a local file system, such as one below /run.");
            }
        }
    }

    /// <summary>Opens one new file twice. It has no name, so that nothing is left of it, whatever happens.</summary>
    internal static (LibC.Descriptor First, LibC.Descriptor Second) OpenUnnamed(string directory)
    {
        var first = Open(directory, Flags | Native.TemporaryFile | LibC.DirectoryOnly);
        return (first, Open($"/proc/self/fd/{first.DangerousGetHandle()}", Flags));
    }

    /// <summary>Opens one new file twice, and removes its name.</summary>
    internal static (LibC.Descriptor First, LibC.Descriptor Second) OpenNamed(string directory)
    {
        var path = Path.Combine(directory, $".nslock-check-{Guid.NewGuid():N}");
        var first = Open(path, Flags | LibC.Create | Native.ExclusiveCreation | LibC.NoFollow);
        if (first.IsInvalid)
            return (first, first);
        var second = Open(path, Flags | LibC.NoFollow);
        _ = Native.Unlink(path);
        return (first, second);
    }

    internal static string? FindError(LibC.Descriptor first, LibC.Descriptor second)
    {
        if (!TryLock(first, LibC.LockExclusive, out var errno))
            return $"flock(2) fails on this file system: {Describe(errno)}.";
        if (TryLock(second, LibC.LockShared, out _))
            return "flock(2) does nothing on this file system: a file that was locked exclusively was locked once more.";
        if (!TryLock(first, LibC.LockShared, out errno) || !TryLock(second, LibC.LockShared, out errno))
            return $"flock(2) does not let two share a file on this file system: {Describe(errno)}.";
        return null;
    }

    private static bool TryLock(LibC.Descriptor file, int how, out int errno)
    {
        var isLocked = LibC.Flock(file.DangerousGetHandle(), how | LibC.LockNonBlocking) == 0;
        errno = isLocked ? 0 : Marshal.GetLastPInvokeError();
        return isLocked;
    }

    private static string Describe(int errno) => $"{Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})";

    private static LibC.Descriptor Open(string path, int flags) => new(LibC.OpenAt(LibC.WorkingDirectory, path, flags, OwnerOnly));
}
