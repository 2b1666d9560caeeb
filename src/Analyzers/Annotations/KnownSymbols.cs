using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The types that the analyzers look for, resolved once a compilation.</summary>
internal sealed class KnownSymbols
{
    private const string Library = "NamespaceLocking.";

    private readonly Dictionary<INamedTypeSymbol, AnnotationKind> _kinds = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _guards = new(SymbolEqualityComparer.Default);
    private readonly ImmutableHashSet<ISymbol> _statedGuards;

    private KnownSymbols(Compilation compilation, INamedTypeSymbol lockGuard, ImmutableHashSet<ISymbol> statedGuards)
    {
        LockGuard = lockGuard;
        _statedGuards = statedGuards;
        foreach (var kind in AnnotationKinds.All)
        {
            if (compilation.GetTypeByMetadataName($"{Library}{kind}Attribute") is { } attribute)
                _kinds.Add(attribute, kind);
        }

        BackupNamespace = compilation.GetTypeByMetadataName(Library + "BackupNamespace");
        Task = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
        TaskOfT = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");
        ValueTask = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
        ValueTaskOfT = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
        Interlocked = compilation.GetTypeByMetadataName("System.Threading.Interlocked");
        Expression = compilation.GetTypeByMetadataName("System.Linq.Expressions.Expression`1");
        Enumerable = compilation.GetTypeByMetadataName("System.Linq.Enumerable");
    }

    public INamedTypeSymbol LockGuard { get; }
    public INamedTypeSymbol? BackupNamespace { get; }
    public INamedTypeSymbol? Task { get; }
    public INamedTypeSymbol? TaskOfT { get; }
    public INamedTypeSymbol? ValueTask { get; }
    public INamedTypeSymbol? ValueTaskOfT { get; }
    public INamedTypeSymbol? Interlocked { get; }
    public INamedTypeSymbol? Expression { get; }
    public INamedTypeSymbol? Enumerable { get; }

    /// <summary>The guard types that files of annotations name; their own declarations do not say it.</summary>
    public ImmutableHashSet<ISymbol> StatedGuards => _statedGuards;

    /// <summary>Null where the library is not referenced: nothing is to be analysed then.</summary>
    /// <param name="compilation">What is analysed.</param>
    /// <param name="statedGuards">Types that are guards although their declarations do not say it.</param>
    public static KnownSymbols? From(Compilation compilation, ImmutableHashSet<ISymbol>? statedGuards = null) =>
        compilation.GetTypeByMetadataName(Library + "LockGuardAttribute") is { } lockGuard
            ? new KnownSymbols(compilation, lockGuard, statedGuards ?? ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default))
            : null;

    public AnnotationKind? KindOf(INamedTypeSymbol? attribute) =>
        attribute is not null && _kinds.TryGetValue(attribute, out var kind) ? kind : null;

    public bool IsNamespace(ITypeSymbol? type) => type is not null && Same(type, BackupNamespace);

    /// <summary>Whether the type, what it derives from or implements, or what a type parameter must be, is marked <c>[LockGuard]</c>.</summary>
    public bool IsGuard(ITypeSymbol? type) => type is not (null or IErrorTypeSymbol or { SpecialType: not SpecialType.None })
        && (_guards.TryGetValue(type, out var isGuard) ? isGuard : _guards.GetOrAdd(type, ComputeIsGuard));

    private bool ComputeIsGuard(ITypeSymbol type)
    {
        switch (type)
        {
            case ITypeParameterSymbol parameter:
                foreach (var constraint in parameter.ConstraintTypes)
                {
                    if (constraint is not ITypeParameterSymbol && IsGuard(constraint))
                        return true;
                }

                return false;
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] }:
                return IsGuard(underlying);
        }

        for (var current = type; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            if (IsMarked(current))
                return true;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.SpecialType == SpecialType.None && IsMarked(implemented))
                return true;
        }

        return false;
    }

    /// <summary>The guards that a value of the type carries: itself, what a task yields, the elements of a tuple.</summary>
    public ImmutableArray<(IFieldSymbol? Element, ITypeSymbol Type)> GuardsIn(ITypeSymbol? type)
    {
        type = TaskResult(type) ?? type;
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
            return [.. tuple.TupleElements.Where(element => IsGuard(element.Type)).Select(element => ((IFieldSymbol?)element, element.Type))];
        return type is not ITypeParameterSymbol && IsGuard(type) ? [(null, type!)] : [];
    }

    /// <summary>Whether values of the type are bundles of others: <c>(A, B)</c>, <c>Tuple&lt;A, B&gt;</c>.</summary>
    public static bool IsTuple(ITypeSymbol? type) => type is { IsTupleType: true }
        or INamedTypeSymbol { Name: "Tuple", Arity: > 0, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether the type is one of <c>System</c>, or of a namespace in it.</summary>
    public static bool IsFramework(ITypeSymbol? type)
    {
        var space = type?.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name == "System";
    }

    /// <summary>The <c>Namespace</c> that a guard, a group or a snapshot carries.</summary>
    public IPropertySymbol? NamespaceProperty(ITypeSymbol? type)
    {
        if (type is ITypeParameterSymbol parameter)
            type = parameter.ConstraintTypes.FirstOrDefault();
        return type is null ? null : MemberNamed(type, "Namespace") is IPropertySymbol property && IsNamespace(property.Type) ? property : null;
    }

    /// <summary>The property or field of that name, in the type, its bases or its interfaces.</summary>
    public static ISymbol? MemberNamed(ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IFieldSymbol or IPropertySymbol { IsIndexer: false })
                    return member;
            }
        }

        foreach (var implemented in type.AllInterfaces)
        {
            foreach (var member in implemented.GetMembers(name))
            {
                if (member is IPropertySymbol { IsIndexer: false })
                    return member;
            }
        }

        return null;
    }

    /// <summary>The parameter of that name that the type is declared with, and that its members can read.</summary>
    public static IParameterSymbol? CapturedParameter(INamedTypeSymbol type, string name)
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter.Name == name && constructor.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax() is TypeDeclarationSyntax)
                    return parameter;
            }
        }

        return null;
    }

    /// <summary>The type that an <c>await</c> of this type yields; null where it is no task.</summary>
    public ITypeSymbol? TaskResult(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments: [var result] } named && (Same(named.OriginalDefinition, TaskOfT) || Same(named.OriginalDefinition, ValueTaskOfT))
            ? result
            : null;

    public bool IsTask(ITypeSymbol? type) =>
        TaskResult(type) is not null || (type is not null && (Same(type, Task) || Same(type, ValueTask)));

    public static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    private bool IsMarked(ITypeSymbol type)
    {
        foreach (var data in type.GetAttributes())
        {
            if (Same(data.AttributeClass, LockGuard))
                return true;
        }

        return !_statedGuards.IsEmpty && _statedGuards.Contains(type.OriginalDefinition);
    }
}
