namespace NamespaceLocking;

/// <summary>The lock file of a group, a snapshot or a manifest, open while it is locked.</summary>
internal sealed class BackupLockFile(LockDirectory directory, LockPlace place) : ILevelLock
{
    private LockFile? _file;

    public bool TryLock(LockMode mode)
    {
        _file = directory.TryLock(place, mode);
        return _file is not null;
    }

    // It was made sure of when it was locked, and there is no level above it that could have been waited for since.
    public bool Confirm(LockMode mode, bool isRootNew) => true;

    public void Unlock()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Removes the file, which is locked exclusively.</summary>
    internal void Remove() => directory.Remove(place, _file!);

    internal IReadOnlyList<LockHolder> FindHolders(LockMode mode) => ProcLocks.FindHolders(place.FullPath, mode);
}
