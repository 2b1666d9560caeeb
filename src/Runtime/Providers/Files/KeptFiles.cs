namespace NamespaceLocking;

/// <summary>Lock files that are not locked and stay open for the next time: so many, the least recently used closed first.</summary>
/// <remarks>A file in here belongs to nobody else. Safe for use by several threads.</remarks>
internal sealed class KeptFiles(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<LockFile> _files = [];

    /// <summary>Keeps a file for later, or closes it, or another one that was not used for longer.</summary>
    internal void Keep(LockFile file)
    {
        bool isFull;
        lock (_gate)
        {
            _files.AddLast(file.PlaceAmongKept);
            isFull = _files.Count > capacity;
        }
        if (isFull)
            CloseOldest();
    }

    /// <summary>Takes a file out; false where it was closed since it was put in.</summary>
    internal bool TryTake(LockFile file)
    {
        lock (_gate)
        {
            if (file.PlaceAmongKept.List is null)
                return false;
            _files.Remove(file.PlaceAmongKept);
            return true;
        }
    }

    /// <summary>Closes all files, as the process has no descriptors left; false where there was none to close.</summary>
    /// <remarks>Nothing but this class is used: to load one more assembly takes a descriptor.</remarks>
    internal bool CloseAll()
    {
        var hasClosed = false;
        while (CloseOldest())
            hasClosed = true;
        return hasClosed;
    }

    private bool CloseOldest()
    {
        LockFile file;
        lock (_gate)
        {
            if (_files.First is null)
                return false;
            file = _files.First.Value;
            _files.RemoveFirst();
        }
        file.Dispose();
        return true;
    }
}
