namespace NamespaceLocking.Exploration;

/// <summary>
/// Runs a few threads in every order in which their steps can follow one another, as long as no more than so many times a thread is
/// interrupted that could have gone on. Most mistakes show with two interruptions. A step is what lies between two operations that
/// threads synchronize by.
/// </summary>
internal sealed class Explorer
{
    [ThreadStatic]
    private static Participant? _current;

    private readonly List<Participant> _participants = [];
    private readonly List<(int Chosen, int Count)> _path;
    private readonly AutoResetEvent _ended = new(false);
    private readonly int _mostInterruptions;
    private int _depth;
    private int _interruptions;
    private bool _isAborted;
    private Exception? _error;

    private Explorer(List<(int, int)> path, int mostInterruptions)
    {
        _path = path;
        _mostInterruptions = mostInterruptions;
    }

    /// <summary>What stands for the thread, as the owner of a lock say.</summary>
    internal static object CurrentThread => (object?)_current ?? Thread.CurrentThread;

    /// <summary>Explores a scenario, which is made anew for each order.</summary>
    /// <returns>How many orders there were.</returns>
    internal static int Explore(Func<Scenario> make, int mostInterruptions)
    {
        var path = new List<(int Chosen, int Count)>();
        var count = 0;
        do
        {
            new Explorer(path, mostInterruptions).Run(make());
            count++;
        }
        while (MoveOn(path));
        return count;
    }

    /// <summary>Another thread may go on from here.</summary>
    internal static void MaySwitch()
    {
        if (_current is { } me)
            me.Explorer.Switch(me);
    }

    /// <summary>Goes on when the condition holds.</summary>
    internal static void BlockUntil(Func<bool> condition)
    {
        if (_current is not { } me)
        {
            Assert.True(condition(), "Nobody else is there to make it true.");
            return;
        }
        me.IsReady = condition;
        me.Explorer.Switch(me);
        me.IsReady = null;
    }

    /// <summary>The next path in depth-first order; false after the last.</summary>
    private static bool MoveOn(List<(int Chosen, int Count)> path)
    {
        while (path is [.., var last] && last.Chosen + 1 == last.Count)
            path.RemoveAt(path.Count - 1);
        if (path.Count == 0)
            return false;
        path[^1] = (path[^1].Chosen + 1, path[^1].Count);
        return true;
    }

    private void Run(Scenario scenario)
    {
        _participants.AddRange(scenario.Threads.Select(act => new Participant(this, act)));
        _participants.ForEach(participant => participant.Start());
        Resume(Choose(null));
        _ended.WaitOne();
        _participants.ForEach(participant => participant.Join());
        if (_error is null)
            scenario.AtEnd();
        else
            throw new InvalidOperationException($"{_error.Message} The order was {string.Join(' ', _path.Select(step => step.Chosen))}.", _error);
    }

    private void Switch(Participant me)
    {
        ThrowIfAborted();
        var next = Choose(me);
        if (next == me)
            return;
        if (next is null)
            Abort(new InvalidOperationException("No thread can go on."));
        else
            Resume(next);
        me.Sleep();
        ThrowIfAborted();
    }

    private void End(Participant me, Exception? error)
    {
        me.HasEnded = true;
        if (error is not null && !_isAborted)
            Abort(error);
        if (_participants.TrueForAll(participant => participant.HasEnded))
        {
            _ended.Set();
            return;
        }
        // Once aborted, all are awake and end by themselves.
        if (_isAborted)
            return;
        if (Choose(me) is { } next)
            Resume(next);
        else
            Abort(new InvalidOperationException("No thread can go on."));
    }

    /// <summary>Who goes on; the one that did until now, if it can, is the first choice, and any other an interruption.</summary>
    private Participant? Choose(Participant? current)
    {
        var able = _participants.Where(participant => participant.IsAble && participant != current).ToList();
        if (current is { IsAble: true })
        {
            if (_interruptions == _mostInterruptions)
                able.Clear();
            able.Insert(0, current);
        }
        if (able.Count < 2)
            return able.FirstOrDefault();
        if (_depth == _path.Count)
            _path.Add((0, able.Count));
        var chosen = able[_path[_depth++].Chosen];
        if (current is { IsAble: true } && chosen != current)
            _interruptions++;
        return chosen;
    }

    private static void Resume(Participant? participant) => participant!.Wake();

    private void Abort(Exception error)
    {
        _error = error;
        _isAborted = true;
        foreach (var participant in _participants.Where(participant => !participant.HasEnded))
            participant.Wake();
    }

    private void ThrowIfAborted()
    {
        if (_isAborted)
            throw new OperationCanceledException("The exploration of this order is over.");
    }

    private sealed class Participant
    {
        private readonly AutoResetEvent _turn = new(false);
        private readonly Thread _thread;

        internal Participant(Explorer explorer, Action act)
        {
            Explorer = explorer;
            _thread = new(() =>
            {
                _current = this;
                Sleep();
                Exception? error = null;
                try
                {
                    explorer.ThrowIfAborted();
                    act();
                }
                catch (Exception e)
                {
                    error = e;
                }
                explorer.End(this, error);
            });
        }

        internal Explorer Explorer { get; }
        internal Func<bool>? IsReady { get; set; }
        internal bool HasEnded { get; set; }
        internal bool IsAble => !HasEnded && (IsReady is null || IsReady());

        internal void Start() => _thread.Start();
        internal void Join() => _thread.Join();
        internal void Wake() => _turn.Set();
        internal void Sleep() => _turn.WaitOne();
    }
}

/// <summary>Threads that act at the same time, and what has to be true when they are done.</summary>
internal sealed record Scenario(Action[] Threads, Action AtEnd);
