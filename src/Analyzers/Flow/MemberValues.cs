using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What a field or property of a value holds: paths are stable until somebody writes to them.</summary>
internal static class MemberValues
{
    public static Value? Read(World world, BodyContext body, Value? receiver, ISymbol member)
    {
        if (KnownSymbols.Same(member.ContainingType, body.Annotations.Known.BackupNamespace))
        {
            if (member.Name == "Root")
                return body.Values.Root;
            if (member.Name == "Parent")
                return body.Values.Parent(receiver);
        }

        // What is forwarded is what its owner has now.
        if (member is IPropertySymbol property && body.Canonical(property) is [var owner, var forwarded])
            return Read(world, body, receiver, owner) is { } value ? Read(world, body, value, forwarded) : null;
        return Place(body, receiver, member) is { } place ? world.Read(place) : null;
    }

    /// <summary>A property that implements or overrides another one is that one; an element of a tuple is known by its position.</summary>
    public static Value? Place(BodyContext body, Value? receiver, ISymbol member) => member switch
    {
        // Whatever names and types the tuple was given on its way.
        IFieldSymbol { CorrespondingTupleField: { } position } element => body.Values.Member(receiver, position.OriginalDefinition, element.Type),
        IPropertySymbol property => Place(body, receiver, body.Canonical(property)),
        IFieldSymbol or IParameterSymbol when body.Facts.Members.Showing(member) is { } property => Place(body, receiver, property),
        IParameterSymbol captured => receiver is { Kind: ValueKind.This } ? body.Values.Parameter(captured) : body.Values.Member(receiver, captured, captured.Type),
        _ => body.Values.Member(receiver, member),
    };

    private static Value? Place(BodyContext body, Value? receiver, ImmutableArray<ISymbol> path) => path is [var owner, var forwarded]
        ? Place(body, receiver, owner) is { } value ? Place(body, value, forwarded) : null
        : body.Values.Member(receiver, path[0]);
}
