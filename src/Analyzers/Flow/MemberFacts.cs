using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What a parameter must be, for the call to return: what <c>[NotNull]</c> and <c>[DoesNotReturnIf]</c> say.</summary>
internal enum ArgumentTest
{
    NotNull,
    True,
    False,
}

/// <summary>What goes for every call of a method, wherever it stands.</summary>
/// <param name="Annotations">What the method says of locks.</param>
/// <param name="HandsOutGuard">Whether it returns a guard: itself, in a task or in a tuple.</param>
/// <param name="OnlyLends">Whether the guard that it returns is somebody else's to dispose.</param>
/// <param name="Tests">The arguments that must be so that it returns, by ordinal.</param>
/// <param name="NotNullWhen">The argument that is not null where the call answers so.</param>
/// <param name="DoesNotReturn">Whether it never does.</param>
/// <param name="IsPure">Whether it answers the same each time.</param>
internal sealed record CallFacts(
    MemberAnnotations Annotations,
    bool HandsOutGuard,
    bool OnlyLends,
    ImmutableArray<(int Ordinal, ArgumentTest Test)> Tests,
    (int Ordinal, bool Outcome)? NotNullWhen,
    bool DoesNotReturn,
    bool IsPure)
{
    /// <summary>The argument that it returns, by ordinal, and nothing else; -1 for its receiver.</summary>
    public int? PassesOn { get; init; }

    /// <summary>Whether nothing is to be said of a call, but that it may throw.</summary>
    public bool IsPlain { get; } = Annotations.IsEmpty && !HandsOutGuard && !OnlyLends && Tests.IsEmpty && NotNullWhen is null && !DoesNotReturn && !IsPure;
}

/// <summary>What declarations say of members, worked out once each for a compilation. Safe for concurrent use.</summary>
internal sealed class MemberFacts(AnnotationReader annotations, OwnershipFacts ownership)
{
    private readonly ConcurrentDictionary<IMethodSymbol, CallFacts> _calls = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<(int Parameter, ISymbol Member)>> _filled = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IPropertySymbol, ImmutableArray<ISymbol>> _canonical = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ISymbol, IPropertySymbol?> _showing = new(SymbolEqualityComparer.Default);

    public CallFacts Of(IMethodSymbol method) =>
        _calls.TryGetValue(method.OriginalDefinition, out var facts) ? facts : _calls.GetOrAdd(method.OriginalDefinition, ReadCall);

    /// <summary>The property that this one implements or overrides, or the field that it just returns; where it returns a member of another member, both.</summary>
    public ImmutableArray<ISymbol> Canonical(IPropertySymbol property) =>
        _canonical.TryGetValue(property, out var canonical) ? canonical : _canonical.GetOrAdd(property, FindCanonical);

    /// <summary>
    /// The property that answers with a namespace in a field or in a captured parameter, where it stands for more than that: it overrides or implements another one,
    /// or there is no field. Both are the same namespace.
    /// </summary>
    public IPropertySymbol? Showing(ISymbol place) => annotations.Known.IsNamespace((place as IFieldSymbol)?.Type ?? (place as IParameterSymbol)?.Type)
        ? _showing.GetOrAdd(place, FindShowing)
        : null;

    private IPropertySymbol? FindShowing(ISymbol place)
    {
        foreach (var member in place.IsStatic ? [] : place.ContainingType?.GetMembers() ?? [])
        {
            if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property && NameOf(property) == place.Name && annotations.Known.IsNamespace(property.Type)
                && !(Canonical(property) is [IFieldSymbol field] && KnownSymbols.Same(field, place)))
            {
                return property;
            }
        }

