using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>What the first name of a path stands for.</summary>
internal enum PathRoot
{
    This,
    Parameter,
    Static,
}

/// <summary>A path of an annotation (<c>ns</c>, <c>this.Namespace</c>, <c>group.Namespace</c>) bound to the member that carries it.</summary>
/// <param name="Text">The path as written.</param>
/// <param name="Root">What its first name stands for.</param>
/// <param name="Parameter">The parameter's ordinal (of a setter's <c>value</c> the next after the indexer's own), so that what a base member says holds for an override that renames it.</param>
/// <param name="Members">Fields and properties, each a member of what stands before it; of a store also, first, a parameter that the object captured.</param>
/// <param name="Type">The type of what the path names; null where half-typed code leaves it open.</param>
internal sealed record LockPath(string Text, PathRoot Root, int Parameter, ImmutableArray<ISymbol> Members, ITypeSymbol? Type)
{
    /// <summary>The path's text after its root, with the leading dot.</summary>
    public string MemberText => string.Concat(Members.Select(member => "." + member.Name));

    public static LockPath OfThis(ITypeSymbol? type) => new("this", PathRoot.This, -1, [], type);

    public static LockPath OfParameter(IParameterSymbol parameter) => new(parameter.Name, PathRoot.Parameter, parameter.Ordinal, [], parameter.Type);

    /// <summary>The path that leads on to a property.</summary>
    public LockPath Then(IPropertySymbol property) => new($"{Text}.{property.Name}", Root, Parameter, Members.Add(property), property.Type);

    public static ImmutableArray<IParameterSymbol> Parameters(ISymbol owner) => owner switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.Parameters,
        _ => [],
    };
}
