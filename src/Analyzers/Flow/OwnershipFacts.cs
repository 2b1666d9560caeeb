using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Who disposes a guard that is stored, and which members only lend one: read off declarations, once each.</summary>
/// <remarks>Works on syntax, so that asking about another file binds nothing there. Safe for concurrent use.</remarks>
internal sealed class OwnershipFacts(Compilation compilation, KnownSymbols known)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _lends = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IParameterSymbol, bool> _stores = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IParameterSymbol, bool> _kept = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IParameterSymbol, (int Ordinal, bool Value)?> _flags = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<string>> _disposed = new(SymbolEqualityComparer.Default);
    private readonly Lazy<ILookup<string, TypeDeclarationSyntax>> _derived = new(() => FindDerived(compilation));

    /// <summary>Whether all that the method or property hands out, returned or by <c>out</c>, is a field, a parameter or <c>this</c>: the caller has nothing to dispose.</summary>
    public bool OnlyLends(ISymbol member) => _lends.GetOrAdd(member.OriginalDefinition, ComputeOnlyLends);

    /// <summary>Whether the constructor keeps the argument in a field that its type disposes.</summary>
    public bool KeepsAndDisposes(IParameterSymbol parameter) => _kept.GetOrAdd(parameter.OriginalDefinition, ComputeKeeps);

    /// <summary>The constructor's flag, by ordinal, with the value with which its type disposes the argument that it keeps; null where it disposes it in any case.</summary>
    public (int Ordinal, bool Value)? FlagOf(IParameterSymbol parameter) => _flags.GetOrAdd(parameter.OriginalDefinition, ComputeFlag);

    /// <summary>Whether the method puts the argument into a field, a property or an event.</summary>
    public bool Stores(IParameterSymbol parameter) => _stores.GetOrAdd(parameter.OriginalDefinition, ComputeStores);

    private static bool ComputeStores(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol method
        && method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Right is IdentifierNameSyntax value && value.Identifier.ValueText == parameter.Name && MemberName(assignment.Left) is { } member
            && method.ContainingType.GetMembers(member).Length > 0));

    private bool ComputeOnlyLends(ISymbol member)
    {
        var lends = false;
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            foreach (var expression in HandedOut(member, declaration))
            {
                if (!ReturnedExpressions.IsLent(expression, declaration))
                    return false;
                lends = true;
            }
        }

        return lends;
    }

    /// <summary>The parameter, by ordinal, that is all that a method returns; -1 for <c>this</c>.</summary>
    public static int? PassedOn(IMethodSymbol method)
    {
        var returned = method.DeclaringSyntaxReferences.SelectMany(reference => ReturnedExpressions.Of(reference.GetSyntax())).ToList();
        if (returned.Count == 0)
            return null;
        if (returned.TrueForAll(expression => expression is ThisExpressionSyntax))
            return -1;
        return returned[0] is IdentifierNameSyntax { Identifier.ValueText: var name }
            && returned.TrueForAll(expression => expression is IdentifierNameSyntax other && other.Identifier.ValueText == name)
                ? method.Parameters.FirstOrDefault(parameter => parameter.Name == name && parameter.RefKind == RefKind.None)?.Ordinal
                : null;
    }

    private IEnumerable<ExpressionSyntax> HandedOut(ISymbol member, SyntaxNode declaration) =>
        LockPath.Parameters(member).Where(parameter => parameter.RefKind == RefKind.Out && known.IsGuard(parameter.Type))
            .SelectMany(parameter => ReturnedExpressions.AssignedTo(parameter.Name, declaration))
            .Concat(member is IMethodSymbol { ReturnsVoid: true } or IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean } ? [] : ReturnedExpressions.Of(declaration));

    /// <summary>Whether the property makes the guard that it answers with, by its own code.</summary>
    public bool HandsOut(IPropertySymbol property) => property is { IsAbstract: false, GetMethod: not null }
        && property.DeclaringSyntaxReferences.Any(reference => ReturnedExpressions.Of(reference.GetSyntax()).Any()) && !OnlyLends(property);

    /// <summary>The member of another object that is all that a property answers with; null where it answers with something of its own.</summary>
    public static ISymbol? LentFrom(IPropertySymbol property)
    {
        ISymbol? lent = null;
        foreach (var reference in property.IsVirtual || property.IsAbstract ? [] : property.DeclaringSyntaxReferences)
        {
            foreach (var expression in ReturnedExpressions.Of(reference.GetSyntax()))
            {
                var (owner, name) = expression switch
                {
                    MemberAccessExpressionSyntax access => (TypeOf(access.Expression, property.ContainingType), access.Name.Identifier.ValueText),
                    ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } access => (TypeOf(access.Expression, property.ContainingType), binding.Name.Identifier.ValueText),
                    _ => default,
                };
                lent = owner is null || KnownSymbols.IsTuple(owner) ? null : KnownSymbols.MemberNamed(owner, name);
                if (lent is null)
                    return null;
            }
        }

        return lent;
    }

    /// <summary>The type of an expression that leads on from a member of an object, or from a parameter that its members capture.</summary>
    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, INamedTypeSymbol type) => expression switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => TypeOf(inner.Operand, type),
        IdentifierNameSyntax { Identifier.ValueText: var name } => TypeOf(KnownSymbols.MemberNamed(type, name)) ?? KnownSymbols.CapturedParameter(type, name)?.Type,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => TypeOf(KnownSymbols.MemberNamed(type, name)),
        MemberAccessExpressionSyntax access => TypeOf(access.Expression, type) is { } owner ? TypeOf(KnownSymbols.MemberNamed(owner, access.Name.Identifier.ValueText)) : null,
        _ => null,
    };

    private static ITypeSymbol? TypeOf(ISymbol? member) => (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type;

    private bool ComputeKeeps(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type } constructor)
            return false;
        foreach (var reference in constructor.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            foreach (var (member, value) in Initialized(declaration))
            {
                if (Mentions(value, parameter.Name) && Disposed(type).Contains(member))
                    return true;
            }

            if (declaration is ConstructorDeclarationSyntax { Initializer: { } initializer } && PassedOn(initializer, constructor, parameter))
                return true;
        }

        return false;
    }

    private bool PassedOn(ConstructorInitializerSyntax initializer, IMethodSymbol constructor, IParameterSymbol parameter)
    {
        var arguments = initializer.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!Mentions(arguments[i].Expression, parameter.Name))
                continue;
            var target = initializer.IsKind(SyntaxKind.BaseConstructorInitializer) ? constructor.ContainingType.BaseType : constructor.ContainingType;
            foreach (var other in target?.InstanceConstructors ?? [])
            {
                if (other.Parameters.Length == arguments.Count && !KnownSymbols.Same(other, constructor)
                    && KnownSymbols.Same(other.Parameters[i].Type, parameter.Type) && KeepsAndDisposes(other.Parameters[i]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private (int Ordinal, bool Value)? ComputeFlag(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type } constructor
            || constructor.Parameters.All(flag => flag.Type.SpecialType != SpecialType.System_Boolean))
        {
            return null;
        }

        foreach (var reference in constructor.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            var kept = Initialized(declaration).ToList();
            foreach (var (member, value) in kept)
            {
                if (!Mentions(value, parameter.Name))
                    continue;
                // What it keeps only if the flag says so, it disposes only then.
                var flags = value is ConditionalExpressionSyntax choice
                    ? DisposalFlag.Flags(choice.Condition, Mentions(choice.WhenTrue, parameter.Name))
                    : DisposalFlag.Of(member, type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()));
                foreach (var flag in flags)
                {
                    // The flag may be kept in a field, perhaps negated.
                    var (name, isWhen) = kept.Where(pair => pair.Member == flag.Name).SelectMany(pair => DisposalFlag.Flags(pair.Value, flag.Value)).DefaultIfEmpty(flag).First();
                    if (constructor.Parameters.FirstOrDefault(other => other.Name == name && other.Type.SpecialType == SpecialType.System_Boolean) is { } found)
                        return (found.Ordinal, isWhen);
                }
            }
        }

        return null;
    }

    /// <summary>What a constructor, or a type's declaration with its parameters, puts into members. A captured parameter is one.</summary>
    private static IEnumerable<(string Member, ExpressionSyntax Value)> Initialized(SyntaxNode declaration)
    {
        if (declaration is not TypeDeclarationSyntax { ParameterList: { } parameters } type)
        {
            return declaration.DescendantNodes().OfType<AssignmentExpressionSyntax>().SelectMany(assignment => Pairs(assignment.Left, assignment.Right))
                .Select(pair => (MemberName(pair.Target)!, pair.Value)).Where(pair => pair.Item1 is not null);
        }

        return type.Members.OfType<PropertyDeclarationSyntax>().Where(property => property.Initializer is not null)
            .Select(property => (property.Identifier.ValueText, property.Initializer!.Value))
            .Concat(type.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables).Where(variable => variable.Initializer is not null)
                .Select(variable => (variable.Identifier.ValueText, variable.Initializer!.Value)))
            .Concat(parameters.Parameters.Select(parameter => (parameter.Identifier.ValueText, (ExpressionSyntax)SyntaxFactory.IdentifierName(parameter.Identifier.ValueText))));
    }

    /// <summary>The names of the fields and properties that some member of the type, or of its bases, disposes.</summary>
    private HashSet<string> Disposed(INamedTypeSymbol type) => _disposed.GetOrAdd(type.OriginalDefinition, ComputeDisposed);

    private static HashSet<string> ComputeDisposed(INamedTypeSymbol type)
    {
        var names = new HashSet<string>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var reference in current.DeclaringSyntaxReferences)
                names.UnionWith(DisposedNames.In(reference.GetSyntax()));
        }

        return names;
    }

    /// <summary>Whether some member of the field's or property's type, of its bases or of those that derive from it, disposes it.</summary>
    public bool IsDisposed(ISymbol member)
    {
        if (member is IFieldSymbol { IsStatic: true, IsReadOnly: true } or IPropertySymbol { IsStatic: true, SetMethod: null }
            || member.ContainingType is not { DeclaringSyntaxReferences.IsEmpty: false, IsAnonymousType: false } type)
        {
            return true;
        }

        return Disposed(type).Contains(member.Name) || _derived.Value[type.Name].Any(derived => DisposedNames.In(derived).Contains(member.Name));
    }

    /// <summary>Whether it is a property whose setter has code of its own.</summary>
    public static bool HasSetter(ISymbol member) => member is IPropertySymbol { SetMethod.DeclaringSyntaxReferences: [var reference, ..] }
        && reference.GetSyntax() is AccessorDeclarationSyntax accessor && (accessor.Body ?? (SyntaxNode?)accessor.ExpressionBody) is not null;

    /// <summary>The declarations of types by the names of their bases.</summary>
    private static ILookup<string, TypeDeclarationSyntax> FindDerived(Compilation compilation) => compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes(IsOutsideMembers).OfType<TypeDeclarationSyntax>())
        .SelectMany(type => type.BaseList?.Types ?? [], (type, listed) => (Base: NameOf(listed.Type), Type: type))
        .Where(derived => derived.Base is not null)
        .ToLookup(derived => derived.Base!, derived => derived.Type);

    private static bool IsOutsideMembers(SyntaxNode node) => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;

    private static string? NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        _ => null,
    };

    private static IEnumerable<(ExpressionSyntax Target, ExpressionSyntax Value)> Pairs(ExpressionSyntax left, ExpressionSyntax right)
    {
        if (left is not TupleExpressionSyntax targets || right is not TupleExpressionSyntax values)
            return [(left, right)];
        return targets.Arguments.Zip(values.Arguments, (target, value) => (target.Expression, value.Expression));
    }

    private static string? MemberName(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool Mentions(SyntaxNode expression, string name) =>
        expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.ValueText == name);
}
