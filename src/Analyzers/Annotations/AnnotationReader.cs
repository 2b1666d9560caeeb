using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations.Files;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Turns attributes, and the lines of files, into <see cref="MemberAnnotations"/>, once a member and compilation.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class AnnotationReader
{
    private static readonly ConditionalWeakTable<Compilation, AnnotationReader> Readers = new();

    private readonly ConcurrentDictionary<ISymbol, MemberAnnotations> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _stores = new(SymbolEqualityComparer.Default);
    private readonly AnnotationBinder _binder;
    private readonly Lazy<AnnotatedNames> _names;

    private readonly ImmutableArray<AdditionalText> _source;

    private AnnotationReader(Compilation compilation, KnownSymbols known, StatedInFiles files, ImmutableArray<AdditionalText> source)
    {
        _source = source;
        Known = known;
        Files = files;
        _binder = new AnnotationBinder(compilation, known, IsStore);
        _names = new Lazy<AnnotatedNames>(() => AnnotatedNames.Of(compilation, this));
    }

    public KnownSymbols Known { get; }

    public StatedInFiles Files { get; }

    /// <summary>The names that code must mention to be worth a look.</summary>
    public AnnotatedNames Names => _names.Value;

    /// <summary>Null where the library is not referenced: nothing is to be analysed then.</summary>
    /// <remarks>All analyzers of a compilation share one. While somebody types in a file of annotations, the compilation may stay and the files change.</remarks>
    public static AnnotationReader? For(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        if (Readers.TryGetValue(compilation, out var reader) && reader._source == options.AdditionalFiles)
            return reader;
        if (KnownSymbols.From(compilation) is not { } known)
            return null;
        var files = StatedInFiles.Read(options.AdditionalFiles, compilation, cancellationToken);
        if (!files.Guards.IsEmpty)
            known = KnownSymbols.From(compilation, files.Guards)!;
        reader = new AnnotationReader(compilation, known, files, options.AdditionalFiles);
        return Readers.GetValue(compilation, _ => reader) is { } shared && shared._source == options.AdditionalFiles ? shared : reader;
    }

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

    /// <summary>What an object of the type holds, whichever constructor made it: what all those of the type say of <c>this</c>, or of the nearest base that says something.</summary>
    public ImmutableArray<LockTerm> PromisedByConstructors(INamedTypeSymbol? type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            var promises = current.InstanceConstructors
                .Where(constructor => !constructor.IsImplicitlyDeclared)
                .Select(constructor => Of(constructor).Acquires.RemoveAll(static term => term.Namespace.Root != PathRoot.This))
                .ToArray();
            if (promises.Length > 0 && promises.All(promise => !promise.IsEmpty))
                return promises[0];
        }

        return [];
    }

    /// <summary>Whether the type is a store: <c>this</c> is meant where one of its members names none.</summary>
    public bool IsStore(ITypeSymbol type) => _stores.GetOrAdd(type.OriginalDefinition, ComputeIsStore);

    private bool ComputeIsStore(ITypeSymbol type)
    {
        for (var current = type; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            if (current.GetMembers().Any(member => !member.IsStatic && Acquires(member)))
                return true;
        }

        return type.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.None && implemented.GetMembers().Any(Acquires));
    }

    private bool Acquires(ISymbol member) => member is IMethodSymbol { MethodKind: not MethodKind.Constructor } or IPropertySymbol
        && (member.GetAttributes().Any(attribute => Known.KindOf(attribute.AttributeClass) == AnnotationKind.AcquiresLock)
            || Files.Of(member.OriginalDefinition).Any(stated => stated.Kind == AnnotationKind.AcquiresLock));

    private MemberAnnotations ReadOrInherit(ISymbol member)
    {
        var own = Own(member);
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
        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var implemented in (member as IMethodSymbol)?.ExplicitInterfaceImplementations.CastArray<ISymbol>()
                ?? ((IPropertySymbol)member).ExplicitInterfaceImplementations.CastArray<ISymbol>())
            {
                yield return implemented;
            }

            yield break;
        }

        if (member.IsStatic && !member.IsOverride && type.AllInterfaces.IsEmpty)
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
        member.Name.EndsWith(candidate.Name, StringComparison.Ordinal)
        && (member.Name.Length == candidate.Name.Length || member.Name[member.Name.Length - candidate.Name.Length - 1] == '.');

    /// <summary>What the declaration and its parameters say, whether it can be bound or not.</summary>
    public IEnumerable<StatedAnnotation> Stated(ISymbol definition)
    {
        var invoke = (definition as INamedTypeSymbol)?.DelegateInvokeMethod;
        foreach (var stated in From(definition.GetAttributes(), AnnotationTarget.Member))
            yield return stated;
        foreach (var stated in From((definition as IMethodSymbol ?? invoke)?.GetReturnTypeAttributes() ?? [], AnnotationTarget.Return))
            yield return stated;
        foreach (var stated in definition is IPropertySymbol property ? OfAccessors(property) : [])
            yield return stated;
        foreach (var parameter in LockPath.Parameters(definition))
        {
            foreach (var stated in From(parameter.GetAttributes(), AnnotationTarget.Parameter, parameter.Ordinal))
                yield return stated;
        }

        foreach (var stated in Files.Of(definition))
            yield return stated;
    }

    /// <summary>
    /// What is written at the getter speaks of the value, and what is written at the only accessor, of the property. Of two accessors, each can require and exclude
    /// locks of its own.
    /// </summary>
    private IEnumerable<StatedAnnotation> OfAccessors(IPropertySymbol property)
    {
        var accessor = property.GetMethod ?? property.SetMethod;
        var isOnly = property.GetMethod is null || property.SetMethod is null;
        return From(accessor?.GetReturnTypeAttributes() ?? [], AnnotationTarget.Return)
            .Concat(From(accessor?.GetAttributes() ?? [], AnnotationTarget.Member)
                .Where(stated => isOnly || stated.Kind == AnnotationKind.AcquiresLock))
            .Concat(isOnly ? [] : AskedBy(property.GetMethod!, AnnotationTarget.Getter).Concat(AskedBy(property.SetMethod!, AnnotationTarget.Setter)));
    }

    private IEnumerable<StatedAnnotation> AskedBy(IMethodSymbol accessor, AnnotationTarget target) =>
        From(accessor.GetAttributes(), target).Where(stated => stated.Kind is AnnotationKind.RequiresLock or AnnotationKind.ExcludesLock);

    private IEnumerable<StatedAnnotation> From(ImmutableArray<AttributeData> attributes, AnnotationTarget target, int parameter = -1) =>
        attributes.IsEmpty ? [] : FromEach(attributes, target, parameter);

    private IEnumerable<StatedAnnotation> FromEach(ImmutableArray<AttributeData> attributes, AnnotationTarget target, int parameter) =>
        attributes.Select(attribute => StatedAnnotation.From(attribute, target, parameter, Known)).OfType<StatedAnnotation>();

    /// <summary>Why the annotation means nothing on the member; null where it does.</summary>
    public AnnotationProblem? Problem(StatedAnnotation stated, ISymbol member)
    {
        AnnotationProblem? problem = null;
        if (stated.Kind.IsRelation())
            _binder.Relation(stated, member, out problem);
        else if (stated.Kind.HasNamespace())
            _binder.Term(stated, member, out problem);
        return problem;
    }

    /// <summary>What the member says itself.</summary>
    public MemberAnnotations Own(ISymbol member)
    {
        List<StatedAnnotation>? all = null;
        foreach (var stated in Stated(member))
            (all ??= []).Add(stated);
        if (all is null)
            return MemberAnnotations.None;
        var parameters = all.Exists(stated => stated.Target == AnnotationTarget.Parameter)
            ? LockPath.Parameters(member).Select(parameter => OfParameter(all, parameter.Ordinal, member)).ToImmutableArray()
            : [];
        return new MemberAnnotations(
            Terms(all, AnnotationKind.RequiresLock, member), Terms(all, AnnotationKind.AcquiresLock, member), Terms(all, AnnotationKind.AssertsLock, member),
            Terms(all, AnnotationKind.ExcludesLock, member), Terms(all, AnnotationKind.GuardedBy, member).LastOrDefault(), parameters,
            Relations(all.Where(stated => stated.Target != AnnotationTarget.Parameter), member))
        {
            GetterRequires = Terms(all, AnnotationKind.RequiresLock, member, AnnotationTarget.Getter),
            SetterRequires = Terms(all, AnnotationKind.RequiresLock, member, AnnotationTarget.Setter),
            GetterExcludes = Terms(all, AnnotationKind.ExcludesLock, member, AnnotationTarget.Getter),
            SetterExcludes = Terms(all, AnnotationKind.ExcludesLock, member, AnnotationTarget.Setter),
        };
    }

    private ParameterAnnotations OfParameter(List<StatedAnnotation> all, int ordinal, ISymbol member)
    {
        var own = all.Where(stated => stated.Target == AnnotationTarget.Parameter && stated.Parameter == ordinal).ToList();
        return own.Count == 0
            ? ParameterAnnotations.None
            : new ParameterAnnotations(own.Exists(stated => stated.Kind == AnnotationKind.TakesOwnership),
                Terms(own, AnnotationKind.RequiresLock, member, AnnotationTarget.Parameter), Relations(own, member));
    }

    private ImmutableArray<LockTerm> Terms(
        List<StatedAnnotation> all, AnnotationKind kind, ISymbol member, AnnotationTarget target = AnnotationTarget.Member) =>
        [.. all.Where(stated => stated.Kind == kind && stated.Target == target).Select(stated => _binder.Term(stated, member, out _)).OfType<LockTerm>()];

    private ImmutableArray<RelationTerm> Relations(IEnumerable<StatedAnnotation> all, ISymbol member) =>
        [.. all.Where(stated => stated.Kind.IsRelation()).Select(stated => _binder.Relation(stated, member, out _)).OfType<RelationTerm>()];
}
