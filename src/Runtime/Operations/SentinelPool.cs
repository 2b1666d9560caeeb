namespace NamespaceLocking;

/// <summary>Sentinels for further use: a few with each thread, and more for threads that acquire what others dispose.</summary>
internal static class SentinelPool
{
    private const int MostOfThread = 16;
    private const int MostShared = 1024;

    private static readonly Lock Gate = new();
    private static LeakSentinel? _shared;
    private static int _sharedCount;

    [ThreadStatic]
    private static LeakSentinel? _ofThread;

    [ThreadStatic]
    private static int _ofThreadCount;

    internal static LeakSentinel Rent()
    {
        if (_ofThread is not { } sentinel)
            return RentShared() ?? new();
        _ofThread = sentinel.Next;
        _ofThreadCount--;
        sentinel.Next = null;
        return sentinel;
    }

    internal static void Return(LeakSentinel sentinel)
    {
        if (_ofThreadCount == MostOfThread)
        {
            ReturnShared(sentinel);
            return;
        }
        sentinel.Next = _ofThread;
        _ofThread = sentinel;
        _ofThreadCount++;
    }

    private static LeakSentinel? RentShared()
    {
        lock (Gate)
        {
            var sentinel = _shared;
            if (sentinel is null)
                return null;
            _shared = sentinel.Next;
            _sharedCount--;
            sentinel.Next = null;
            return sentinel;
        }
    }

    private static void ReturnShared(LeakSentinel sentinel)
    {
        lock (Gate)
        {
            if (_sharedCount < MostShared)
            {
                sentinel.Next = _shared;
                _shared = sentinel;
                _sharedCount++;
                return;
            }
        }
        GC.SuppressFinalize(sentinel);
    }
}
