using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NamespaceLocking;

/// <summary>
/// The system calls of the lock files. .NET's own file API will not do: on Linux, FileStream and File.OpenHandle take a flock of
/// their own, which shuts strangers out and makes a file look locked that is merely open.
/// </summary>
internal static partial class LibC
{
    internal const int LockShared = 1;
    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;
    internal const int Unlock = 8;

    internal const int ReadWrite = 2;
    internal const int Create = 0x40;
    internal const int CloseOnExec = 0x80000;
    internal const int PathOnly = 0x200000;

    internal const int AtSymlinkNoFollow = 0x100;
    internal const int AtEmptyPath = 0x1000;

    internal const int OpenFilesLimit = 7;

    /// <summary>The same number on every architecture, as with all system calls of its age.</summary>
    internal const nint OpenAt2 = 437;

    internal const ulong ResolveNoSymbolicLinks = 4;
    internal const ulong ResolveBeneath = 8;

    internal const uint StatxType = 0x1;
    internal const uint StatxInode = 0x100;
    internal const uint StatxMountId = 0x1000;

    // These two have other values in the kernel's ABI for Arm and POWER; all else here is the same everywhere that .NET runs.
    private static readonly bool IsArmOrPower =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Ppc64le;

    internal static readonly int DirectoryOnly = IsArmOrPower ? 0x4000 : 0x10000;
    internal static readonly int NoFollow = IsArmOrPower ? 0x8000 : 0x20000;

    /// <summary>AT_FDCWD: a relative path starts at the working directory. An absolute one starts at the top, whatever is given.</summary>
    internal static readonly Descriptor WorkingDirectory = new(-100, ownsHandle: false);

    // An int, not a handle: a C function's int -1 need not be -1 in the 64 bits that a handle is read from.
    [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int OpenAt(Descriptor directory, string path, int flags, uint mode);

    /// <summary>openat2(2), for which older C libraries have no function.</summary>
    [LibraryImport("libc", EntryPoint = "syscall")]
    internal static unsafe partial nint SystemCall(nint number, Descriptor directory, byte* path, OpenHow* how, nint size);

    [LibraryImport("libc", EntryPoint = "unlinkat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Unlink(Descriptor directory, string name, int flags);

    [LibraryImport("libc", EntryPoint = "mkdirat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int MakeDirectoryAt(Descriptor directory, string path, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Statx(SafeHandle directory, string path, int flags, uint mask, out StatxResult result);

    // Those that follow are called for each level of each acquisition, by who owns the descriptor alone: counting the uses of a
    // handle, and making UTF-8 of a path anew, would cost as much as some of the calls.
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    internal static unsafe partial int Statx(nint directory, byte* path, int flags, uint mask, StatxResult* result);

    [LibraryImport("libc", EntryPoint = "statx")]
    internal static unsafe partial int StatxWithoutError(nint directory, byte* path, int flags, uint mask, StatxResult* result);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(nint file, int operation);

    [LibraryImport("libc", EntryPoint = "flock")]
    internal static partial int FlockWithoutError(nint file, int operation);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    internal static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(nint descriptor);

    /// <summary>struct statx: unlike struct stat, laid out alike on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatxResult
    {
        [FieldOffset(0)] internal uint Mask;
        [FieldOffset(28)] internal ushort Mode;
        [FieldOffset(32)] internal ulong Inode;
        [FieldOffset(136)] internal uint DeviceMajor;
        [FieldOffset(140)] internal uint DeviceMinor;
        [FieldOffset(144)] internal ulong MountId;
    }

    /// <summary>struct open_how.</summary>
    internal struct OpenHow
    {
        internal ulong Flags;
        internal ulong Mode;
        internal ulong Resolve;
    }

    /// <summary>struct rlimit.</summary>
    internal struct Limit
    {
        internal ulong Current;
        internal ulong Maximum;
    }

    /// <summary>A descriptor of a directory, closed when it is disposed or collected.</summary>
    internal sealed class Descriptor : SafeHandleMinusOneIsInvalid
    {
        internal Descriptor(int descriptor, bool ownsHandle = true) : base(ownsHandle) => SetHandle(descriptor);

        protected override bool ReleaseHandle() => LibC.Close(handle) == 0;
    }
}
