using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Who lies above whom, in one world; and from that what a hold covers and what it rules out.</summary>
internal static class Hierarchy
{
    /// <summary>Many times what any code states of one value.</summary>
    private const int MaxSteps = 1024;

    /// <summary>The value that stands for all that are known to be the same.</summary>
    public static Value Resolve(this World world, ValueTable values, Value value)
    {
        if (world.Equalities.IsEmpty)
            return value;
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            if (world.Equalities.TryGetValue(value, out var representative))
            {
                value = representative;
                continue;
            }

            var rebuilt = value.Kind switch
            {
                ValueKind.Child => values.Child(world.Resolve(values, value.First!), value.Second) ?? value,
                ValueKind.Parent => values.Parent(world.Resolve(values, value.First!)) ?? value,
                ValueKind.Member when value.First is not null => values.Member(world.Resolve(values, value.First), value.Symbol!) ?? value,
                _ => value,
            };
            if (ReferenceEquals(rebuilt, value))
                break;
            value = rebuilt;
        }

        return value;
    }

    public static bool AreSame(this World world, ValueTable values, Value? left, Value? right) =>
        left is not null && right is not null
        && (ReferenceEquals(left, right) || ReferenceEquals(world.Resolve(values, left), world.Resolve(values, right)));

    /// <summary>From here on, both name the same.</summary>
    public static World StateSame(this World world, ValueTable values, Value left, Value right)
    {
        left = world.Resolve(values, left);
        right = world.Resolve(values, right);
        if (ReferenceEquals(left, right) || left.Mentions(right) || right.Mentions(left))
            return world;
        return right.Kind == ValueKind.Namespace || (left.Kind != ValueKind.Namespace && right.Depth <= left.Depth)
            ? world.StateEqual(left, right)
            : world.StateEqual(right, left);
    }

    /// <summary>Whether <paramref name="lower"/> is known to be <paramref name="upper"/> or to lie below it.</summary>
    public static bool IsAtOrBelow(this World world, ValueTable values, Value? lower, Value? upper)
    {
        if (ReferenceEquals(upper, values.Root))
            return true;
        if (lower is null || upper is null)
            return false;
        lower = world.Resolve(values, lower);
        upper = world.Resolve(values, upper);
        return IsStructurallyAtOrBelow(lower, upper) || (!world.Containments.IsEmpty && ByFacts(world, values, lower, upper, []));
    }

    private static bool ByFacts(World world, ValueTable values, Value lower, Value upper, HashSet<Containment> used)
    {
        foreach (var fact in world.Containments)
        {
            if (!IsStructurallyAtOrBelow(lower, world.Resolve(values, fact.Lower)) || !used.Add(fact))
                continue;
            var next = world.Resolve(values, fact.Upper);
            if (IsStructurallyAtOrBelow(next, upper) || ByFacts(world, values, next, upper, used))
                return true;
        }

        return false;
    }

    private static bool IsStructurallyAtOrBelow(Value lower, Value upper)
    {
        for (var above = upper; ; above = above.First!)
        {
            for (var below = lower; ; below = below.First!)
            {
                if (ReferenceEquals(below, above) || IsTextBelow(below, above))
                    return true;
                if (below.Kind != ValueKind.Child)
                    break;
            }

            if (above.Kind != ValueKind.Parent)
                return false;
        }
    }

    private static bool IsTextBelow(Value lower, Value upper) =>
        upper is { Kind: ValueKind.Namespace, Payload: string above } && lower is { Kind: ValueKind.Namespace, Payload: string below }
        && (above.Length == 0 || (below.StartsWith(above, StringComparison.Ordinal) && (below.Length == above.Length || below[above.Length] == '/')));

    /// <summary>Whether the hold is all that an operation needs: section 1's hierarchy, read from a guard's side.</summary>
    public static bool Covers(this World world, ValueTable values, Hold hold, LockMode mode, Value? ns, Value? store) =>
        AreOneStore(world, hold.Store, store)
        && ((mode == LockMode.Shared && world.IsAtOrBelow(values, hold.Namespace, ns))
            || (hold.Mode == LockMode.Exclusive && world.IsAtOrBelow(values, ns, hold.Namespace)));

    /// <summary>Whether a request can never be granted while the hold lasts.</summary>
    public static bool RulesOut(this World world, ValueTable values, Hold hold, LockMode mode, Value? ns, Value? store)
    {
        if (hold.Namespace is null || ns is null || !AreOneStore(world, hold.Store, store))
            return false;
        return (mode == LockMode.Exclusive && world.IsAtOrBelow(values, hold.Namespace, ns))
            || (hold.Mode == LockMode.Exclusive && world.IsAtOrBelow(values, ns, hold.Namespace));
    }

    /// <summary>
    /// Stores are told apart only where they are of one type and are reached by the same members from two different roots; else they are taken to be the same.
    /// </summary>
    public static bool AreOneStore(World world, Value? left, Value? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right) || !KnownSymbols.Same(left.Type, right.Type))
            return true;
        while (left.Kind == ValueKind.Member && right.Kind == ValueKind.Member && left.First is not null && right.First is not null
            && KnownSymbols.Same(left.Symbol, right.Symbol))
        {
            left = left.First;
            right = right.First;
            if (ReferenceEquals(left, right))
                return true;
        }

        if (!KnownSymbols.Same(left.Type, right.Type))
            return true;
        return !(AreMembersOfOne(left, right) || AreItemsOfOne(left, right) || (IsRoot(world, left) && IsRoot(world, right)));
    }

    private static bool AreMembersOfOne(Value left, Value right) =>
        left.Kind == ValueKind.Member && right.Kind == ValueKind.Member && ReferenceEquals(left.First, right.First)
        && HasStorage(left.Symbol) && HasStorage(right.Symbol);

    /// <summary>Two items of one collection, at two indexes.</summary>
    private static bool AreItemsOfOne(Value left, Value right) =>
        left.Kind == ValueKind.Item && right.Kind == ValueKind.Item && ReferenceEquals(left.First, right.First) && !ReferenceEquals(left.Second, right.Second);

    /// <summary>A parameter, a field, or what a local variable holds.</summary>
    private static bool IsRoot(World world, Value value) => value.Kind switch
    {
        ValueKind.Parameter or ValueKind.Local or ValueKind.This => true,
        ValueKind.Member => value.First is null or { Kind: ValueKind.This } && HasStorage(value.Symbol),
        ValueKind.Fresh or ValueKind.Phi or ValueKind.Item => world.IsStored(value),
        _ => false,
    };

    /// <summary>Whether the member is a place of its own: a property with a body may answer with another one's value.</summary>
    private static bool HasStorage(ISymbol? member) => member switch
    {
        IFieldSymbol => true,
        IPropertySymbol { IsAbstract: true } => true,
        IPropertySymbol property when property.DeclaringSyntaxReferences.IsEmpty => true,
        IPropertySymbol property => property.ContainingType.GetMembers().Any(other =>
            other is IFieldSymbol field && KnownSymbols.Same(field.AssociatedSymbol, property)),
        _ => false,
    };
}
