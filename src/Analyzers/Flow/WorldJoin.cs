using System.Collections.Immutable;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What two worlds that meet have in common.</summary>
internal static class WorldJoin
{
    /// <param name="known">What is known at the point so far; returned itself where the other adds nothing.</param>
    /// <param name="arriving">A world with the same live guards.</param>
    /// <param name="point">Names the values that variables have from here on, where the two differ.</param>
    /// <param name="values">The table of the body's values.</param>
    /// <param name="inLoop">Whether the point can be reached again from itself.</param>
    public static World Join(World known, World arriving, object point, ValueTable values, bool inLoop)
    {
        if (ReferenceEquals(known, arriving))
            return known;
        var variables = known.Variables;
        var met = default(List<(Value Phi, Value Known, Value Arriving)>);
        var knownPast = known.Past;
        foreach (var pair in arriving.Variables)
        {
            var earlier = known.Variables.TryGetValue(pair.Key, out var written) ? written : InitialValue(pair.Key);
            if (earlier is null)
                variables = variables.SetItem(pair.Key, pair.Value);
            else if (!ReferenceEquals(earlier, pair.Value))
                Meet(pair.Key, earlier, pair.Value);
        }

        foreach (var pair in known.Variables)
        {
            if (!arriving.Variables.ContainsKey(pair.Key) && InitialValue(pair.Key) is { } initial && !ReferenceEquals(initial, pair.Value))
                Meet(pair.Key, pair.Value, initial);
        }

        if (ReferenceEquals(variables, known.Variables) && knownPast == known.Past && !ConcernFacts(met, arriving, inLoop) && !Adds(known, arriving, values))
            return known;
        var facts = met is null ? default : CommonBounds(known, arriving, values, met);
        if (inLoop && met is not null)
        {
            // The last round's value of the variable is another one than this round's.
            foreach (var (phi, _, value) in met)
            {
                if (!ReferenceEquals(phi, value))
                    arriving = arriving.Age(phi, values);
            }
        }

        var works = known.Works;
        if (met is not null && !(known.Works.IsEmpty && arriving.Works.IsEmpty))
        {
            works = Rename(known, [.. met.Select(variable => (variable.Known, variable.Phi))], variables);
            arriving = arriving.With(works: Rename(arriving, [.. met.Select(variable => (variable.Arriving, variable.Phi))], variables));
        }

        var containments = KeepCommon(known, arriving, values, met);
        foreach (var fact in facts.IsDefault ? [] : facts)
        {
            if (!containments.Contains(fact))
                containments = containments.Add(fact);
        }

        var past = knownPast;
        foreach (var hold in arriving.Past)
        {
            if (!past.Contains(hold))
                past = past.Add(hold);
        }

        var equalities = known.Equalities;
        foreach (var pair in known.Equalities)
        {
            if (!arriving.AreSame(values, pair.Key, pair.Value))
                equalities = equalities.Remove(pair.Key);
        }

        foreach (var work in arriving.Works)
        {
            if (!works.Any(work.IsSameAs))
                works = works.Add(work);
        }

        var acquired = known.Acquired.RemoveAll(hold => !arriving.Acquired.Contains(hold));
        return works == known.Works && acquired.Length == known.Acquired.Length && ReferenceEquals(variables, known.Variables) && past == known.Past && ReferenceEquals(equalities, known.Equalities)
            && containments.Length == known.Containments.Length
            ? known
            : known.With(variables, past: past, equalities: equalities, containments: containments, acquired: acquired, works: works);

        void Meet(Value variable, Value one, Value other)
        {
            // A collection that is empty on one path has the elements of the other.
            if (variable.Kind == ValueKind.Element && (one.Kind == ValueKind.Null || other.Kind == ValueKind.Null))
            {
                variables = variables.SetItem(variable, one.Kind == ValueKind.Null ? other : one);
                return;
            }

            // A guard that is gone on one path, where the other had none: a test still tells the two apart.
            if (one.Kind == ValueKind.Null ? IsGone(other, arriving, known) : other.Kind == ValueKind.Null && IsGone(one, known, arriving))
            {
                var (guard, world) = one.Kind == ValueKind.Null ? (other, arriving) : (one, known);
                variables = variables.SetItem(variable, guard);
                foreach (var hold in world.Past)
                {
                    if (ReferenceEquals(hold.Guard, guard) && hold with { WasThere = false } is var perhaps && !knownPast.Contains(perhaps))
                        knownPast = knownPast.Add(perhaps);
                }

                return;
            }

            var phi = SharedPhi(met, variable, one, other) ?? values.Phi(variable, point);
            (met ??= []).Add((phi, one, other));
            if (!ReferenceEquals(one, phi))
                variables = variables.SetItem(variable, phi);
        }
    }

    /// <summary>Variables that have one value on each path have one value where the paths meet.</summary>
    private static Value? SharedPhi(List<(Value Phi, Value Known, Value Arriving)>? met, Value variable, Value one, Value other)
    {
        foreach (var earlier in met ?? [])
        {
            if (ReferenceEquals(earlier.Known, one) && ReferenceEquals(earlier.Arriving, other) && KnownSymbols.Same(earlier.Phi.Type, variable.Type))
                return earlier.Phi;
        }

        return null;
    }

    /// <summary>Whether the value is a guard that has ended in one world, and that the other never held.</summary>
    private static bool IsGone(Value guard, World world, World other) => world.GuardOf(guard) is null && world.Past.Any(past => ReferenceEquals(past.Guard, guard))
        && !other.Past.Any(past => ReferenceEquals(past.Guard, guard) && past.Reason != PastReason.NotGranted);

