using NamespaceLocking.Exploration;

// By these names the compiler finds them before the runtime's own, and so does the lock statement.
namespace System.Threading;

internal sealed class Lock
{
    private object? _owner;
    private int _entries;

    internal void Enter()
    {
        var me = Explorer.CurrentThread;
        if (_owner != me)
            Explorer.BlockUntil(() => _owner is null);
        _owner = me;
        _entries++;
    }

    internal void Exit()
    {
        if (--_entries > 0)
            return;
        _owner = null;
        Explorer.MaySwitch();
    }

    public Scope EnterScope()
    {
        Enter();
        return new(this);
    }

    public readonly ref struct Scope(Lock entered)
    {
        public void Dispose() => entered.Exit();
    }
}

internal sealed class SemaphoreSlim(int count)
{
    private int _count = count;

    internal void Release()
    {
        Explorer.MaySwitch();
        _count++;
    }

    /// <summary>A timeout may end at any time, and so at once.</summary>
    internal bool Wait(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Explorer.BlockUntil(() => _count > 0 || cancellationToken.IsCancellationRequested || timeout != Timeout.InfiniteTimeSpan);
        cancellationToken.ThrowIfCancellationRequested();
        if (_count == 0)
            return false;
        _count--;
        return true;
    }

    internal Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => throw new NotSupportedException();
}

internal static class Interlocked
{
    internal static int Increment(ref int place)
    {
        Explorer.MaySwitch();
        return ++place;
    }

    internal static long Increment(ref long place)
    {
        Explorer.MaySwitch();
        return ++place;
    }

    internal static int Decrement(ref int place)
    {
        Explorer.MaySwitch();
        return --place;
    }

    internal static int Exchange(ref int place, int value)
    {
        Explorer.MaySwitch();
        var before = place;
        place = value;
        return before;
    }

    internal static int CompareExchange(ref int place, int value, int expected)
    {
        Explorer.MaySwitch();
        var before = place;
        if (before == expected)
            place = value;
        return before;
    }
}

internal static class Volatile
{
    internal static T Read<T>(ref T place)
    {
        Explorer.MaySwitch();
        return place;
    }

    internal static void Write<T>(ref T place, T value)
    {
        Explorer.MaySwitch();
        place = value;
    }
}
