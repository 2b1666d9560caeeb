namespace NamespaceLocking;

/// <summary>Who waits for one level, in the order in which they came. Guarded by the gate of its node.</summary>
internal sealed class WaitQueue
{
    /// <summary>
    /// How many requests that ask once may pass those who wait before the door is shut: enough that a waiter does not at once
    /// turn away everybody else, few enough that a stream of them cannot keep it waiting for ever.
    /// </summary>
    internal const int MaxOvertakers = 64;

    private readonly List<(Waiter Waiter, LockMode Mode)> _entries = [];
    private int _exclusives;
    private int _overtakers;

    /// <summary>Whether an exclusive request waits here; may be read without the gate, as a hint.</summary>
    internal bool HasExclusive => Volatile.Read(ref _exclusives) != 0;

    internal void Join(Waiter waiter, LockMode mode)
    {
        var index = _entries.Count;
        while (index > 0 && _entries[index - 1].Waiter.Ticket > waiter.Ticket)
            index--;
        _entries.Insert(index, (waiter, mode));
        if (mode == LockMode.Exclusive)
            Volatile.Write(ref _exclusives, _exclusives + 1);
    }

    internal void Leave(Waiter waiter)
    {
        var index = _entries.FindIndex(entry => entry.Waiter == waiter);
        var mode = _entries[index].Mode;
        _entries.RemoveAt(index);
        if (mode == LockMode.Exclusive)
            Volatile.Write(ref _exclusives, _exclusives - 1);
        if (index == 0)
            _overtakers = 0;
        // Those who share were in nobody's way but an exclusive one's.
        if (mode == LockMode.Exclusive)
            SignalFirst();
        else
            SignalFirstIfExclusive();
    }

    /// <summary>Wakes those who could be granted next, all in one run where they share.</summary>
    internal void SignalFirst()
    {
        SignalFirstIfExclusive();
        foreach (var (waiter, mode) in _entries)
        {
            if (mode == LockMode.Exclusive)
                return;
            waiter.Signal();
        }
    }

    internal void SignalFirstIfExclusive()
    {
        if (_entries is [(var waiter, LockMode.Exclusive), ..])
            waiter.Signal();
    }

    /// <summary>Whether it is the turn of a request, as far as those are concerned who wait for what it rules out.</summary>
    internal bool LetsPass(LockMode mode, long ticket)
    {
        var index = mode == LockMode.Exclusive ? 0 : HasExclusive ? _entries.FindIndex(entry => entry.Mode == LockMode.Exclusive) : -1;
        if (index < 0 || index >= _entries.Count)
            return true;
        var first = _entries[index].Waiter;
        if (ticket != Waiter.AsksOnce)
            return ticket <= first.Ticket;
        if (IsShutBy(first))
            return false;
        _overtakers++;
        return true;
    }

    /// <summary>Another process is in the way: it was not those of this one who kept the first waiting.</summary>
    internal void ForgetOvertakers() => _overtakers = 0;

    /// <summary>Whether shared requests that ask once are refused for the sake of an exclusive one that waits.</summary>
    internal bool IsShut => HasExclusive && IsShutBy(_entries.Find(entry => entry.Mode == LockMode.Exclusive).Waiter);

    // To turn others away for as long as another process pleases would help nobody.
    private bool IsShutBy(Waiter first) => _overtakers >= MaxOvertakers && !first.IsBlockedByStranger;
}
