namespace NamespaceLocking;

/// <summary>The lock file of one namespace, kept open between two uses if there is room.</summary>
internal sealed class LevelFile(LockDirectory directory, LockPlace place) : ILevelLock
{
    private readonly StoreDirectory _storeDirectory = directory.StoreOf(place.Store);
    private readonly bool _isOfRoot = place.IsOfRoot;
    private LockFile? _file;
    private bool _isLocked;
    private bool _isConfirmed;

    public bool TryLock(LockMode mode)
    {
        if (_file is not null && directory.Kept.TryTake(_file))
        {
            _isLocked = _file.TryLock(mode);
            _isConfirmed = false;
            if (_isLocked)
                return true;
            // It may be locked by who removed it long ago: then it is in nobody's way.
            if (_file.IsStillAtItsPath())
            {
                directory.Kept.Keep(_file);
                return false;
            }
            _file.Dispose();
        }
        return Open(mode);
    }

    public bool Confirm(LockMode mode, bool isRootNew)
    {
        // The root's file is looked up from the top, and so tells whether the store's directory is still the one in its place;
        // from there on, the shorter way will do. Where the root was made sure of long ago, the way from the top is safer.
        if (_isConfirmed || (isRootNew && !_isOfRoot ? _file!.IsStillIn(_storeDirectory) : _file!.IsStillAtItsPath()))
            return true;
        _isLocked = false;
        _file!.Dispose();
        return Open(mode);
    }

    public void Unlock()
    {
        if (!_isLocked)
            return;
        _isLocked = false;
        _file!.Unlock();
        directory.Kept.Keep(_file);
    }

    private bool Open(LockMode mode)
    {
        _file = null;
        _isConfirmed = _isLocked = directory.TryLock(place, mode, ref _file);
        if (!_isLocked && _file is not null)
            directory.Kept.Keep(_file);
        return _isLocked;
    }
}
