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
        LockFile? closed = null;
        lock (_gate)
        {
            _files.AddLast(file.PlaceAmongKept);
            if (_files.Count > capacity)
                closed = RemoveOldest();
        }
        closed?.Dispose();
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
    internal bool CloseAll()
    {
        List<LockFile> closed;
        lock (_gate)
        {
            closed = [.. _files];
            _files.Clear();
        }
        closed.ForEach(file => file.Dispose());
        return closed.Count > 0;
    }

    private LockFile? RemoveOldest()
    {
        var oldest = _files.First?.Value;
        _files.RemoveFirst();
        return oldest;
    }
}
