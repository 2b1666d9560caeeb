namespace NamespaceLocking.Analyzers.PropertyTests.Programs;

/// <summary>How statements can end, and the states of the runs that end so.</summary>
internal sealed class Ends
{
    public HashSet<State> Normal { get; init; } = [];
    public HashSet<State> Thrown { get; init; } = [];
    public HashSet<State> Returned { get; init; } = [];
    public HashSet<State> Broken { get; init; } = [];
    public HashSet<State> Continued { get; init; } = [];

    /// <summary>Adds all but the normal end.</summary>
    public void AddJumps(Ends other)
    {
        Thrown.UnionWith(other.Thrown);
        Returned.UnionWith(other.Returned);
        Broken.UnionWith(other.Broken);
        Continued.UnionWith(other.Continued);
    }
}

/// <summary>All runs of a method, and what was seen in any of them.</summary>
/// <param name="isLenient">
/// Whether runs count that the contract lets the analyzers believe in, besides the real ones: each test of a flag turns out either way, though two
/// tests of one flag agree; what is awaited or enumerated behind the scenes throws; null tests of a guard are forgotten once it is disposed.
/// </param>
internal sealed class Runs(bool isLenient)
{
    public Namespaces Namespaces { get; } = new();

    public bool IsLenient => isLenient;

    /// <summary>The variables that hold guards.</summary>
    public List<int> GuardVariables { get; init; } = [];

    /// <summary>The variables that hold null tests.</summary>
    public List<int> BoolVariables { get; init; } = [];

    /// <summary>Operations that were reached, with the namespaces that they were called for.</summary>
    public Dictionary<int, HashSet<int>> Reached { get; } = [];

    /// <summary>Operations that a run reached without the lock.</summary>
    public HashSet<int> Uncovered { get; } = [];

    /// <summary>Acquisitions whose guard was open at the end of a run.</summary>
    public HashSet<int> Leaked { get; } = [];

    /// <summary>Assignments that overwrote a variable while its guard was open, with that guard's acquisition.</summary>
    public HashSet<(int Assignment, int Acquisition)> Overwritten { get; } = [];

    /// <summary>Acquisitions that were asked for in a run without any guard that rules them out.</summary>
    public HashSet<int> Possible { get; } = [];

    /// <summary>The most states that met at one point: where they are too many, the analyzers may be silent.</summary>
    public int MostStates { get; private set; }

    public bool IsTooLarge => MostStates > 400;

    public State Release(State state, int guard)
    {
        var released = state.Release(guard);
        if (IsLenient)
            released = BoolVariables.Aggregate(released, (current, variable) => current[variable] < 0 ? current : current.With(variable, State.Forgotten));
        return Clean(released);
    }

    public State Clean(State state) => state.Collect(GuardVariables);

    public void See(HashSet<State> states) => MostStates = Math.Max(MostStates, states.Count);

    public State Assign(State state, int site, int variable, int guard)
    {
        if (state.GuardIn(variable) is { IsOpen: true } old && state[variable] != guard)
            Overwritten.Add((site, old.Site));
        return Clean(state.With(variable, guard));
    }

    public void Operate(State state, int site, bool isExclusive, int ns)
    {
        (Reached.TryGetValue(site, out var reached) ? reached : Reached[site] = []).Add(ns);
        if (!state.Open.Any(guard => Namespaces.Covers(guard, isExclusive, ns)))
            Uncovered.Add(site);
    }

    public void Exit(IEnumerable<State> states)
    {
        foreach (var state in states)
            Leaked.UnionWith(state.Open.Select(guard => guard.Site));
    }
}
