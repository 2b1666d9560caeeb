namespace NamespaceLocking;

/// <summary>The lock file of one namespace, kept open between two uses if there is room.</summary>
internal sealed class LevelFile(LockDirectory directory, string store, BackupNamespace ns) : ILevelLock
{
    private LockFile? _file;

    public bool TryLock(LockMode mode)
    {
        if (_file is not null && !directory.Kept.TryTake(_file))
            _file = null;
        var isLocked = directory.TryLock(store, new(ns, mode), ref _file);
        if (!isLocked && _file is not null)
            directory.Kept.Keep(_file);
        return isLocked;
    }

    public void Unlock()
    {
        _file!.Unlock();
        directory.Kept.Keep(_file);
    }
}
