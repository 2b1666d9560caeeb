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
/// <remarks>A parameter is kept by its ordinal, so that what a base member says holds for an override that renames it.</remarks>
internal sealed class LockPath
{
    private LockPath(string text, PathRoot root, int parameter, ImmutableArray<ISymbol> members)
    {
        Text = text;
        Root = root;
        Parameter = parameter;
        Members = members;
    }

    public string Text { get; }
    public PathRoot Root { get; }
    public int Parameter { get; }

    /// <summary>Fields and properties, each a member of what stands before it.</summary>
    public ImmutableArray<ISymbol> Members { get; }

    /// <summary>The path's text after its root, with the leading dot.</summary>
    public string MemberText => string.Concat(Members.Select(member => "." + member.Name));

    public static LockPath This { get; } = new("this", PathRoot.This, -1, []);

    public static LockPath OfParameter(IParameterSymbol parameter) => new(parameter.Name, PathRoot.Parameter, parameter.Ordinal, []);

    public static LockPath OfThis(ISymbol member) => new("this." + member.Name, PathRoot.This, -1, [member]);

    /// <summary>Null where the path names what is not there.</summary>
    /// <param name="text">The path as written.</param>
    /// <param name="owner">The member (method, property, field or delegate) that carries the annotation.</param>
    /// <param name="compilation">Where a path that begins with a type is looked up.</param>
    public static LockPath? Bind(string? text, ISymbol owner, Compilation compilation)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var names = text!.Split('.');
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = names[i].Trim().TrimStart('@');
            if (names[i].Length == 0)
                return null;
        }

        if (names[0] == "this")
            return owner.IsStatic || owner.ContainingType is null && owner is not INamedTypeSymbol
                ? null
                : Follow(text, PathRoot.This, -1, owner.ContainingType, names, 1);

        foreach (var parameter in Parameters(owner))
        {
            if (parameter.Name == names[0])
                return Follow(text, PathRoot.Parameter, parameter.Ordinal, parameter.Type, names, 1);
        }

        if (owner.ContainingType is { } type && KnownSymbols.MemberNamed(type, names[0]) is { } bare)
        {
            return bare.IsStatic
                ? Follow(text, PathRoot.Static, -1, type, names, 0)
                : owner.IsStatic ? null : Follow(text, PathRoot.This, -1, type, names, 0);
        }

        return FollowStatic(text, owner, names, compilation);
    }

    public static ImmutableArray<IParameterSymbol> Parameters(ISymbol owner) => owner switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.Parameters,
        _ => [],
    };

    private static LockPath? FollowStatic(string text, ISymbol owner, string[] names, Compilation compilation)
    {
        for (var length = names.Length - 1; length > 0; length--)
        {
            var name = string.Join(".", names.Take(length));
            if (TypeNamed(name, owner, compilation) is { } type)
                return Follow(text, PathRoot.Static, -1, type, names, length);
        }

        return null;
    }

    private static INamedTypeSymbol? TypeNamed(string name, ISymbol owner, Compilation compilation)
    {
        for (var scope = owner.ContainingNamespace; scope is not null; scope = scope.ContainingNamespace)
        {
            var prefix = scope.IsGlobalNamespace ? "" : scope.ToDisplayString() + ".";
            if (compilation.GetTypeByMetadataName(prefix + name) is { } found)
                return found;
        }

        return compilation.GetTypeByMetadataName("NamespaceLocking." + name);
    }

    private static LockPath? Follow(string text, PathRoot root, int parameter, ITypeSymbol? type, string[] names, int next)
    {
        var members = ImmutableArray.CreateBuilder<ISymbol>();
        for (; next < names.Length; next++)
        {
            if (type is ITypeParameterSymbol { ConstraintTypes: [var constraint, ..] })
                type = constraint;
            if (type is null || KnownSymbols.MemberNamed(type, names[next]) is not { } member)
                return null;
            members.Add(member);
            type = (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
        }

        return new LockPath(text, root, parameter, members.ToImmutable());
    }

    /// <summary>The type of what the path names.</summary>
    public ITypeSymbol? TypeOf(ISymbol owner) => Members is [.., var last]
        ? (last as IPropertySymbol)?.Type ?? (last as IFieldSymbol)?.Type
        : Root == PathRoot.Parameter ? Parameters(owner).ElementAtOrDefault(Parameter)?.Type : owner.ContainingType;
}
