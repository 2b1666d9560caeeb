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

    private readonly FileLockOptions _options = options ?? new();
    private readonly ConcurrentDictionary<string, StoreDirectory> _stores = new();

    /// <summary>The absolute path.</summary>
    internal string Path { get; } = path;

    /// <summary>The path of a namespace's lock file.</summary>
    internal string PathOf(string store, BackupNamespace ns) =>
        System.IO.Path.Combine([Path, .. LockFileNames.DirectoriesOf(store, ns), LockFileNames.LockFile]);

    /// <summary>Open files for the next time; closed where the process has no descriptors left.</summary>
    internal KeptFiles Kept { get; } = new((options ?? new()).GetKeptFiles());

    /// <summary>The directory of a store, as it was found when the root's lock file in it was last opened.</summary>
    internal StoreDirectory StoreOf(string store) => _stores.GetOrAdd(store, _ => new());

    /// <summary>Takes the lock of one level, if it is free.</summary>
    /// <returns>What holds it, or null where somebody else does.</returns>
    internal LockFile? TryLock(string store, LockLevel level)
    {
        LockFile? file = null;
        if (TryLock(store, level, ref file))
            return file;
        file?.Dispose();
        return null;
    }

    /// <summary>Takes the lock of one level, if it is free.</summary>
    /// <param name="store">The datastore's name.</param>
    /// <param name="level">The namespace, and how.</param>
    /// <param name="file">Its file, if it is open from an earlier use; afterwards its file, locked or not, and null after an error.</param>
    /// <returns>Whether it was: false means that somebody else holds it, and nothing else.</returns>
    internal bool TryLock(string store, LockLevel level, ref LockFile? file)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var opened = file is not null ? null
                : (attempt == 0 ? OpenInStore(store, level.Namespace) : null) ?? Open(store, level.Namespace);
            var candidate = file ?? opened;
            file = null;
            if (candidate is null)
                continue;
            try
            {
                var isLocked = candidate.TryLock(level.Mode);
                // Somebody may have removed the file since it was opened: then others lock another one by now. A file that was
                // opened only now says enough when it is found locked; one from long ago may be locked by who removed it.
                if ((!isLocked && candidate == opened) || candidate.IsStillAtItsPath())
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
            $"Cannot lock {Quoted.Path(PathOf(store, level.Namespace))}: it was removed or replaced {MaxAttempts} times while it was being "
            + "locked. Only who holds a lock file exclusively may remove it: find the program that does otherwise, and stop it.");
    }

    /// <summary>Opens a namespace's lock file, and makes it and its directories where they are missing.</summary>
    /// <returns>The file, or null where a directory was removed at that moment, and it is worth while to try again.</returns>
    protected internal virtual LockFile? Open(string store, BackupNamespace ns)
    {
        // Each directory is opened at its parent: O_NOFOLLOW is about a path's last name only, and a link anywhere below the
        // lock directory could lead out of it.
        var path = Path;
        var directory = OpenTop();
        LibC.Descriptor? storeDirectory = null;
        try
        {
            foreach (var name in LockFileNames.DirectoriesOf(store, ns))
            {
                path = System.IO.Path.Combine(path, name);
                var parent = directory;
                directory = OpenDirectory(parent, name, path);
                if (parent != storeDirectory)
                    parent?.Dispose();
                storeDirectory ??= directory;
            }
            return directory is null ? null : OpenFile(directory, System.IO.Path.Combine(Path, store), path);
        }
        finally
        {
            if (directory != storeDirectory)
                directory?.Dispose();
            if (storeDirectory is not null && !(ns.IsRoot && Offer(store, storeDirectory)))
                storeDirectory.Dispose();
        }
    }

    /// <summary>
    /// Opens a lock file from the store's directory as it was found last, in one call. Where that is not possible, for whatever
    /// reason, null: the way from the top tells why, and makes what is missing.
    /// </summary>
    private LockFile? OpenInStore(string store, BackupNamespace ns)
    {
        if (StoreOf(store).Descriptor is not { } directory)
            return null;
        var how = new LibC.OpenHow
        {
            Flags = (ulong)LockFileFlags,
            Mode = (ulong)_options.FileMode,
            Resolve = LibC.ResolveNoSymbolicLinks | LibC.ResolveBeneath,
        };
        var path = System.IO.Path.Combine([.. LockFileNames.DirectoriesOf(store, ns).AsSpan(1), LockFileNames.LockFile]);
        var descriptor = (int)LibC.SystemCall(LibC.OpenAt2, directory, path, how, Marshal.SizeOf<LibC.OpenHow>());
        var storePath = System.IO.Path.Combine(Path, store);
        return descriptor < 0 ? null : new(descriptor, storePath, System.IO.Path.Combine(storePath, path));
    }

    private LibC.Descriptor? OpenTop()
    {
        // The lock directory itself is the administrator's, and may be reached by links (/var/run).
        var flags = LibC.PathOnly | LibC.DirectoryOnly | LibC.CloseOnExec;
        if (TryOpen(LibC.WorkingDirectory, Path, flags, Path) is { } directory)
            return directory;
        MakeWithParents(Path);
        if (TryOpen(LibC.WorkingDirectory, Path, flags, Path) is { } made)
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
        var flags = LibC.PathOnly | LibC.DirectoryOnly | LibC.NoFollow | LibC.CloseOnExec;
        if (TryOpen(parent, name, flags, path) is { } directory)
            return directory;
        return TryMake(parent, name, path) ? TryOpen(parent, name, flags, path) : null;
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

    private LockFile? OpenFile(LibC.Descriptor directory, string storePath, string directoryPath)
    {
        var path = System.IO.Path.Combine(directoryPath, LockFileNames.LockFile);
        var descriptor = OpenAt(directory, LockFileNames.LockFile, LockFileFlags, "open the lock file", path);
        return descriptor < 0 ? null : new(descriptor, storePath, path);
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
