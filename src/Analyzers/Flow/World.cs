using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What is known on one kind of path to a point: who holds what, and which variable has which value. Immutable.</summary>
/// <remarks>
/// A point has one world for each combination of live guards that reaches it (the property simulation of Das, Lerner and Seigle, ESP,
/// PLDI 2002): paths that differ in their locks are kept apart, so that tests of Try results and of flags need no rules of their own; paths that
/// agree are joined, so that their number stays small.
/// </remarks>
internal sealed class World
{
    /// <summary>Each fact can lead to each other one, and every join goes through them.</summary>
    public const int MaxContainments = 256;

    /// <summary>What is acquired further down comes up again with each call, so that it could double with each level. What is not told of is not reported.</summary>
    private const int MaxAcquired = 64;

    /// <summary>Apart, since most steps change only variables.</summary>
    private readonly Facts _facts;

    private World(ValueMap variables, ImmutableArray<Guard> guards, Facts facts)
    {
        Variables = variables;
        Guards = guards;
        _facts = facts;
    }

    public static World Empty { get; } = new(ValueMap.Empty, [], new Facts([], ValueMap.Empty, [], [], []));

    /// <summary>The variables that were written, and what they hold.</summary>
    public ValueMap Variables { get; }

    /// <summary>The live guards.</summary>
    public ImmutableArray<Guard> Guards { get; }

    public ImmutableArray<PastHold> Past => _facts.Past;

    /// <summary>Values that a test or an annotation says are the same: each with the one that stands for it.</summary>
    public ValueMap Equalities => _facts.Equalities;

    public ImmutableArray<Containment> Containments => _facts.Containments;

    /// <summary>What was acquired on every path to here, whether it is still held or not.</summary>
    public ImmutableArray<Hold> Acquired => _facts.Acquired;

    /// <summary>Work that may still run, on some path to here.</summary>
    public ImmutableArray<LaterWork> Works => _facts.Works;

    public World Acquire(ImmutableArray<Hold> holds)
    {
        var acquired = Acquired;
        foreach (var hold in holds)
        {
            if (acquired.Length < MaxAcquired && !acquired.Contains(hold))
                acquired = acquired.Add(hold);
        }

        return acquired == Acquired ? this : With(acquired: acquired);
    }

    public World Start(LaterWork work) => Works.Any(work.IsSameAs) ? this : With(works: Works.Add(work));

    public World Drop(LaterWork work) => With(works: Works.Remove(work));

    /// <summary>What a variable holds: itself, its first value, where nobody wrote to it.</summary>
    public Value Read(Value variable) => Variables.TryGetValue(variable, out var value) ? value : variable;

    public World Write(Value variable, Value value)
    {
        var variables = Variables.SetItem(variable, value);
        return ReferenceEquals(variables, Variables) ? this : With(variables: variables);
    }

    public Guard? GuardOf(Value? id)
    {
        if (id is not null)
        {
            foreach (var guard in Guards)
            {
                if (ReferenceEquals(guard.Id, id))
                    return guard;
            }
        }

        return null;
    }

    public World Add(Guard guard) => With(guards: Guards.Add(guard));

    public World Replace(Guard guard, Guard by) => With(guards: Guards.Replace(guard, by));

    public World Remove(Guard guard) => With(guards: Guards.Remove(guard));

    /// <summary>The guard's hold ends.</summary>
    public World End(Guard guard, PastReason reason, SyntaxNode place)
    {
        var world = Remove(guard);
        foreach (var hold in guard.Holds)
        {
            world = world.Remember(new PastHold(hold, reason, place, guard.Id) { WasThere = guard.Status is GuardStatus.Held or GuardStatus.Lost });
            if (guard.Status == GuardStatus.Untested)
                world = world.Remember(new PastHold(hold, PastReason.NotGranted, guard.Site, guard.Id));
        }

        return world;
    }

    public World Remember(PastHold hold) => hold.Hold.Namespace is null || Past.Contains(hold) ? this : With(past: Past.Add(hold));

