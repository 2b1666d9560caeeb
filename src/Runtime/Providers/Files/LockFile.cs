using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NamespaceLocking;

/// <summary>A lock file, open or not. What is locked on it is given back when it is closed, collected, or the process dies.</summary>
/// <remarks>
/// Belongs to one thread at a time. Between two uses its descriptor may be put aside: then whoever takes it first has it, the next use,
/// or who closes it for want of descriptors. One object serves for as long as its namespace, as there may be an open and a close for
/// each use.
/// </remarks>
internal sealed class LockFile(LockPlace place) : IDisposable
{
    private const int None = -1;
    private const uint FileTypeMask = 0xF000;
    private const uint RegularFile = 0x8000;

    private readonly byte[] _path = place.Utf8;
    private readonly int _startInStore = place.StartInStore;
    private int _descriptor = None;
    private int _putAside = None;
    private bool _isLocked;
    private bool _isIdentified;
    private FileIdentity _identity;

    ~LockFile()
    {
        Close();
        CloseIfPutAside();
    }

    internal LockPlace Place => place;

    /// <summary>Whether <see cref="KeptFiles"/> has it in its list. Written under the gate of that.</summary>
    internal bool IsListed { get => Volatile.Read(ref field); set => Volatile.Write(ref field, value); }

    /// <summary>Whether it was used again since <see cref="KeptFiles"/> last looked at it.</summary>
    internal bool WasUsed { get; set; }

    /// <summary>When <see cref="KeptFiles"/> last had no room for it, by its own count; 0 where it never was so.</summary>
    internal long TurnedAwayAt { get; set; }

    internal bool IsOpen => _descriptor != None;

    /// <summary>Has the file open from now on, in place of what it had open before.</summary>
    internal void Adopt(int descriptor)
    {
        Close();
        _descriptor = descriptor;
        _isIdentified = false;
    }

    /// <summary>Puts the open file aside: it belongs to nobody until it is taken.</summary>
    internal void PutAside()
    {
        var descriptor = _descriptor;
        _descriptor = None;
        Interlocked.Exchange(ref _putAside, descriptor);
    }

    /// <summary>Takes the file that was put aside; false where it was closed since, or never open.</summary>
    internal bool TryTake()
    {
        if (Volatile.Read(ref _putAside) == None)
            return false;
        _descriptor = Interlocked.Exchange(ref _putAside, None);
        return IsOpen;
    }

    /// <summary>Closes the file where it is put aside. May be called by anybody.</summary>
    internal bool CloseIfPutAside()
    {
        var descriptor = Interlocked.Exchange(ref _putAside, None);
        return descriptor != None && LibC.Close(descriptor) == 0;
    }

    internal void Close()
    {
        if (!IsOpen)
            return;
        // A child that was forked a moment ago and has not yet called exec shares the open file: closing alone would leave it locked.
        if (_isLocked)
            Unlock();
        _ = LibC.Close(_descriptor);
        _descriptor = None;
    }

    public void Dispose()
    {
        Close();
        CloseIfPutAside();
        GC.SuppressFinalize(this);
    }

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
                    throw Errno.ToException(errno, "lock", place.FullPath);
            }
        }
        _isLocked = true;
        return true;
    }

    /// <summary>Gives the lock back, and leaves the file open.</summary>
    internal void Unlock()
    {
        _ = LibC.FlockWithoutError(_descriptor, LibC.Unlock);
        _isLocked = false;
    }

    /// <summary>Whether the path still names this very file, rather than none or one that was made since it was opened.</summary>
    internal bool IsStillAtItsPath() => IsAt(0, 0);

    /// <summary>The same, where the store's directory is known to be in its place.</summary>
    internal bool IsStillIn(StoreDirectory store) =>
        store.Descriptor is { } directory ? IsIn(directory, _startInStore) : IsStillAtItsPath();

    /// <summary>Whether the directory that it was opened in, itself known to be in its place, still has it under its name.</summary>
    internal bool IsStillIn(LibC.Descriptor directory) => IsIn(directory, place.StartOfName);

    private bool IsIn(LibC.Descriptor directory, int start)
    {
        var isThere = IsAt(directory.DangerousGetHandle(), start);
        // All that holds it may be an object in which another thread may put another one.
        GC.KeepAlive(directory);
        return isThere;
    }

    private bool IsAt(nint directory, int start)
    {
        if (!_isIdentified)
            Identify();
        if (Statx(directory, start, 0, out var named) == 0)
            return new FileIdentity(named) == _identity;
        var errno = Marshal.GetLastPInvokeError();
        return FileIdentity.IsNothingThere(errno) ? false : throw Errno.ToException(errno, "examine", place.FullPath);
    }

    private void Identify()
    {
        // Of a descriptor with no path: the NUL at the end of this one.
        if (Statx(_descriptor, _path.Length - 1, LibC.AtEmptyPath, out var opened) != 0)
            throw Errno.ToException(Marshal.GetLastPInvokeError(), "examine", place.FullPath);
        if ((opened.Mode & FileTypeMask) != RegularFile)
            throw new IOException($"{Quoted.Path(place.FullPath)} is not a plain file, which a lock file has to be. Move it aside.");
        _identity = new(opened);
        _isIdentified = true;
    }

    // Methods of their own: where a system call is made in the midst of a lock or a try, the compiler saves and restores more. And
    // it costs something to keep the error number, which there mostly is none of: after a failure the call is made again.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Flock(int operation) =>
        LibC.FlockWithoutError(_descriptor, operation) == 0 ? 0 : LibC.Flock(_descriptor, operation);

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private unsafe int Statx(nint directory, int start, int flags, out LibC.StatxResult found)
    {
        const uint Wanted = LibC.StatxType | LibC.StatxInode;
        flags |= LibC.AtSymlinkNoFollow;
        fixed (byte* path = _path)
        fixed (LibC.StatxResult* result = &found)
        {
            return LibC.StatxWithoutError(directory, path + start, flags, Wanted, result) == 0
                ? 0
                : LibC.Statx(directory, path + start, flags, Wanted, result);
        }
    }
}
