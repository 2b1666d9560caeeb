namespace NamespaceLocking;

/// <summary>Lock files that are not locked and stay open for the next time, as many as there is room for.</summary>
/// <remarks>
/// Where there is room for all, all stay. Otherwise one that is used again within as many uses of others as there is room for takes the
/// place of one that was not used for longer (by the clock algorithm, which moves nothing about at each use as a list in order would);
/// one that is not is closed at once, so that a walk through all namespaces costs those that are used often nothing. Safe for use by
/// several threads.
/// </remarks>
internal sealed class KeptFiles(int capacity)
{
    private readonly Lock _gate = new();
    private readonly List<LockFile> _files = [];
    private int _hand;
    private long _turnedAway;

    /// <summary>Keeps a file for later, or closes it. It belongs to nobody else from then on, until it is taken.</summary>
    internal void Keep(LockFile file)
    {
        while (true)
        {
            if (file.IsListed)
            {
                file.WasUsed = true;
            }
            else if (!TryList(file))
            {
                file.Close();
                return;
            }
            file.PutAside();
            // Where it was taken off the list a moment before it was put aside, nobody would ever close it.
            if (file.IsListed || !file.TryTake())
                return;
        }
    }

    /// <summary>Closes all files, as the process has no descriptors left; false where there was none to close.</summary>
    /// <remarks>Nothing but this class is used: to load one more assembly takes a descriptor.</remarks>
    internal bool CloseAll()
    {
        var hasClosed = false;
        lock (_gate)
        {
            foreach (var file in _files)
            {
                file.IsListed = false;
                hasClosed |= file.CloseIfPutAside();
            }
            _files.Clear();
            _hand = 0;
        }
        return hasClosed;
    }

    private bool TryList(LockFile file)
    {
        lock (_gate)
        {
            if (file.IsListed)
                return true;
            if (_files.Count < capacity)
            {
                _files.Add(file);
                file.WasUsed = false;
                file.IsListed = true;
                return true;
            }
            _turnedAway++;
            if (file.TurnedAwayAt == 0 || _turnedAway - file.TurnedAwayAt > capacity)
            {
                file.TurnedAwayAt = _turnedAway;
                return false;
            }
            Replace(file);
            return true;
        }
    }

    private void Replace(LockFile file)
    {
        // Once round at most, as others may be used again meanwhile.
        for (var i = 0; i < _files.Count && _files[_hand].WasUsed; i++)
        {
            _files[_hand].WasUsed = false;
            Advance();
        }
        // In this order: what is put aside from now on is found off the list.
        _files[_hand].IsListed = false;
        _files[_hand].CloseIfPutAside();
        _files[_hand] = file;
        file.WasUsed = false;
        file.IsListed = true;
        Advance();
    }

    private void Advance() => _hand = (_hand + 1) % _files.Count;
}