    /// <summary>Whether the value is a guard that was held on every path to here, and is not any more.</summary>
    public bool WasThere(Value guard)
    {
        var wasThere = false;
        foreach (var past in Past)
        {
            if (!ReferenceEquals(past.Guard, guard))
                continue;
            if (!past.WasThere)
                return false;
            wasThere = true;
        }

        return wasThere;
    }

    /// <summary>Whether the value was tested on every path to here, and no guard was there.</summary>
    public bool WasNull(Value guard)
    {
        var wasNull = false;
        foreach (var past in Past)
        {
            if (!ReferenceEquals(past.Guard, guard))
                continue;
            if (past.Reason != PastReason.NotGranted)
                return false;
            wasNull = true;
        }

        return wasNull;
    }

    /// <summary>The value is null: what is told of its end is told of other paths.</summary>
    public World NeverHad(Value guard)
    {
        var past = Past.RemoveAll(past => past.Reason != PastReason.NotGranted && ReferenceEquals(past.Guard, guard));
        return past == Past ? this : With(past: past);
    }

    /// <summary>Of too many facts the oldest is forgotten.</summary>
    public World State(Containment fact) => Containments.Contains(fact) ? this
        : With(containments: (Containments.Length < MaxContainments ? Containments : Containments.RemoveAt(0)).Add(fact));

    public World StateEqual(Value value, Value representative) => With(equalities: Equalities.SetItem(value, representative));

    /// <summary>Whether some variable holds the value, or the tuple that it is an element of.</summary>
    /// <param name="value">The value.</param>
    /// <param name="orPutTogether">Whether a tuple counts as well that no variable holds yet.</param>
    public bool IsStored(Value value, bool orPutTogether = false)
    {
        foreach (var variable in Variables)
        {
            if (ReferenceEquals(variable.Value, value) && variable.Key.Kind != ValueKind.Capture && (orPutTogether || !IsOfUnstoredTuple(variable.Key)))
                return true;
        }

        return value is { Kind: ValueKind.Member, First: { } tuple } && IsStored(tuple, orPutTogether);
    }

