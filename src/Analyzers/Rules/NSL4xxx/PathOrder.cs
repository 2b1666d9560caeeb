using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>How the paths of a member and of what it overrides lie to each other, and so whether one term covers another.</summary>
/// <remarks>
/// The rules of the hierarchy, on paths instead of values. Members are compared by name: a property that overrides or implements another
/// is that one, and a path of the base is followed in the type that overrides.
/// </remarks>
internal sealed class PathOrder(KnownSymbols known, INamedTypeSymbol type)
{
    /// <summary>Whether who holds <paramref name="held"/> has what <paramref name="wanted"/> asks for.</summary>
    public bool Covers(LockTerm held, LockTerm wanted)
    {
        if (AreOtherStores(held.Store, wanted.Store))
            return false;
        return (wanted.Mode == LockMode.Shared && IsAtOrAbove(wanted.Namespace, held.Namespace))
            || (held.Mode == LockMode.Exclusive && IsAtOrAbove(held.Namespace, wanted.Namespace));
    }

    /// <summary>Whether who keeps clear of all at and below the one keeps clear of all at and below the other.</summary>
    public bool Excludes(LockTerm stated, LockTerm wanted) =>
        !AreOtherStores(stated.Store, wanted.Store) && IsAtOrAbove(stated.Namespace, wanted.Namespace);

    private bool IsAtOrAbove(LockPath upper, LockPath lower)
    {
        if (IsRoot(upper))
            return true;
        var upperNames = Names(upper);
        var lowerNames = Names(lower);
        // The parents at the end of a path lead upwards: the one with no fewer of them lies no lower.
        var upperParents = Parents(upper);
        var lowerParents = Parents(lower);
        return upperParents >= lowerParents && SameRoot(upper, lower)
            && upperNames.Take(upperNames.Count - upperParents).SequenceEqual(lowerNames.Take(lowerNames.Count - lowerParents));
    }

    private bool IsRoot(LockPath path) =>
        path is { Root: PathRoot.Static, Members: [{ Name: "Root" } member, ..] } && KnownSymbols.Same(member.ContainingType, known.BackupNamespace);

    private int Parents(LockPath path)
    {
        var count = 0;
        while (count < path.Members.Length && path.Members[path.Members.Length - 1 - count] is { Name: "Parent" } member
            && KnownSymbols.Same(member.ContainingType, known.BackupNamespace))
        {
            count++;
        }

        return count;
    }

    /// <summary>The members by name; a property that only returns a field is the field.</summary>
    private List<string> Names(LockPath path)
    {
        var names = path.Members.Select(member => member.Name).ToList();
        if (path.Root == PathRoot.This && names.Count > 0
            && KnownSymbols.MemberNamed(type, names[0]) is IPropertySymbol property
            && property.DeclaringSyntaxReferences is [var reference]
            && ReturnedExpressions.FieldOf(reference.GetSyntax()) is { } field
            && KnownSymbols.MemberNamed(property.ContainingType, field) is IFieldSymbol)
        {
            names[0] = field;
        }

        return names;
    }

    private static bool SameRoot(LockPath one, LockPath other) => one.Root == other.Root && one.Parameter == other.Parameter
        && (one.Root != PathRoot.Static || KnownSymbols.Same(one.Members[0].ContainingType, other.Members[0].ContainingType));

    /// <summary>Stores are told apart only when the same members lead to them, and to one type, from two roots.</summary>
    private static bool AreOtherStores(LockPath? one, LockPath? other) =>
        one is not null && other is not null && one.MemberText == other.MemberText
        && (one.Root != other.Root || one.Parameter != other.Parameter) && KnownSymbols.Same(one.Type, other.Type);
}
