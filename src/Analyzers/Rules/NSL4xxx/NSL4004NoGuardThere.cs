using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>A guard that nobody could dispose, or a promise of a guard by a member that hands out none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NSL4004NoGuardThere : DeclarationAnalyzer
{
    /// <summary>For the compiler, which makes one.</summary>
    public NSL4004NoGuardThere()
        : base(Descriptors.NSL4004NoGuardThere)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext start, AnnotationReader annotations)
    {
        var handedOut = new HandedOutGuards(annotations.Known);
        var disposable = start.Compilation.GetSpecialType(SpecialType.System_IDisposable);
        var asyncDisposable = start.Compilation.GetTypeByMetadataName("System.IAsyncDisposable");
        new AnnotationSites(annotations, Judge).Register(start);

        Diagnostic? Judge(StatedAnnotation stated, ISymbol symbol) => stated.Kind switch
        {
            AnnotationKind.LockGuard when symbol is INamedTypeSymbol type && !CanBeDisposed(type) =>
                At(stated.Location, stated.Kind, type.Name, "cannot be disposed", "implement IDisposable or IAsyncDisposable, which releases the lock"),
            AnnotationKind.AcquiresLock when !handedOut.MayHandOut(symbol) =>
                At(stated.Location, stated.Kind, symbol.Name == ".ctor" ? symbol.ContainingType.Name : symbol.Name, "hands out no guard",
                    "return a type that is marked [LockGuard], itself, in a task, in a tuple or by 'out'"),
            _ => null,
        };

        bool CanBeDisposed(INamedTypeSymbol type) =>
            type.AllInterfaces.Any(implemented => KnownSymbols.Same(implemented, disposable) || KnownSymbols.Same(implemented, asyncDisposable))
            || IsHalfTyped(type)
            || (type.IsRefLikeType && type.GetMembers().Any(member =>
                member is IMethodSymbol { Name: "Dispose" or "DisposeAsync", IsStatic: false, Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal }));
    }

    /// <summary>Whether something that it derives from cannot be found: that may be what makes it disposable.</summary>
    private static bool IsHalfTyped(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(implemented => implemented.TypeKind == TypeKind.Error) || Bases(type).Any(current => current.TypeKind == TypeKind.Error);

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            yield return current;
    }
}
