using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>Tells which members hand out a namespace guard of which no declaration says what it holds.</summary>
internal sealed class UnstatedGuards(AnnotationReader annotations, OwnershipFacts ownership)
{
    private readonly HandedOutGuards _handedOut = new(annotations.Known);

    /// <summary>The type of the guard; null where there is nothing to ask.</summary>
    public ITypeSymbol? Of(ISymbol member)
    {
        if (member.IsImplicitlyDeclared || member is not (IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.UserDefinedOperator or MethodKind.Conversion }))
            return null;
        var guards = _handedOut.Of(member);
        if (guards.Count == 0)
            return null;
        var guard = guards.FirstOrDefault(type => annotations.Known.NamespaceProperty(type) is not null);
        return guard is null || IsStated(member) || Lends(member) || AnotherIsAsked(member) ? null : guard;
    }

    public static bool IsVisibleOutside(ISymbol member)
    {
        for (var symbol = member; symbol is not (null or INamespaceSymbol); symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }

    /// <summary>Whether it says so itself, or inherits it; that what it says names nothing is a mistake of its own.</summary>
    private bool IsStated(ISymbol member) =>
        annotations.Stated(member).Any(stated => stated.Kind == AnnotationKind.AcquiresLock)
        || (AnnotationReader.Definition(member) is var definition && !KnownSymbols.Same(definition, member) && IsStated(definition))
        || AnnotationReader.Overridden(member).Any(IsStated);

    /// <summary>Reading a property takes nothing, unless its getter acquires.</summary>
    private bool Lends(ISymbol member) => member is IPropertySymbol property ? !ownership.HandsOut(property) : ownership.OnlyLends(member);

    /// <summary>Where the base is asked, an answer there holds here too.</summary>
    private bool AnotherIsAsked(ISymbol member) => AnnotationReader.Overridden(member).Any(overridden =>
        overridden is IMethodSymbol && KnownSymbols.Same(overridden.ContainingAssembly, member.ContainingAssembly)
        && (overridden.IsAbstract || IsVisibleOutside(overridden)));
}
