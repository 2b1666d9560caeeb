using System.Runtime.InteropServices;

namespace NamespaceLocking;

/// <summary>What tells one file from every other of the machine, whatever its name.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    internal FileIdentity(LibC.StatxResult found) : this(found.DeviceMajor, found.DeviceMinor, found.Inode) { }

    /// <summary>What the path names now; false where it names nothing.</summary>
    internal static bool TryGet(string path, out FileIdentity identity)
    {
        var exists = TryExamine(path, out var found);
        identity = new(found);
        return exists;
    }

    /// <summary>What is open.</summary>
    internal static FileIdentity Of(SafeHandle opened, string path)
    {
        if (LibC.Statx(opened, "", LibC.AtEmptyPath, LibC.StatxType | LibC.StatxInode, out var found) != 0)
            throw Errno.ToException(Marshal.GetLastPInvokeError(), "examine", path);
        return new(found);
    }

    internal static bool IsNothingThere(int errno) => errno is Errno.NoEntry or Errno.NotADirectory or Errno.SymbolicLink;

    /// <summary>As <see cref="TryGet"/>, but by the device number that /proc/locks has.</summary>
    /// <remarks>On btrfs, say, a file's own device number is another than that of the file system, which the mount table knows.</remarks>
    internal static bool TryGetInProcLocks(string path, out FileIdentity identity)
    {
        var exists = TryExamine(path, out var found);
        identity = new(found);
        if (exists && (found.Mask & LibC.StatxMountId) != 0)
        {
            var mount = found.MountId.ToString() + ' ';
            var device = File.ReadLines("/proc/self/mountinfo").FirstOrDefault(line => line.StartsWith(mount, StringComparison.Ordinal))
                ?.Split(' ')[2].Split(':');
            if (device is [var major, var minor])
                identity = new(uint.Parse(major), uint.Parse(minor), found.Inode);
        }
        return exists;
    }

    private static bool TryExamine(string path, out LibC.StatxResult found)
    {
        const uint Wanted = LibC.StatxType | LibC.StatxInode | LibC.StatxMountId;
        if (LibC.Statx(LibC.WorkingDirectory, path, LibC.AtSymlinkNoFollow, Wanted, out found) == 0)
            return true;
        var errno = Marshal.GetLastPInvokeError();
        return IsNothingThere(errno)
            ? false
            : throw Errno.ToException(errno, "examine", path);
    }
}
