namespace NamespaceLocking;

/// <summary>The lock file of a group, a snapshot or a manifest, open while it is locked.</summary>
internal sealed class BackupLockFile(LockDirectory directory, LockPlace place) : ILevelLock
{
    private readonly LockFile _file = new(place);

    public bool TryLock(LockMode mode)
    {
        if (directory.TryLock(_file, mode))
            return true;
        _file.Close();
        return false;
    }

    // It was made sure of when it was locked, and there is no level above it that could have been waited for since.
    public bool Confirm(LockMode mode, bool isRootNew) => true;

    public void Unlock() => _file.Close();

    /// <summary>Removes the file, which is locked exclusively.</summary>
    internal void Remove() => directory.Remove(_file);

    internal IReadOnlyList<LockHolder> FindHolders(LockMode mode) => ProcLocks.FindHolders(place.FullPath, mode);
}
