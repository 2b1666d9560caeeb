using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace NamespaceLocking;

/// <summary>The lock files below one directory.</summary>
internal class LockDirectory(string path, FileLockOptions? options = null)
{
    /// <summary>
    /// How often a level is tried afresh because its file or a directory vanished in between. Each time somebody else must have
    /// been just in time to remove it, so that the limit tells a program gone wild from bad luck.
    /// </summary>
    private const int MaxAttempts = 1000;

    private static readonly int LockFileFlags = LibC.ReadWrite | LibC.Create | LibC.CloseOnExec | LibC.NoFollow;
    private static readonly int DirectoryFlags = LibC.PathOnly | LibC.DirectoryOnly | LibC.NoFollow | LibC.CloseOnExec;

    /// <summary>The lock directory itself is the administrator's, and may be reached by links (/var/run).</summary>
    private static readonly int TopFlags = LibC.PathOnly | LibC.DirectoryOnly | LibC.CloseOnExec;

    private readonly FileLockOptions _options = options ?? new();
    private readonly ConcurrentDictionary<string, StoreDirectory> _stores = new();

    /// <summary>The absolute path.</summary>
    internal string Path { get; } = path;

    /// <summary>Where a namespace's lock file is.</summary>
    internal LockPlace PlaceOf(string store, BackupNamespace ns) => new(Path, store, LockFileNames.Of(ns));

    /// <summary>Where the lock file of a group, a snapshot or a manifest is.</summary>
    internal LockPlace PlaceOf(string store, BackupLockTarget target) => new(Path, store, LockFileNames.Of(target));

    /// <summary>Open files for the next time; closed where the process has no descriptors left.</summary>
    internal KeptFiles Kept { get; } = new((options ?? new()).GetKeptFiles());

    /// <summary>The directory of a store, as it was found when the root's lock file in it was last opened.</summary>
    internal StoreDirectory StoreOf(string store) => _stores.GetOrAdd(store, _ => new());

    /// <summary>Takes one lock, if it is free.</summary>
    /// <returns>What holds it, or null where somebody else does.</returns>
    internal LockFile? TryLock(LockPlace place, LockMode mode)
    {
        LockFile? file = null;
        if (TryLock(place, mode, ref file))
            return file;
        file?.Dispose();
        return null;
    }

