using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NamespaceLocking;

/// <summary>An open lock file. What is locked on it is given back when it is disposed, collected, or the process dies.</summary>
internal sealed class LockFile : SafeHandleMinusOneIsInvalid
{
    private const uint FileTypeMask = 0xF000;
    private const uint RegularFile = 0x8000;

    internal LockFile(int descriptor) : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>Takes the lock, if it is free.</summary>
    /// <returns>Whether it was: false means that somebody else holds it, and nothing else.</returns>
    internal bool TryLock(LockMode mode, string path)
    {
        var operation = (mode == LockMode.Shared ? LibC.LockShared : LibC.LockExclusive) | LibC.LockNonBlocking;
        while (LibC.Flock(this, operation) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.WouldBlock:
                    return false;
                case Errno.Interrupted:
                    continue;
                case var errno:
                    throw Errno.ToException(errno, "lock", path);
            }
        }
        return true;
    }

    /// <summary>Whether the path still names this very file, rather than none or one that was made since it was opened.</summary>
    internal bool IsStillAt(string path)
    {
        if (LibC.Statx(this, "", LibC.AtEmptyPath, LibC.StatxType | LibC.StatxInode, out var opened) != 0)
            throw Errno.ToException(Marshal.GetLastPInvokeError(), "examine", path);
        if ((opened.Mode & FileTypeMask) != RegularFile)
            throw new IOException($"{Quoted.Path(path)} is not a plain file, which a lock file has to be. Move it aside.");
        return FileIdentity.TryGet(path, out var named) && named == new FileIdentity(opened);
    }

    protected override bool ReleaseHandle()
    {
        // A child that was forked a moment ago and has not yet called exec shares the open file: closing alone would leave it locked.
        _ = LibC.Flock(handle, LibC.Unlock);
        return LibC.Close(handle) == 0;
    }
}
