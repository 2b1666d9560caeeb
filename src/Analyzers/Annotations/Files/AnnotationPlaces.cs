using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Annotations.Files;

/// <summary>Where each attribute may stand: in source the compiler watches over it, in a file nobody else does.</summary>
internal static class AnnotationPlaces
{
    public static AnnotationProblem? Problem(AnnotationKind kind, AnnotationTarget target, ISymbol symbol) =>
        MayStand(kind, target, symbol) ? null : new AnnotationProblem(kind.ToString(), $"cannot be said of {Describe(target, symbol)}", Advice(kind));

    private static bool MayStand(AnnotationKind kind, AnnotationTarget target, ISymbol symbol)
    {
        var isCallable = symbol is IMethodSymbol or IPropertySymbol;
        var isDelegate = symbol is INamedTypeSymbol { TypeKind: TypeKind.Delegate };
        return target switch
        {
            AnnotationTarget.Parameter => kind is AnnotationKind.RequiresLock or AnnotationKind.TakesOwnership || kind.IsRelation(),
            AnnotationTarget.Return => kind.IsRelation() && (isCallable || isDelegate),
            _ => kind switch
            {
                AnnotationKind.LockGuard => symbol is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface },
                AnnotationKind.RequiresLock => isCallable || isDelegate,
                AnnotationKind.AcquiresLock or AnnotationKind.ExcludesLock => isCallable,
                AnnotationKind.AssertsLock => symbol is IMethodSymbol,
                AnnotationKind.GuardedBy => symbol is IFieldSymbol or IPropertySymbol,
                AnnotationKind.TakesOwnership => false,
                _ => symbol is IPropertySymbol,
            },
        };
    }

    private static string Describe(AnnotationTarget target, ISymbol symbol) => target switch
    {
        AnnotationTarget.Parameter => "a parameter",
        AnnotationTarget.Return => "a return value",
        _ => symbol switch
        {
            INamedTypeSymbol => $"the type '{symbol.Name}'",
            IMethodSymbol => $"the method '{symbol.Name}'",
            IPropertySymbol => $"the property '{symbol.Name}'",
            _ => $"the field '{symbol.Name}'",
        },
    };

    private static string Advice(AnnotationKind kind) => kind switch
    {
        AnnotationKind.LockGuard => "it is for types: write 'T:' and the type",
        AnnotationKind.TakesOwnership => "write 'param NAME: TakesOwnership'",
        AnnotationKind.GuardedBy => "it is for fields and properties",
        _ when kind.IsRelation() => $"write 'return: {kind}(…)' or 'param NAME: {kind}(…)'",
        _ => "it is for methods and properties",
    };
}