    /// <summary>Takes one lock, if it is free.</summary>
    /// <param name="place">Where its file is.</param>
    /// <param name="mode">How.</param>
    /// <param name="file">Its file, if it is open from an earlier use; afterwards its file, locked or not, and null after an error.</param>
    /// <returns>Whether it was: false means that somebody else holds it, and nothing else.</returns>
    internal bool TryLock(LockPlace place, LockMode mode, ref LockFile? file)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var candidate = file ?? (attempt == 0 ? OpenInStore(place) : null);
            var isFromTop = candidate is null;
            candidate ??= Open(place);
            file = null;
            if (candidate is null)
                continue;
            try
            {
                var isLocked = candidate.TryLock(mode);
                // Somebody may have removed the file since it was opened: then others lock another one by now. A file that was
                // looked up only now says enough when it is found locked; one from long ago, or in a directory that was opened
                // long ago, may be locked by who removed it or moved it away.
                if ((!isLocked && isFromTop) || candidate.IsStillAtItsPath())
                {
                    file = candidate;
                    return isLocked;
                }
            }
            finally
            {
                if (file is null)
                    candidate.Dispose();
            }
        }
        throw new IOException(
            $"Cannot lock {Quoted.Path(place.FullPath)}: it was removed or replaced {MaxAttempts} times while it was being "
            + "locked. Only who holds a lock file exclusively may remove it: find the program that does otherwise, and stop it.");
    }

    /// <summary>Removes the lock file, unless its path names another one by now. Whoever calls holds it exclusively.</summary>
    internal void Remove(LockPlace place, LockFile file)
    {
        var path = Path;
        var directory = TryOpen(LibC.WorkingDirectory, Path, TopFlags, Path);
        try
        {
            foreach (var name in place.NamesInStore[..^1].Prepend(place.Store))
            {
                if (directory is null)
                    return;
                path = System.IO.Path.Combine(path, name);
                using var parent = directory;
                directory = TryOpen(parent, name, DirectoryFlags, path);
            }
            if (directory is null || !file.IsStillIn(directory))
                return;
            if (LibC.Unlink(directory, place.NamesInStore[^1], 0) != 0 && Marshal.GetLastPInvokeError() is not Errno.NoEntry and var errno)
                throw Errno.ToException(errno, "remove the lock file", place.FullPath);
        }
        finally
        {
            directory?.Dispose();
        }
    }

    /// <summary>Opens a lock file, and makes it and its directories where they are missing.</summary>
    /// <returns>The file, or null where a directory was removed at that moment, and it is worth while to try again.</returns>
    protected internal virtual LockFile? Open(LockPlace place)
    {
        // Each directory is opened at its parent: O_NOFOLLOW is about a path's last name only, and a link anywhere below the
        // lock directory could lead out of it.
        var path = Path;
        var directory = OpenTop();
        LibC.Descriptor? storeDirectory = null;
        try
        {
            foreach (var name in place.NamesInStore[..^1].Prepend(place.Store))
            {
                path = System.IO.Path.Combine(path, name);
                var parent = directory;
                directory = OpenDirectory(parent, name, path);
                if (parent != storeDirectory)
                    parent?.Dispose();
                storeDirectory ??= directory;
            }
            return directory is null ? null : OpenFile(directory, place);
        }
        finally
        {
            if (directory != storeDirectory)
                directory?.Dispose();
            if (storeDirectory is not null && !(place.IsOfRoot && Offer(place.Store, storeDirectory)))
                storeDirectory.Dispose();
        }
    }

    /// <summary>
    /// Opens a lock file from the store's directory as it was found last, in one call. Where that is not possible, for whatever
    /// reason, null: the way from the top tells why, and makes what is missing.
    /// </summary>
    private unsafe LockFile? OpenInStore(LockPlace place)
    {
        if (StoreOf(place.Store).Descriptor is not { } directory)
            return null;
        var how = new LibC.OpenHow
        {
            Flags = (ulong)LockFileFlags,
            Mode = (ulong)_options.FileMode,
            Resolve = LibC.ResolveNoSymbolicLinks | LibC.ResolveBeneath,
        };
        int descriptor;
        fixed (byte* path = place.Utf8)
            descriptor = (int)LibC.SystemCall(LibC.OpenAt2, directory, path + place.StartInStore, &how, sizeof(LibC.OpenHow));
        return descriptor < 0 ? null : new(descriptor, place);
    }

    private LibC.Descriptor? OpenTop()
    {
        if (TryOpen(LibC.WorkingDirectory, Path, TopFlags, Path) is { } directory)
            return directory;
        MakeWithParents(Path);
        if (TryOpen(LibC.WorkingDirectory, Path, TopFlags, Path) is { } made)
            return made;
        return FileIdentity.TryGet(Path, out _) ? throw Errno.ToException(Errno.NoEntry, "open the directory", Path) : null;
    }

    private void MakeWithParents(string path)
    {
        if (TryMake(LibC.WorkingDirectory, path, path) || System.IO.Path.GetDirectoryName(path) is not { } parent)
            return;
        MakeWithParents(parent);
        if (!TryMake(LibC.WorkingDirectory, path, path))
            throw Errno.ToException(Errno.NoEntry, "make the directory", path);
    }

    /// <summary>Makes a directory, unless there is one; false where the one that it belongs in is missing.</summary>
    private bool TryMake(LibC.Descriptor parent, string name, string path)
    {
        if (LibC.MakeDirectoryAt(parent, name, (uint)_options.DirectoryMode) == 0)
            return true;
        return Marshal.GetLastPInvokeError() switch
        {
            Errno.Exists => true,
            Errno.NoEntry => false,
            var errno => throw Errno.ToException(errno, "make the directory", path),
        };
    }

    private LibC.Descriptor? OpenDirectory(LibC.Descriptor? parent, string name, string path)
    {
        if (parent is null)
            return null;
        if (TryOpen(parent, name, DirectoryFlags, path) is { } directory)
            return directory;
        return TryMake(parent, name, path) ? TryOpen(parent, name, DirectoryFlags, path) : null;
    }

    private LibC.Descriptor? TryOpen(LibC.Descriptor parent, string name, int flags, string path)
    {
        var descriptor = OpenAt(parent, name, flags, "open the directory", path);
        return descriptor < 0 ? null : new(descriptor);
    }

    // Together with the root's file alone: whoever finds that file in its place knows that this is the directory which it is in.
    // Nobody looks anything up in it meanwhile, as the root is not held when its file is opened.
    private bool Offer(string store, LibC.Descriptor directory) =>
        StoreOf(store).Offer(directory, FileIdentity.Of(directory, System.IO.Path.Combine(Path, store)));

    private LockFile? OpenFile(LibC.Descriptor directory, LockPlace place)
    {
        var descriptor = OpenAt(directory, place.NamesInStore[^1], LockFileFlags, "open the lock file", place.FullPath);
        return descriptor < 0 ? null : new(descriptor, place);
    }

    /// <summary>Opens a name in a directory; -1 where there is none.</summary>
    private int OpenAt(LibC.Descriptor parent, string name, int flags, string action, string path)
    {
        while (true)
        {
            var descriptor = LibC.OpenAt(parent, name, flags, (uint)_options.FileMode);
            if (descriptor >= 0)
                return descriptor;
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.NoEntry:
                    return -1;
                case Errno.Interrupted:
                case Errno.TooManyOpenFiles or Errno.TableFull when Kept.CloseAll():
                    continue;
                case var errno:
                    throw Errno.ToException(errno, action, path);
            }
        }
    }
}
