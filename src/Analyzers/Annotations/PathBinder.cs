using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Finds what a path of an annotation names, or tells why it names nothing.</summary>
internal sealed class PathBinder(Compilation compilation)
{
    private readonly TypeNames _types = new(compilation);

    /// <param name="text">The path as written.</param>
    /// <param name="owner">The member (method, property, field or delegate) that carries the annotation.</param>
    /// <param name="problem">Why the result is null.</param>
    /// <param name="value">What is written, where the annotation speaks of a setter.</param>
    public LockPath? Bind(string? text, ISymbol owner, out AnnotationProblem? problem, IParameterSymbol? value = null)
    {
        problem = null;
        var names = (text ?? "").Split('.').Select(name => name.Trim().TrimStart('@')).ToArray();
        if (names.Contains(""))
        {
            problem = new AnnotationProblem(text ?? "null", "is no path", "write a parameter or 'this', with the members that lead on from it, such as 'this.Namespace'");
            return null;
        }

        if (names[0] == "this")
        {
            if (HasThis(owner))
                return Follow(text!, PathRoot.This, -1, SelfType(owner), names, 1, out problem);
            problem = new AnnotationProblem(text!, $"begins with an object that {Name(owner)} does not have", "name a parameter, or a static member by its type");
            return null;
        }

        foreach (var parameter in LockPath.Parameters(owner))
        {
            if (parameter.Name == names[0])
                return Follow(text!, PathRoot.Parameter, parameter.Ordinal, parameter.Type, names, 1, out problem);
        }

        if (value is not null && value.Name == names[0])
            return Follow(text!, PathRoot.Parameter, value.Ordinal, value.Type, names, 1, out problem);

        if (owner.ContainingType is { IsExtension: true, ExtensionParameter: { } receiver } && receiver.Name == names[0])
            return Follow(text!, PathRoot.This, -1, receiver.Type, names, 1, out problem);

        for (var type = owner.ContainingType; type is not null; type = type.ContainingType)
        {
            if (KnownSymbols.MemberNamed(type, names[0]) is not { } bare)
                continue;
            if (bare.IsStatic)
                return Follow(text!, PathRoot.Static, -1, type, names, 0, out problem);
            if (KnownSymbols.Same(type, owner.ContainingType) && HasThis(owner))
                return Follow(text!, PathRoot.This, -1, type, names, 0, out problem);
            if (_types.Find(names[0], owner) is null)
            {
                problem = new AnnotationProblem(text!, $"is a member of an object that {Name(owner)} does not have", "name a parameter, or a static member by its type");
                return null;
            }
        }

        for (var length = names.Length - 1; length > 0; length--)
        {
            if (_types.Find(string.Join(".", names.Take(length)), owner) is { } type)
                return Follow(text!, PathRoot.Static, -1, type, names, length, out problem);
        }

        problem = new AnnotationProblem(text!, $"begins with '{names[0]}', which is no parameter of {Name(owner)}, no member of its type and no type", Suggestion(names[0], owner));
        return null;
    }

    /// <summary>As <see cref="Bind"/>, for a store: that may be what the primary constructor was given, which callers need not name.</summary>
    public LockPath? BindStore(string? text, ISymbol owner, out AnnotationProblem? problem, IParameterSymbol? value)
    {
        var path = Bind(text, owner, out problem, value);
        if (path is not null || problem is null || !HasThis(owner))
            return path;
        var names = text!.Split('.').Select(name => name.Trim().TrimStart('@')).ToArray();
        var captured = owner.ContainingType.InstanceConstructors
            .Where(constructor => constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is TypeDeclarationSyntax)
            .SelectMany(constructor => constructor.Parameters)
            .FirstOrDefault(parameter => parameter.Name == names[0]);
        return captured is null || Follow(text, PathRoot.This, -1, captured.Type, names, 1, out problem) is not { } rest
            ? null
            : rest with { Members = rest.Members.Insert(0, captured) };
    }

    /// <summary>Whether there is an object at work: not in static members, in what stands in them, and in delegates.</summary>
    private static bool HasThis(ISymbol owner)
    {
        for (var symbol = owner; symbol is IMethodSymbol or IPropertySymbol or IFieldSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.IsStatic)
                return false;
        }

        return owner is not INamedTypeSymbol && owner.ContainingType is not null;
    }

    private static ITypeSymbol? SelfType(ISymbol owner) =>
        owner.ContainingType is { IsExtension: true, ExtensionParameter: { } receiver } ? receiver.Type : owner.ContainingType;

    private static LockPath? Follow(
        string text, PathRoot root, int parameter, ITypeSymbol? type, string[] names, int next, out AnnotationProblem? problem)
    {
        problem = null;
        var members = ImmutableArray.CreateBuilder<ISymbol>();
        for (; next < names.Length; next++)
        {
            if (type is ITypeParameterSymbol { ConstraintTypes: [var constraint, ..] })
                type = constraint;
            if (type is null or IErrorTypeSymbol)
                return null;
            if (KnownSymbols.MemberNamed(type, names[next]) is not { } member)
            {
                problem = new AnnotationProblem(text, $"asks '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' for '{names[next]}', and it has no such property or field",
                    "name one that is there, in the case in which it is declared");
                return null;
            }

            if (root == PathRoot.Static && members.Count == 0 && !member.IsStatic)
            {
                problem = new AnnotationProblem(text, $"asks the type '{type.Name}' for '{names[next]}', which only an object of it has", "begin with 'this', with a parameter, or with a static member");
                return null;
            }

            members.Add(member);
            type = (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
        }

        return new LockPath(text, root, parameter, members.ToImmutable(), type);
    }

    private static string Name(ISymbol owner) => owner switch
    {
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } => "the lambda",
        IMethodSymbol { MethodKind: MethodKind.Constructor } => $"the constructor of '{owner.ContainingType.Name}'",
        _ => $"'{owner.Name}'",
    };

    private static string Suggestion(string name, ISymbol owner)
    {
        var close = LockPath.Parameters(owner).Select(parameter => parameter.Name)
            .Concat(owner.ContainingType?.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol).Select(member => member.Name) ?? [])
            .FirstOrDefault(other => string.Equals(other.TrimStart('_'), name.TrimStart('_'), StringComparison.OrdinalIgnoreCase));
        return close is null ? "begin with a parameter, with 'this', or with a type that has a static member" : $"'{close}' may be meant";
    }
}
