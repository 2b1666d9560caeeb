namespace NamespaceLocking.Analyzers.PropertyTests.Programs;

/// <summary>A guard object of a run.</summary>
internal readonly record struct GuardObject(int Site, bool IsExclusive, int Namespace, bool IsOpen);

/// <summary>What one run has reached: its variables and its guards. Two runs in equal states go on alike, and are followed once.</summary>
/// <remarks>A variable holds a namespace (of <see cref="Namespaces"/>), a bool (0 or 1), or the index of a guard object; -1 is null.</remarks>
internal sealed class State : IEquatable<State>
{
    /// <summary>A bool whose value is not known any more.</summary>
    public const int Forgotten = 2;

    private readonly int[] _variables;
    private readonly GuardObject[] _guards;
    private readonly int _hash;

    private State(int[] variables, GuardObject[] guards)
    {
        _variables = variables;
        _guards = guards;
        var hash = default(HashCode);
        foreach (var variable in variables)
            hash.Add(variable);
        foreach (var guard in guards)
            hash.Add(guard);
        _hash = hash.ToHashCode();
    }

    public static State Entry(int variables) => new([.. Enumerable.Repeat(-1, variables)], []);

    public int this[int variable] => _variables[variable];

    public IEnumerable<GuardObject> Open => _guards.Where(guard => guard.IsOpen);

    public GuardObject? GuardIn(int variable) => _variables[variable] < 0 ? null : _guards[_variables[variable]];

    public State With(int variable, int value)
    {
        int[] variables = [.. _variables];
        variables[variable] = value;
        return new(variables, _guards);
    }

    /// <summary>With a new open guard, which no variable holds yet, and its index.</summary>
    public (State State, int Guard) Acquire(GuardObject guard) => (new(_variables, [.. _guards, guard]), _guards.Length);

    public State Release(int guard)
    {
        GuardObject[] guards = [.. _guards];
        guards[guard] = guards[guard] with { IsOpen = false };
        return new(_variables, guards);
    }

    /// <summary>Without the closed guards that no variable in <paramref name="guardVariables"/> holds, so that they do not tell states apart.</summary>
    public State Collect(IReadOnlyCollection<int> guardVariables)
    {
        var kept = Enumerable.Range(0, _guards.Length).Where(guard => _guards[guard].IsOpen || guardVariables.Any(variable => _variables[variable] == guard)).ToArray();
        if (kept.Length == _guards.Length)
            return this;
        int[] variables = [.. _variables];
        foreach (var variable in guardVariables)
            variables[variable] = variables[variable] < 0 ? -1 : Array.IndexOf(kept, variables[variable]);
        return new(variables, [.. kept.Select(guard => _guards[guard])]);
    }

    public bool Equals(State? other) =>
        other is not null && _hash == other._hash && _variables.AsSpan().SequenceEqual(other._variables) && _guards.AsSpan().SequenceEqual(other._guards);

    public override bool Equals(object? obj) => Equals(obj as State);

    public override int GetHashCode() => _hash;
}

/// <summary>The namespaces of a run: two unrelated ones, deep enough that no parent of theirs is the root, and what is made of them.</summary>
internal sealed class Namespaces
{
    private readonly List<(int Parent, string Name)> _nodes = [(0, "")];
    private readonly Dictionary<(int, string), int> _known = [];

    public Namespaces()
    {
        First = Deep("first");
        Second = Deep("second");
    }

    public int First { get; }

    public int Second { get; }

    public int Parent(int ns) => _nodes[ns].Parent;

    public int Child(int ns, string name)
    {
        if (!_known.TryGetValue((ns, name), out var child))
        {
            child = _nodes.Count;
            _nodes.Add((ns, name));
            _known.Add((ns, name), child);
        }

        return child;
    }

    public bool IsAtOrBelow(int lower, int upper)
    {
        for (; lower != upper; lower = Parent(lower))
        {
            if (lower == 0)
                return false;
        }

        return true;
    }

    /// <summary>The table of the contract.</summary>
    public bool Covers(GuardObject guard, bool isExclusive, int ns) =>
        (!isExclusive && IsAtOrBelow(guard.Namespace, ns)) || (guard.IsExclusive && IsAtOrBelow(ns, guard.Namespace));

    /// <summary>Whether the guard keeps the request from ever being granted.</summary>
    public bool Conflicts(GuardObject guard, bool isExclusive, int ns) => isExclusive
        ? IsAtOrBelow(guard.Namespace, ns) || (guard.IsExclusive && IsAtOrBelow(ns, guard.Namespace))
        : guard.IsExclusive && IsAtOrBelow(ns, guard.Namespace);

    private int Deep(string name) => Enumerable.Range(0, 12).Aggregate(0, (ns, depth) => Child(ns, name + depth));
}
