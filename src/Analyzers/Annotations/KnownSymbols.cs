using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The types that the analyzers look for, resolved once a compilation.</summary>
internal sealed class KnownSymbols
{
    private const string Library = "NamespaceLocking.";

    private KnownSymbols(Compilation compilation, INamedTypeSymbol lockGuard)
    {
        LockGuard = lockGuard;
        AcquiresLock = compilation.GetTypeByMetadataName(Library + "AcquiresLockAttribute");
        RequiresLock = compilation.GetTypeByMetadataName(Library + "RequiresLockAttribute");
        AssertsLock = compilation.GetTypeByMetadataName(Library + "AssertsLockAttribute");
        ExcludesLock = compilation.GetTypeByMetadataName(Library + "ExcludesLockAttribute");
        GuardedBy = compilation.GetTypeByMetadataName(Library + "GuardedByAttribute");
        TakesOwnership = compilation.GetTypeByMetadataName(Library + "TakesOwnershipAttribute");
        InNamespace = compilation.GetTypeByMetadataName(Library + "InNamespaceAttribute");
        DescendantOf = compilation.GetTypeByMetadataName(Library + "DescendantOfAttribute");
        AncestorOf = compilation.GetTypeByMetadataName(Library + "AncestorOfAttribute");
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
    public INamedTypeSymbol? AcquiresLock { get; }
    public INamedTypeSymbol? RequiresLock { get; }
    public INamedTypeSymbol? AssertsLock { get; }
    public INamedTypeSymbol? ExcludesLock { get; }
    public INamedTypeSymbol? GuardedBy { get; }
    public INamedTypeSymbol? TakesOwnership { get; }
    public INamedTypeSymbol? InNamespace { get; }
    public INamedTypeSymbol? DescendantOf { get; }
    public INamedTypeSymbol? AncestorOf { get; }
    public INamedTypeSymbol? BackupNamespace { get; }
    public INamedTypeSymbol? Task { get; }
    public INamedTypeSymbol? TaskOfT { get; }
    public INamedTypeSymbol? ValueTask { get; }
    public INamedTypeSymbol? ValueTaskOfT { get; }
    public INamedTypeSymbol? Interlocked { get; }
    public INamedTypeSymbol? Expression { get; }
    public INamedTypeSymbol? Enumerable { get; }

    /// <summary>Null where the library is not referenced: nothing is to be analysed then.</summary>
    public static KnownSymbols? From(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Library + "LockGuardAttribute") is { } lockGuard ? new KnownSymbols(compilation, lockGuard) : null;

    public bool IsNamespace(ITypeSymbol? type) => type is not null && Same(type, BackupNamespace);

    /// <summary>Whether the type, what it derives from or implements, or what a type parameter must be, is marked <c>[LockGuard]</c>.</summary>
    public bool IsGuard(ITypeSymbol? type)
    {
        switch (type)
        {
            case null or IErrorTypeSymbol:
                return false;
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
            if (HasAttribute(current, LockGuard))
                return true;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.SpecialType == SpecialType.None && HasAttribute(implemented, LockGuard))
                return true;
        }

        return false;
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

    /// <summary>The type that an <c>await</c> of this type yields; null where it is no task.</summary>
    public ITypeSymbol? TaskResult(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments: [var result] } named && (Same(named.OriginalDefinition, TaskOfT) || Same(named.OriginalDefinition, ValueTaskOfT))
            ? result
            : null;

    public bool IsTask(ITypeSymbol? type) =>
        TaskResult(type) is not null || (type is not null && (Same(type, Task) || Same(type, ValueTask)));

    public static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    private static bool HasAttribute(ISymbol symbol, INamedTypeSymbol attribute)
    {
        foreach (var data in symbol.GetAttributes())
        {
            if (Same(data.AttributeClass, attribute))
                return true;
        }

        return false;
    }
}
