using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Turns attributes into <see cref="MemberAnnotations"/>, once a member and compilation. The one place that knows the attributes.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class AnnotationReader(Compilation compilation, KnownSymbols known)
{
    private readonly ConcurrentDictionary<ISymbol, MemberAnnotations> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _stores = new(SymbolEqualityComparer.Default);

    public KnownSymbols Known => known;

    /// <summary>What the member says, or what it inherits where it says nothing itself.</summary>
    public MemberAnnotations Of(ISymbol? member)
    {
        if (member is null)
            return MemberAnnotations.None;
        member = Definition(member);
        return _members.TryGetValue(member, out var found) ? found : _members.GetOrAdd(member, ReadOrInherit);
    }

    /// <summary>The declaration that carries the attributes: of an accessor its property, of a constructed member its definition, of a delegate's Invoke the delegate.</summary>
    public static ISymbol Definition(ISymbol member)
    {
        if (member is IMethodSymbol method)
        {
            if (method.MethodKind == MethodKind.DelegateInvoke)
                return method.ContainingType.OriginalDefinition;
            method = method.ReducedFrom ?? method;
            method = method.PartialDefinitionPart ?? method;
            if (method.AssociatedSymbol is IPropertySymbol property)
                return property.OriginalDefinition;
            return method.OriginalDefinition;
        }

        return member.OriginalDefinition;
    }

    /// <summary>Whether the type is a store: <c>this</c> is meant where one of its members names none.</summary>
    public bool IsStore(ITypeSymbol type) => _stores.GetOrAdd(type.OriginalDefinition, ComputeIsStore);

    private bool ComputeIsStore(ITypeSymbol type)
    {
        for (var current = type; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: not MethodKind.Constructor } or IPropertySymbol
                    && !member.IsStatic && HasAttribute(member, known.AcquiresLock))
                {
                    return true;
                }
            }
        }

        return type.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.None
            && implemented.GetMembers().Any(member => HasAttribute(member, known.AcquiresLock)));
    }

    private MemberAnnotations ReadOrInherit(ISymbol member)
    {
        var own = Read(member);
        if (!own.IsEmpty)
            return own;
        foreach (var overridden in Overridden(member))
        {
            var inherited = Of(overridden);
            if (!inherited.IsEmpty)
                return inherited;
        }

        return MemberAnnotations.None;
    }

    /// <summary>What a member overrides or implements, the nearest first.</summary>
    public static IEnumerable<ISymbol> Overridden(ISymbol member)
    {
        if (member is not (IMethodSymbol or IPropertySymbol) || member.ContainingType is not { } type)
            yield break;
        if (member is IMethodSymbol { OverriddenMethod: { } method })
            yield return method;
        if (member is IPropertySymbol { OverriddenProperty: { } property })
            yield return property;
        if (type.TypeKind == TypeKind.Interface || member.IsStatic && !member.IsOverride && type.AllInterfaces.IsEmpty)
            yield break;
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.SpecialType != SpecialType.None)
                continue;
            foreach (var candidate in implemented.GetMembers())
            {
                if (candidate.Kind == member.Kind && CouldImplement(member, candidate)
                    && KnownSymbols.Same(type.FindImplementationForInterfaceMember(candidate), member))
                {
                    yield return candidate;
                }
            }
        }
    }

    private static bool CouldImplement(ISymbol member, ISymbol candidate) =>
        member.Name == candidate.Name || member.Name.EndsWith("." + candidate.Name, StringComparison.Ordinal);

    private MemberAnnotations Read(ISymbol member)
    {
        var requires = ImmutableArray.CreateBuilder<LockTerm>();
        var acquires = ImmutableArray.CreateBuilder<LockTerm>();
        var asserts = ImmutableArray.CreateBuilder<LockTerm>();
        var excludes = ImmutableArray.CreateBuilder<LockTerm>();
        var result = ImmutableArray.CreateBuilder<RelationTerm>();
        LockTerm? guardedBy = null;
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type)
                continue;
            if (KnownSymbols.Same(type, known.RequiresLock))
                AddTo(requires, Term(attribute, member, null));
            else if (KnownSymbols.Same(type, known.AcquiresLock))
                AddTo(acquires, Term(attribute, member, null));
            else if (KnownSymbols.Same(type, known.AssertsLock))
                AddTo(asserts, Term(attribute, member, null));
            else if (KnownSymbols.Same(type, known.ExcludesLock))
                AddTo(excludes, ModelessTerm(attribute, member, LockMode.Exclusive));
            else if (KnownSymbols.Same(type, known.GuardedBy))
                guardedBy = ModelessTerm(attribute, member, LockMode.Shared);
            else if (member is IPropertySymbol)
                AddTo(result, RelationOf(attribute, member));
        }

        if (member is IMethodSymbol method)
        {
            foreach (var attribute in method.GetReturnTypeAttributes())
                AddTo(result, RelationOf(attribute, member));
        }

        return new MemberAnnotations(requires.ToImmutable(), acquires.ToImmutable(), asserts.ToImmutable(), excludes.ToImmutable(),
            guardedBy, ReadParameters(member), result.ToImmutable());
    }

    private ImmutableArray<ParameterAnnotations> ReadParameters(ISymbol member)
    {
        var parameters = LockPath.Parameters(member);
        if (parameters.All(parameter => parameter.GetAttributes().IsEmpty))
            return [];
        var builder = ImmutableArray.CreateBuilder<ParameterAnnotations>(parameters.Length);
        foreach (var parameter in parameters)
        {
            var takesOwnership = false;
            var requires = ImmutableArray.CreateBuilder<LockTerm>();
            var relations = ImmutableArray.CreateBuilder<RelationTerm>();
            foreach (var attribute in parameter.GetAttributes())
            {
                if (KnownSymbols.Same(attribute.AttributeClass, known.TakesOwnership))
                    takesOwnership = true;
                else if (KnownSymbols.Same(attribute.AttributeClass, known.RequiresLock))
                    AddTo(requires, Term(attribute, member, parameter));
                else
                    AddTo(relations, RelationOf(attribute, member));
            }

            builder.Add(takesOwnership || requires.Count > 0 || relations.Count > 0
                ? new ParameterAnnotations(takesOwnership, requires.ToImmutable(), relations.ToImmutable())
                : ParameterAnnotations.None);
        }

        return builder.MoveToImmutable();
    }

    private LockTerm? Term(AttributeData attribute, ISymbol member, IParameterSymbol? parameter)
    {
        if (attribute.ConstructorArguments is not [{ Value: int mode }, ..] arguments || mode is not (0 or 1))
            return null;
        var path = arguments.Length > 1
            ? LockPath.Bind(arguments[1].Value as string, member, compilation)
            : DefaultNamespace(member, parameter);
        return path is null ? null : new LockTerm((LockMode)mode, path, StoreOf(attribute, member), attribute.ApplicationSyntaxReference);
    }

    private LockTerm? ModelessTerm(AttributeData attribute, ISymbol member, LockMode mode) =>
        attribute.ConstructorArguments is [{ Value: string text }, ..] && LockPath.Bind(text, member, compilation) is { } path
            ? new LockTerm(mode, path, StoreOf(attribute, member), attribute.ApplicationSyntaxReference)
            : null;

    private RelationTerm? RelationOf(AttributeData attribute, ISymbol member)
    {
        Relation relation;
        if (KnownSymbols.Same(attribute.AttributeClass, known.InNamespace))
            relation = Relation.Same;
        else if (KnownSymbols.Same(attribute.AttributeClass, known.DescendantOf))
            relation = Relation.Below;
        else if (KnownSymbols.Same(attribute.AttributeClass, known.AncestorOf))
            relation = Relation.Above;
        else
            return null;
        return attribute.ConstructorArguments is [{ Value: string text }, ..] && LockPath.Bind(text, member, compilation) is { } path
            ? new RelationTerm(relation, path, NamedStore(attribute, member))
            : null;
    }

    /// <summary>The one parameter that is a namespace or, where there is none, the guard parameter's or this object's own.</summary>
    private LockPath? DefaultNamespace(ISymbol member, IParameterSymbol? guardParameter)
    {
        var namespaces = LockPath.Parameters(member).Where(parameter => known.IsNamespace(parameter.Type)).Take(2).ToArray();
        if (namespaces.Length == 1)
            return LockPath.OfParameter(namespaces[0]);
        if (namespaces.Length > 1)
            return null;
        return LockPath.Bind(guardParameter is null ? "this.Namespace" : guardParameter.Name + ".Namespace", member, compilation);
    }

    private LockPath? StoreOf(AttributeData attribute, ISymbol member) =>
        NamedStore(attribute, member)
        ?? (member is IMethodSymbol { MethodKind: MethodKind.Constructor } || member.IsStatic || member.ContainingType is not { } type || !IsStore(type)
            ? null
            : LockPath.This);

    private LockPath? NamedStore(AttributeData attribute, ISymbol member)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == "Store" && argument.Value.Value is string text)
                return LockPath.Bind(text, member, compilation);
        }

        return null;
    }

    private static void AddTo<T>(ImmutableArray<T>.Builder builder, T? item)
        where T : class
    {
        if (item is not null)
            builder.Add(item);
    }

    private static bool HasAttribute(ISymbol member, INamedTypeSymbol? attribute) =>
        attribute is not null && member.GetAttributes().Any(data => KnownSymbols.Same(data.AttributeClass, attribute));
}
