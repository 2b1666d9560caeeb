using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NamespaceLocking;

/// <summary>An open lock file. What is locked on it is given back when it is disposed, collected, or the process dies.</summary>
/// <remarks>Belongs to one thread at a time.</remarks>
internal sealed class LockFile : SafeHandleMinusOneIsInvalid
{
    private const uint FileTypeMask = 0xF000;
    private const uint RegularFile = 0x8000;

    private readonly LockPlace _place;
    private FileIdentity? _identity;
    private bool _isLocked;

    internal LockFile(int descriptor, LockPlace place) : base(ownsHandle: true)
    {
        SetHandle(descriptor);
        _place = place;
        PlaceAmongKept = new(this);
    }

    /// <summary>Where it stands in the list of <see cref="KeptFiles"/>, if it does.</summary>
    internal LinkedListNode<LockFile> PlaceAmongKept { get; }

    /// <summary>Takes the lock, if it is free.</summary>
    /// <returns>Whether it was: false means that somebody else holds it, and nothing else.</returns>
    internal bool TryLock(LockMode mode)
    {
        var operation = (mode == LockMode.Shared ? LibC.LockShared : LibC.LockExclusive) | LibC.LockNonBlocking;
        while (Flock(operation) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.WouldBlock:
                    return false;
                case Errno.Interrupted:
                    continue;
                case var errno:
                    throw Errno.ToException(errno, "lock", _place.FullPath);
            }
        }
        _isLocked = true;
        return true;
    }

    /// <summary>Gives the lock back, and leaves the file open.</summary>
    internal void Unlock()
    {
        _ = LibC.FlockWithoutError(handle, LibC.Unlock);
        _isLocked = false;
    }

    /// <summary>Whether the path still names this very file, rather than none or one that was made since it was opened.</summary>
    internal bool IsStillAtItsPath() => IsAt(0, 0);

    /// <summary>The same, where the store's directory is known to be in its place.</summary>
    internal bool IsStillIn(StoreDirectory store) =>
        store.Descriptor is { } directory ? IsIn(directory, _place.StartInStore) : IsStillAtItsPath();

    /// <summary>Whether the directory that it was opened in, itself known to be in its place, still has it under its name.</summary>
    internal bool IsStillIn(LibC.Descriptor directory) => IsIn(directory, _place.StartOfName);

    protected override bool ReleaseHandle()
    {
        // A child that was forked a moment ago and has not yet called exec shares the open file: closing alone would leave it locked.
        if (_isLocked)
            Unlock();
        return LibC.Close(handle) == 0;
    }

    private bool IsIn(LibC.Descriptor directory, int start)
    {
        var isThere = IsAt(directory.DangerousGetHandle(), start);
        // All that holds it may be an object in which another thread may put another one.
        GC.KeepAlive(directory);
        return isThere;
    }

    private bool IsAt(nint directory, int start)
    {
        _identity ??= Identify();
        if (Statx(directory, start, out var named) == 0)
            return named == _identity;
        var errno = Marshal.GetLastPInvokeError();
        return FileIdentity.IsNothingThere(errno) ? false : throw Errno.ToException(errno, "examine", _place.FullPath);
    }

    private FileIdentity Identify()
    {
        if (LibC.Statx(this, "", LibC.AtEmptyPath, LibC.StatxType | LibC.StatxInode, out var opened) != 0)
            throw Errno.ToException(Marshal.GetLastPInvokeError(), "examine", _place.FullPath);
        return (opened.Mode & FileTypeMask) == RegularFile
            ? new(opened)
            : throw new IOException($"{Quoted.Path(_place.FullPath)} is not a plain file, which a lock file has to be. Move it aside.");
    }

    // Methods of their own: where a system call is made in the midst of a lock or a try, the compiler saves and restores more. And
    // it costs something to keep the error number, which there mostly is none of: after a failure the call is made again.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Flock(int operation) =>
        LibC.FlockWithoutError(handle, operation) == 0 ? 0 : LibC.Flock(handle, operation);

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private unsafe int Statx(nint directory, int start, out FileIdentity identity)
    {
        LibC.StatxResult found;
        int result;
        fixed (byte* path = _place.Utf8)
        {
            const uint Wanted = LibC.StatxType | LibC.StatxInode;
            result = LibC.StatxWithoutError(directory, path + start, LibC.AtSymlinkNoFollow, Wanted, &found);
            if (result != 0)
                result = LibC.Statx(directory, path + start, LibC.AtSymlinkNoFollow, Wanted, &found);
        }
        identity = result == 0 ? new(found) : default;
        return result;
    }
}