        return null;
    }

    /// <summary>The members that a constructor fills with an argument as it is.</summary>
    public ImmutableArray<(int Parameter, ISymbol Member)> FilledBy(IMethodSymbol constructor) =>
        _filled.TryGetValue(constructor, out var members) ? members : _filled.GetOrAdd(constructor, made => ConstructedMembers.Of(made, annotations.Known));

    private CallFacts ReadCall(IMethodSymbol method)
    {
        // A type parameter's guard is an element of something: lent.
        var returnsGuard = !annotations.Known.GuardsIn(method.ReturnType).IsEmpty;
        var lends = returnsGuard && ownership.OnlyLends(method);
        var notNullWhen = default((int, bool)?);
        var tests = ImmutableArray.CreateBuilder<(int, ArgumentTest)>();
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.None)
                continue;
            foreach (var attribute in parameter.GetAttributes())
            {
                if (TestIn(attribute) is { } test)
                    tests.Add((parameter.Ordinal, test));
                if (attribute is { AttributeClass: { Name: "NotNullWhenAttribute" } type, ConstructorArguments: [{ Value: bool outcome }] } && IsCodeAnalysis(type))
                    notNullWhen = (parameter.Ordinal, outcome);
            }
        }

        var (doesNotReturn, isPure) = (false, false);
        foreach (var attribute in method.GetAttributes())
        {
            doesNotReturn |= attribute.AttributeClass is { Name: "DoesNotReturnAttribute" } type && IsCodeAnalysis(type);
            isPure |= attribute.AttributeClass is { Name: "PureAttribute", ContainingNamespace.Name: "Contracts" };
        }

        return new CallFacts(annotations.Of(method), returnsGuard && !lends, lends, tests.ToImmutable(), notNullWhen, doesNotReturn, isPure)
        {
            PassesOn = lends || (method.ReturnType is ITypeParameterSymbol && method.Parameters.Any(parameter => KnownSymbols.Same(parameter.Type, method.ReturnType)))
                ? OwnershipFacts.PassedOn(method)
                : null,
        };
    }

    private static ArgumentTest? TestIn(AttributeData attribute) => attribute switch
    {
        { AttributeClass: null } => null,
        { AttributeClass.Name: "NotNullAttribute" } => IsCodeAnalysis(attribute.AttributeClass) ? ArgumentTest.NotNull : null,
        { AttributeClass.Name: "DoesNotReturnIfAttribute", ConstructorArguments: [{ Value: bool when }] } when IsCodeAnalysis(attribute.AttributeClass) =>
            when ? ArgumentTest.False : ArgumentTest.True,
        _ => null,
    };

    private static bool IsCodeAnalysis(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "CodeAnalysis", ContainingNamespace.Name: "Diagnostics" };

    private static ImmutableArray<ISymbol> FindCanonical(IPropertySymbol property)
    {
        if (!property.Parameters.IsEmpty)
            return [property];
        ISymbol current = property;
        for (var i = 0; i < 8; i++)
        {
            if (AnnotationReader.Overridden(current).FirstOrDefault() is not { } overridden)
                break;
            current = overridden;
        }

        return ReferenceEquals(current, property) ? Returned(property) ?? [property] : [current];
    }

    /// <summary>The name of its own that a property just answers with.</summary>
    private static string? NameOf(IPropertySymbol property) => OwnName(AnswerOf(property));

    private static ExpressionSyntax? AnswerOf(IPropertySymbol property)
    {
        if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not PropertyDeclarationSyntax declaration)
            return null;
        var getter = declaration.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        return declaration.ExpressionBody?.Expression ?? getter?.ExpressionBody?.Expression
            ?? (getter?.Body?.Statements is [ReturnStatementSyntax { Expression: { } expression }] ? expression : null);
    }

    private static ImmutableArray<ISymbol>? Returned(IPropertySymbol property)
    {
        var returned = AnswerOf(property);
        if (OwnName(returned) is { } name)
            return name == property.Name ? null : PlaceOf(property, name) is { } place ? place is IPropertySymbol own ? FindCanonical(own) : [place] : null;
        // What can be overridden may answer something else than what it forwards.
        return returned is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var last } } access && OwnName(access.Expression) is { } first
            && !property.IsVirtual && PlaceOf(property, first) is { } owner
            && KnownSymbols.MemberNamed((owner as IFieldSymbol)?.Type ?? ((IPropertySymbol)owner).Type, last) is { IsStatic: false } member
            ? [owner, member]
            : null;
    }

    /// <summary>A field, or a property that is one.</summary>
    private static ISymbol? PlaceOf(IPropertySymbol property, string name) => FieldOf(property, name) ?? property.ContainingType.GetMembers()
        .OfType<IFieldSymbol>().FirstOrDefault(field => field.AssociatedSymbol is IPropertySymbol own && own.Name == name && own.IsStatic == property.IsStatic)?.AssociatedSymbol;

    /// <summary>The name of a member of the object at hand.</summary>
    private static string? OwnName(ExpressionSyntax? expression) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax member } => member.Identifier.ValueText,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => OwnName(inner.Operand),
        _ => null,
    };

    private static ISymbol? FieldOf(IPropertySymbol property, string name) =>
        property.ContainingType.GetMembers(name).FirstOrDefault(member => member is IFieldSymbol && member.IsStatic == property.IsStatic);
}
