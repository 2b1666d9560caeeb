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
        var meeting = new Meeting(known, arriving, point, values, inLoop);
        foreach (var pair in arriving.Variables)
        {
            var earlier = known.Variables.TryGetValue(pair.Key, out var written) ? written : InitialValue(pair.Key);
            if (earlier is null)
                meeting.Variables = meeting.Variables.SetItem(pair.Key, pair.Value);
            else if (!ReferenceEquals(earlier, pair.Value))
                meeting.Meet(pair.Key, earlier, pair.Value);
        }

        foreach (var pair in known.Variables)
        {
            if (!arriving.Variables.ContainsKey(pair.Key) && InitialValue(pair.Key) is { } initial && !ReferenceEquals(initial, pair.Value))
                meeting.Meet(pair.Key, pair.Value, initial);
        }

        var (variables, past, met) = (meeting.Variables, meeting.Past, meeting.Met);
        if (ReferenceEquals(variables, known.Variables) && past == known.Past && !ConcernFacts(met, arriving, inLoop) && !Adds(known, arriving, values))
            return known;
        var facts = met is null ? [] : CommonBounds(known, arriving, values, met);
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
            works = Rename(known, [.. met.Select(static variable => (variable.Known, variable.Phi))], variables);
            arriving = arriving.With(works: Rename(arriving, [.. met.Select(static variable => (variable.Arriving, variable.Phi))], variables));
        }

        var containments = KeepCommon(known, arriving, values, met);
        foreach (var fact in facts)
        {
            if (containments.Length < World.MaxContainments && !containments.Contains(fact))
                containments = containments.Add(fact);
        }

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

        var acquired = Common(known.Acquired, arriving.Acquired);
        return works == known.Works && acquired.Length == known.Acquired.Length && ReferenceEquals(variables, known.Variables) && past == known.Past && ReferenceEquals(equalities, known.Equalities)
            && containments.Length == known.Containments.Length
            ? known
            : known.With(variables, past: past, equalities: equalities, containments: containments, acquired: acquired, works: works);
    }

    private static ImmutableArray<Hold> Common(ImmutableArray<Hold> known, ImmutableArray<Hold> arriving)
    {
        var common = known;
        foreach (var hold in known)
        {
            if (!arriving.Contains(hold))
                common = common.Remove(hold);
        }

        return common;
    }

    /// <summary>Two worlds with different guards, when there are too many to keep apart: of what differs, nothing is certain.</summary>
    /// <returns><paramref name="one"/> itself where the other adds nothing.</returns>
    public static World Blur(World one, World other, object point, ValueTable values, bool inLoop)
    {
        var guards = ImmutableArray.CreateBuilder<Guard>();
        var isNew = false;
        foreach (var guard in one.Guards)
        {
            var both = other.GuardOf(guard.Id) is { } twin && twin.IsSameAs(guard) ? guard : Blurred(guard);
            isNew |= !ReferenceEquals(both, guard);
            guards.Add(both);
        }

        foreach (var guard in other.Guards)
        {
            if (one.GuardOf(guard.Id) is null)
                guards.Add(Blurred(guard));
        }

        isNew |= guards.Count > one.Guards.Length;
        var common = isNew ? guards.ToImmutable() : one.Guards;
        return Join(isNew ? one.With(guards: common) : one, other.With(guards: common), point, values, inLoop);
    }

    private static Guard Blurred(Guard guard) => guard is { Status: GuardStatus.Blurred, Owned: false } ? guard : guard with { Status = GuardStatus.Blurred, Owned = false };

    /// <summary>What a variable that nobody wrote to holds; null where it then holds nothing that could be read.</summary>
    private static Value? InitialValue(Value variable) => variable.Kind is ValueKind.Parameter or ValueKind.Member or ValueKind.Contents ? variable : null;

    /// <summary>Whether variables that differ are namespaces, or something is known of them: what goes for both is still to be found.</summary>
    private static bool ConcernFacts(List<(Value Phi, Value Known, Value Arriving)>? met, World arriving, bool inLoop)
    {
        if (met is null)
            return false;
        foreach (var (phi, _, _) in met)
        {
            if (IsNamespace(phi) || (inLoop && arriving.MentionsInFacts(phi)))
                return true;
        }

        return false;
    }

    private static bool IsNamespace(Value value) => value.Type is null or { Name: "BackupNamespace" };

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
        World known, World arriving, ValueTable values, List<(Value Phi, Value Known, Value Arriving)>? met)
    {
        var common = known.Containments;
        foreach (var fact in known.Containments)
        {
            if (IsOfAny(fact, met) || !(arriving.Containments.Contains(fact) || arriving.IsAtOrBelow(values, fact.Lower, fact.Upper)))
                common = common.Remove(fact);
        }

        return common;
    }

    private static bool IsOfAny(Containment fact, List<(Value Phi, Value Known, Value Arriving)>? met)
    {
        if (met is not null)
        {
            foreach (var (phi, _, _) in met)
            {
                if (ReferenceEquals(phi, fact.Lower) || ReferenceEquals(phi, fact.Upper))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Where both values of a variable lie below a third, or above one, so does the variable.</summary>
    private static ImmutableArray<Containment> CommonBounds(
        World known, World arriving, ValueTable values, List<(Value Phi, Value Known, Value Arriving)> met)
    {
        var facts = ImmutableArray<Containment>.Empty;
        foreach (var (phi, one, other) in met)
        {
            if (!IsNamespace(phi))
                continue;
            foreach (var upper in Uppers(known, one))
            {
                if (!upper.Mentions(phi) && arriving.IsAtOrBelow(values, other, upper))
                    facts = facts.Add(new Containment(phi, upper));
            }

            foreach (var lower in Lowers(known, one))
            {
                if (!lower.Mentions(phi) && arriving.IsAtOrBelow(values, lower, other))
                    facts = facts.Add(new Containment(lower, phi));
            }
        }

        return facts;
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

    /// <summary>What variables hold from here on.</summary>
    private ref struct Meeting(World known, World arriving, object point, ValueTable values, bool inLoop)
    {
        /// <summary>Of other variables than namespaces, only loops and work that runs on need to know that they differ.</summary>
        private readonly bool _keepsAll = inLoop || !known.Works.IsEmpty || !arriving.Works.IsEmpty;

        public ValueMap Variables { get; set; } = known.Variables;

        public ImmutableArray<PastHold> Past { get; private set; } = known.Past;

        /// <summary>The variables that differ.</summary>
        public List<(Value Phi, Value Known, Value Arriving)>? Met { get; private set; }

        public void Meet(Value variable, Value one, Value other)
        {
            // A collection that is empty on one path has the elements of the other.
            if (variable.Kind == ValueKind.Element && (one.Kind == ValueKind.Null || other.Kind == ValueKind.Null))
            {
                Variables = Variables.SetItem(variable, one.Kind == ValueKind.Null ? other : one);
                return;
            }

            // A guard that is gone on one path, where the other had none: a test still tells the two apart.
            if (one.Kind == ValueKind.Null ? IsGone(other, arriving, known) : other.Kind == ValueKind.Null && IsGone(one, known, arriving))
            {
                var (guard, world, without) = one.Kind == ValueKind.Null ? (other, arriving, known) : (one, known, arriving);
                Variables = Variables.SetItem(variable, guard);
                // That a Try failed there tells as well that the guard need not have been there.
                if (Has(without.Past, guard, PastReason.NotGranted))
                    return;
                foreach (var hold in world.Past)
                {
                    if (ReferenceEquals(hold.Guard, guard) && hold with { WasThere = false } is var perhaps && !Past.Contains(perhaps))
                        Past = Past.Add(perhaps);
                }

                return;
            }

            var phi = Shared(variable, one, other) ?? values.Phi(variable, point);
            if (_keepsAll || IsNamespace(phi))
                (Met ??= []).Add((phi, one, other));
            if (!ReferenceEquals(one, phi))
                Variables = Variables.SetItem(variable, phi);
        }

        /// <summary>Variables that have one value on each path have one value where the paths meet.</summary>
        private readonly Value? Shared(Value variable, Value one, Value other)
        {
            if (Met is not null)
            {
                foreach (var (phi, first, second) in Met)
                {
                    if (ReferenceEquals(first, one) && ReferenceEquals(second, other) && KnownSymbols.Same(phi.Type, variable.Type))
                        return phi;
                }
            }

            return null;
        }

        /// <summary>Whether the value is a guard that has ended in one world, and that the other never held.</summary>
        private static bool IsGone(Value guard, World world, World other) => world.GuardOf(guard) is null && Has(world.Past, guard, null)
            && !Has(other.Past, guard, PastReason.Released) && !Has(other.Past, guard, PastReason.HandedOver);

        private static bool Has(ImmutableArray<PastHold> all, Value guard, PastReason? reason)
        {
            foreach (var past in all)
            {
                if (ReferenceEquals(past.Guard, guard) && (reason is null || past.Reason == reason))
                    return true;
            }

            return false;
        }
    }
}
