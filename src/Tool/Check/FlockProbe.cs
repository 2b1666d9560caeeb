using System.Runtime.InteropServices;

namespace NamespaceLocking.Tool;

/// <summary>Locks a file of its own in the lock directory, in two ways at once, to see whether that keeps anybody out.</summary>
internal static class FlockProbe
{
    internal static IEnumerable<Finding> Check(string directory)
    {
        var (first, second) = OpenTwice(directory);
        using (first)
        using (second)
        {
            // Why nothing can be made in the directory is told by other checks.
            if (!first.IsInvalid && !second.IsInvalid && FindError(first, second) is { } error)
                yield return new(Severity.Problem, "flock-does-not-work", directory, $"{error} Choose a directory on a local file system, such as one below /run.");
        }
    }

    private static string? FindError(LibC.Descriptor first, LibC.Descriptor second)
    {
        if (!TryLock(first, LibC.LockExclusive, out var errno))
            return $"flock(2) fails on this file system: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).";
        if (TryLock(second, LibC.LockShared, out _))
            return "flock(2) does nothing on this file system: a file that was locked exclusively was locked once more.";
        if (!TryLock(first, LibC.LockShared, out errno) || !TryLock(second, LibC.LockShared, out errno))
            return $"flock(2) does not let two share a file on this file system: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).";
        return null;
    }

    private static bool TryLock(LibC.Descriptor file, int how, out int errno)
    {
        var isLocked = LibC.Flock(file.DangerousGetHandle(), how | LibC.LockNonBlocking) == 0;
        errno = isLocked ? 0 : Marshal.GetLastPInvokeError();
        return isLocked;
    }

    /// <summary>Opens one new file twice. It has no name, so that nothing is left of it, whatever happens.</summary>
    private static (LibC.Descriptor First, LibC.Descriptor Second) OpenTwice(string directory)
    {
        const int Flags = LibC.ReadWrite | LibC.CloseOnExec;
        const uint Mode = 0x180; // 0600
        var first = Open(directory, Flags | Native.TemporaryFile | LibC.DirectoryOnly, Mode);
        if (!first.IsInvalid)
            return (first, Open($"/proc/self/fd/{first.DangerousGetHandle()}", Flags, 0));
        first.Dispose();

        // Not every file system has files without a name (NFS).
        var path = Path.Combine(directory, $".nslock-check-{Guid.NewGuid():N}");
        first = Open(path, Flags | LibC.Create | Native.ExclusiveCreation | LibC.NoFollow, Mode);
        var second = Open(path, Flags | LibC.NoFollow, 0);
        if (!first.IsInvalid)
            _ = Native.Unlink(path);
        return (first, second);
    }

    private static LibC.Descriptor Open(string path, int flags, uint mode) => new(LibC.OpenAt(LibC.WorkingDirectory, path, flags, mode));
}