    /// <summary>Two worlds with different guards, when there are too many to keep apart: of what differs, nothing is certain.</summary>
    public static World Blur(World one, World other, object point, ValueTable values, bool inLoop)
    {
        var guards = ImmutableArray.CreateBuilder<Guard>();
        foreach (var guard in one.Guards)
            guards.Add(other.GuardOf(guard.Id) is { } twin && twin.IsSameAs(guard) ? guard : Blurred(guard));
        foreach (var guard in other.Guards)
        {
            if (one.GuardOf(guard.Id) is null)
                guards.Add(Blurred(guard));
        }

        var common = guards.ToImmutable();
        return Join(one.With(guards: common), other.With(guards: common), point, values, inLoop);
    }

    private static Guard Blurred(Guard guard) => guard with { Status = GuardStatus.Blurred, Owned = false };

    /// <summary>What a variable that nobody wrote to holds; null where it then holds nothing that could be read.</summary>
    private static Value? InitialValue(Value variable) => variable.Kind is ValueKind.Parameter or ValueKind.Member ? variable : null;

    /// <summary>Whether variables that differ are namespaces, or something is known of them: what goes for both is still to be found.</summary>
    private static bool ConcernFacts(List<(Value Phi, Value Known, Value Arriving)>? met, World arriving, bool inLoop)
    {
        foreach (var (phi, _, _) in met ?? [])
        {
            if (phi.Type is not { Name: not "BackupNamespace" } || (inLoop && arriving.MentionsInFacts(phi)))
                return true;
        }

        return false;
    }

    private static bool Adds(World known, World arriving, ValueTable values)
    {
        foreach (var work in arriving.Works)
        {
            if (!known.Works.Any(work.IsSameAs))
                return true;
        }

        foreach (var hold in known.Acquired)
        {
            if (!arriving.Acquired.Contains(hold))
                return true;
        }

        foreach (var past in arriving.Past)
        {
            if (!known.Past.Contains(past))
                return true;
        }

        foreach (var fact in known.Containments)
        {
            if (!arriving.IsAtOrBelow(values, fact.Lower, fact.Upper))
                return true;
        }

        foreach (var pair in known.Equalities)
        {
            if (!arriving.AreSame(values, pair.Key, pair.Value))
                return true;
        }

        return false;
    }

    /// <summary>Work that a variable has is, from here on, the work that the variable may have: who awaits that one has waited for it.</summary>
    /// <param name="world">One of the worlds that meet.</param>
    /// <param name="met">What the variables that differ had there, and have now.</param>
    /// <param name="variables">What all variables have now.</param>
    private static ImmutableArray<LaterWork> Rename(World world, ImmutableArray<(Value Value, Value Phi)> met, ValueMap variables)
    {
        var works = world.Works;
        foreach (var work in world.Works)
        {
            var phi = met.FirstOrDefault(variable => ReferenceEquals(variable.Value, work.Id) && !ReferenceEquals(variable.Phi, work.Id)).Phi;
            // Where another variable keeps the work on both paths, it is awaited by that name.
            if (phi is not null && !variables.Any(other => ReferenceEquals(other.Value, work.Id) && other.Key.Kind != ValueKind.Capture && world.Variables.ContainsKey(other.Key)))
                works = works.Replace(work, work with { Id = phi });
        }

        return works;
    }

    private static ImmutableArray<Containment> KeepCommon(
        World known, World arriving, ValueTable values, List<(Value Phi, Value Known, Value Arriving)>? met) =>
        known.Containments.RemoveAll(fact =>
            met?.Any(variable => ReferenceEquals(variable.Phi, fact.Lower) || ReferenceEquals(variable.Phi, fact.Upper)) == true
            || !arriving.IsAtOrBelow(values, fact.Lower, fact.Upper));

    /// <summary>Where both values of a variable lie below a third, or above one, so does the variable.</summary>
    private static ImmutableArray<Containment> CommonBounds(
        World known, World arriving, ValueTable values, List<(Value Phi, Value Known, Value Arriving)> met)
    {
        var facts = ImmutableArray.CreateBuilder<Containment>();
        foreach (var (phi, one, other) in met)
        {
            if (phi.Type is { Name: not "BackupNamespace" })
                continue;
            foreach (var upper in Uppers(known, one))
            {
                if (!upper.Mentions(phi) && arriving.IsAtOrBelow(values, other, upper))
                    facts.Add(new Containment(phi, upper));
            }

            foreach (var lower in Lowers(known, one))
            {
                if (!lower.Mentions(phi) && arriving.IsAtOrBelow(values, lower, other))
                    facts.Add(new Containment(lower, phi));
            }
        }

        return facts.ToImmutable();
    }

    private static IEnumerable<Value> Lowers(World world, Value value)
    {
        for (var current = value; ; current = current.First!)
        {
            yield return current;
            foreach (var fact in world.Containments)
            {
                if (ReferenceEquals(fact.Upper, current))
                    yield return fact.Lower;
            }

            if (current.Kind != ValueKind.Parent)
                yield break;
        }
    }

    private static IEnumerable<Value> Uppers(World world, Value value)
    {
        for (var current = value; ; current = current.First!)
        {
            yield return current;
            foreach (var fact in world.Containments)
            {
                if (ReferenceEquals(fact.Lower, current))
                    yield return fact.Upper;
            }

            if (current.Kind != ValueKind.Child)
                yield break;
        }
    }
}
