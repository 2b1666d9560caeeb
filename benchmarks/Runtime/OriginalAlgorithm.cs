using System.Runtime.InteropServices;

namespace NamespaceLocking.Benchmarks;

/// <summary>
/// The original's algorithm written plainly: for each level make the directory, look at the file, open it, lock it, look at it and
/// at the path again; close it to give it back. No root level, as in the original.
/// </summary>
internal sealed unsafe partial class OriginalAlgorithm(string directory)
{
    private const int LockShared = 1;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int Flags = 0x80042; // O_RDWR | O_CREAT | O_CLOEXEC
    private const uint StatxBasic = 0x7ff;
    private const int AtEmptyPath = 0x1000;
    private const int WorkingDirectory = -100;

    /// <summary>Takes all levels, and gives them back.</summary>
    internal void AcquireAndRelease(BackupNamespace ns, LockMode mode)
    {
        var descriptors = stackalloc int[BackupNamespace.MaxDepth];
        var count = 0;
        for (var level = ns; !level.IsRoot; level = level.Parent)
            descriptors[count++] = Lock(level, level == ns ? mode : LockMode.Shared);
        while (count > 0)
            _ = Close(descriptors[--count]);
    }

    /// <summary>The files of all levels, the root included, open as for <see cref="LockAndUnlock"/>.</summary>
    internal int[] OpenAll(BackupNamespace ns)
    {
        var descriptors = new List<int> { Open(directory + "/.ns-lock", Flags, 0x1B0) };
        for (var level = ns; !level.IsRoot; level = level.Parent)
            descriptors.Add(Open($"{directory}/{level.ToString().Replace('/', ':')}/.ns-lock", Flags, 0x1B0));
        return [.. descriptors];
    }

    internal static void CloseAll(int[] descriptors) => Array.ForEach(descriptors, descriptor => Close(descriptor));

    /// <summary>What the kernel itself takes to lock and unlock: nothing that does these calls is faster.</summary>
    internal static void LockAndUnlock(int[] descriptors)
    {
        foreach (var descriptor in descriptors)
            _ = Flock(descriptor, LockShared | LockNonBlocking);
        foreach (var descriptor in descriptors)
            _ = Flock(descriptor, 8);
    }

    private int Lock(BackupNamespace ns, LockMode mode)
    {
        var folder = $"{directory}/{ns.ToString().Replace('/', ':')}";
        var path = folder + "/.ns-lock";
        _ = MakeDirectory(folder, 0x1F8);
        _ = Statx(WorkingDirectory, path, 0, StatxBasic, out _);
        var descriptor = Open(path, Flags, 0x1B0);
        if (descriptor < 0)
            throw new IOException($"open {path}: errno {Marshal.GetLastPInvokeError()}");
        if (Flock(descriptor, (mode == LockMode.Shared ? LockShared : LockExclusive) | LockNonBlocking) != 0)
            throw new IOException($"flock {path}: errno {Marshal.GetLastPInvokeError()}");
        _ = Statx(descriptor, "", AtEmptyPath, StatxBasic, out var opened);
        _ = Statx(WorkingDirectory, path, 0, StatxBasic, out var named);
        return opened.Inode == named.Inode ? descriptor : throw new IOException($"{path} was replaced");
    }

    [LibraryImport("libc", EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeDirectory(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxResult result);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxResult
    {
        [FieldOffset(32)] internal ulong Inode;
    }
}