    /// <summary>Whether an expression that is not at its end has the value, or a tuple that it is an element of.</summary>
    public bool IsCaptured(Value value)
    {
        foreach (var variable in Variables)
        {
            if (ReferenceEquals(variable.Value, value)
                && (variable.Key.Kind == ValueKind.Capture || (variable.Key is { Kind: ValueKind.Member, First: { Kind: ValueKind.Fresh } tuple } && IsCaptured(tuple))))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsReturned(Value guard)
    {
        foreach (var variable in Variables)
        {
            if (ReferenceEquals(variable.Value, guard) && variable.Key.Kind == ValueKind.Returned)
                return true;
        }

        return false;
    }

    private bool IsOfUnstoredTuple(Value variable) =>
        variable is { Kind: ValueKind.Member, First: { Kind: ValueKind.Fresh } tuple } && KnownSymbols.IsTuple(tuple.Type) && !IsStored(tuple);

    /// <summary>The name under which the code has a guard: of several, the variable that was declared first.</summary>
    public string? NameOf(Value guard) => guard.Kind switch
    {
        ValueKind.Parameter => guard.Symbol?.Name,
        ValueKind.This => "this",
        _ => Variables.Where(variable => ReferenceEquals(variable.Value, guard)
                && variable.Key is { Kind: ValueKind.Local or ValueKind.Parameter } or { Kind: ValueKind.Member, First: null or { Kind: ValueKind.This } })
            .Select(variable => variable.Key.Symbol!)
            .OrderBy(symbol => symbol.Kind != SymbolKind.Local).ThenBy(symbol => symbol.Locations.FirstOrDefault()?.SourceSpan.Start)
            .FirstOrDefault()?.Name,
    };

    /// <summary>Wherever a variable holds <paramref name="value"/>, it holds <paramref name="replacement"/>.</summary>
    public World Substitute(Value value, Value replacement)
    {
        var variables = Variables;
        foreach (var variable in Variables)
        {
            if (ReferenceEquals(variable.Value, value))
                variables = variables.SetItem(variable.Key, replacement);
        }

        return With(variables: variables);
    }

    /// <summary>A value is about to be made anew (the next round of a loop): what still refers to the last one refers to something that has no name any more.</summary>
    /// <param name="value">The value.</param>
    /// <param name="values">The table that made it.</param>
    public World Age(Value value, ValueTable values) => Mentions(value) ? Forget(value, values) : this;

    private World Forget(Value value, ValueTable values)
    {
        var variables = Variables;
        foreach (var variable in Variables)
        {
            if (variable.Key.Mentions(value))
            {
                variables = variables.Remove(variable.Key);
            }
            else if (variable.Value.Mentions(value))
            {
                // The variable keeps a value that has no name: one of its own, or the earlier guard.
                variables = variables.SetItem(
                    variable.Key, GuardOf(variable.Value) is null ? values.Phi(variable.Key, value) : values.Earlier(variable.Value));
            }
        }

        var guards = Guards.RemoveAll(guard => guard.Id.Mentions(value) && guard is { Owned: false, Origin: not GuardOrigin.Stated });
        for (var i = 0; i < guards.Length; i++)
        {
            var guard = guards[i];
            if (guard.Id.Mentions(value) || guard.Holds.Any(hold => Mentions(hold, value)))
            {
                guards = guards.SetItem(i, guard with
                {
                    Id = guard.Id.Mentions(value) ? values.Earlier(guard.Id) : guard.Id,
                    Keeper = guard.Keeper?.Mentions(value) == true ? null : guard.Keeper,
                    Holds = [.. guard.Holds.Select(hold => Age(hold, value, values))],
                });
            }
        }

        return new World(variables, Distinct(guards), new Facts(
            Past.RemoveAll(past => Mentions(past.Hold, value) || past.Guard?.Mentions(value) == true),
            Equalities.RemoveAll(pair => pair.Key.Mentions(value) || pair.Value.Mentions(value)),
            Containments.RemoveAll(fact => fact.Lower.Mentions(value) || fact.Upper.Mentions(value)),
            Acquired.RemoveAll(hold => Mentions(hold, value)),
            Works.IsEmpty ? Works : [.. Works.Select(work => Age(work, value, values))]));
    }

    private bool Mentions(Value value)
    {
        foreach (var variable in Variables)
        {
            if (variable.Key.Mentions(value) || variable.Value.Mentions(value))
                return true;
        }

        return MentionsInFacts(value);
    }

    /// <summary>Whether something other than a variable is known of the value.</summary>
    public bool MentionsInFacts(Value value)
    {
        foreach (var guard in Guards)
        {
            if (guard.Id.Mentions(value) || guard.Keeper?.Mentions(value) == true || Mentions(guard.Holds, value))
                return true;
        }

        foreach (var past in Past)
        {
            if (Mentions(past.Hold, value) || past.Guard?.Mentions(value) == true)
                return true;
        }

        foreach (var pair in Equalities)
        {
            if (pair.Key.Mentions(value) || pair.Value.Mentions(value))
                return true;
        }

        foreach (var fact in Containments)
        {
            if (fact.Lower.Mentions(value) || fact.Upper.Mentions(value))
                return true;
        }

        foreach (var work in Works)
        {
            if (work.Id.Mentions(value) || work.Keeper?.Mentions(value) == true || Mentions(work.Guards, value))
                return true;
        }

        return Mentions(Acquired, value);
    }

    private static bool Mentions(ImmutableArray<Value> values, Value value)
    {
        foreach (var other in values)
        {
            if (other.Mentions(value))
                return true;
        }

        return false;
    }

    private static bool Mentions(ImmutableArray<Hold> holds, Value value)
    {
        foreach (var hold in holds)
        {
            if (Mentions(hold, value))
                return true;
        }

        return false;
    }

    /// <summary>Whether the same guards are live in the same way, so that the two worlds may be joined.</summary>
    public bool HasSameGuards(World other)
    {
        if (Guards.Length != other.Guards.Length)
            return false;
        foreach (var guard in Guards)
        {
            if (other.GuardOf(guard.Id) is not { } twin || !guard.IsSameAs(twin))
                return false;
        }

        return ReferenceEquals(Variables, other.Variables) || (AgreesOnVariables(other) && other.AgreesOnVariables(this));
    }

    /// <summary>Whether every variable that holds a live guard here holds it there: else to dispose the variable would mean two things.</summary>
    private bool AgreesOnVariables(World other)
    {
        if (Guards.IsEmpty)
            return true;
        foreach (var variable in Variables)
        {
            if (GuardOf(variable.Value) is not null
                && other.Variables.TryGetValue(variable.Key, out var value) && !ReferenceEquals(value, variable.Value))
            {
                return false;
            }
        }

        return true;
    }

    public World With(
        ValueMap? variables = null,
        ImmutableArray<Guard>? guards = null,
        ImmutableArray<PastHold>? past = null,
        ValueMap? equalities = null,
        ImmutableArray<Containment>? containments = null,
        ImmutableArray<Hold>? acquired = null,
        ImmutableArray<LaterWork>? works = null) =>
        new(variables ?? Variables, guards ?? Guards, past is null && equalities is null && containments is null && acquired is null && works is null
            ? _facts
            : new Facts(past ?? Past, equalities ?? Equalities, containments ?? Containments, acquired ?? Acquired, works ?? Works));

    private static bool Mentions(Hold hold, Value value) => hold.Namespace?.Mentions(value) == true || hold.Store?.Mentions(value) == true;

    private static Hold Age(Hold hold, Value value, ValueTable values) => Mentions(hold, value)
        ? hold with
        {
            Namespace = hold.Namespace?.Mentions(value) == true ? null : hold.Namespace,
            Store = hold.Store is null ? null : values.Replace(hold.Store, value, null),
        }
        : hold;

    private static LaterWork Age(LaterWork work, Value value, ValueTable values) => work with
    {
        Id = work.Id.Mentions(value) ? values.Earlier(work.Id) : work.Id,
        Guards = Mentions(work.Guards, value) ? [.. work.Guards.Select(guard => guard.Mentions(value) ? values.Earlier(guard) : guard)] : work.Guards,
        Keeper = work.Keeper?.Mentions(value) == true ? null : work.Keeper,
    };

    /// <summary>Of guards from earlier rounds of a loop there is one: what they differ in is not certain.</summary>
    private static ImmutableArray<Guard> Distinct(ImmutableArray<Guard> guards)
    {
        for (var i = guards.Length - 1; i > 0; i--)
        {
            for (var j = 0; j < i; j++)
            {
                var (one, other) = (guards[j], guards[i]);
                if (!ReferenceEquals(one.Id, other.Id))
                    continue;
                if (!one.IsSameAs(other))
                    guards = guards.SetItem(j, one with { Status = GuardStatus.Blurred, Owned = one.Owned || other.Owned, Keeper = null });
                guards = guards.RemoveAt(i);
                break;
            }
        }

        return guards;
    }

    private sealed class Facts(
        ImmutableArray<PastHold> past,
        ValueMap equalities,
        ImmutableArray<Containment> containments,
        ImmutableArray<Hold> acquired,
        ImmutableArray<LaterWork> works)
    {
        public ImmutableArray<PastHold> Past => past;
        public ValueMap Equalities => equalities;
        public ImmutableArray<Containment> Containments => containments;
        public ImmutableArray<Hold> Acquired => acquired;
        public ImmutableArray<LaterWork> Works => works;
    }
}

/// <summary>One namespace is, or lies below, another.</summary>
internal sealed record Containment(Value Lower, Value Upper);
