using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Tells cheaply which bodies can matter: those that name a member with an annotation, or a guard.</summary>
/// <remarks>
/// The text is compared first; only a name that matches is bound. A body that the gate keeps out costs one pass over its characters. Safe for concurrent use.
/// </remarks>
internal sealed class BodyGate(AnnotationReader annotations)
{
    public bool IsOpen(SyntaxNode block, ISymbol owner, SemanticModel model, CancellationToken cancellationToken)
    {
        var names = annotations.Names;
        if (names.HasUnnamed || IsAnnotated(owner) || names.IsCalled(owner.ContainingType))
            return true;
        var scanner = new NameScanner(block.SyntaxTree.GetText(cancellationToken), block.Span);
        while (scanner.MoveNext())
        {
            if (names.MayMatter(scanner.Hash) && Matters(block.FindToken(scanner.Start), model, cancellationToken))
                return true;
        }

        return (scanner.HasOtherSpellings && block.DescendantTokens().Any(token => Matters(token, model, cancellationToken)))
            || (names.HasIndexers && block.DescendantNodes().Any(node => IsAnnotatedAccess(node, model, cancellationToken)));
    }

    private bool Matters(SyntaxToken token, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!token.IsKind(SyntaxKind.IdentifierToken) || !annotations.Names.Matters(token.ValueText) || token.Parent is not SimpleNameSyntax name)
            return false;
        cancellationToken.ThrowIfCancellationRequested();
        // An annotated lambda is called by no name of its own, but says so in the body that it is in.
        if (name.FirstAncestorOrSelf<AttributeSyntax>()?.FirstAncestorOrSelf<LambdaExpressionSyntax>() is not null)
            return true;
        var info = model.GetSymbolInfo(name, cancellationToken);
        return Matters(info.Symbol) || info.CandidateSymbols.Any(Matters);
    }

    private bool IsAnnotatedAccess(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) => node switch
    {
        ElementAccessExpressionSyntax or ElementBindingExpressionSyntax => model.GetSymbolInfo(node, cancellationToken) is var info
            && (Matters(info.Symbol) || info.CandidateSymbols.Any(Matters)),
        ImplicitElementAccessSyntax or ListPatternSyntax => true,
        _ => false,
    };

    private bool IsAnnotated(ISymbol owner) => owner is IMethodSymbol method
        && ((annotations.Names.MayBeAnnotated(method) && !annotations.Of(method).IsEmpty) || HasGuard(method));

    private bool HasGuard(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (annotations.Known.IsGuard(parameter.Type) || MakesGuard(parameter.Type))
                return true;
        }

        return false;
    }

    private bool Matters(ISymbol? symbol) => symbol switch
    {
        null => false,
        INamedTypeSymbol type => annotations.Known.IsGuard(type) || annotations.Names.IsCalled(type) || type.InstanceConstructors.Any(constructor => !annotations.Of(constructor).IsEmpty),
        ILocalSymbol local => annotations.Known.IsGuard(local.Type) || annotations.Names.IsCalled(local.Type),
        IEventSymbol changed => Matters(changed.AddMethod) || Matters(changed.RemoveMethod) || annotations.Names.IsCalledThrough(changed),
        IParameterSymbol parameter => annotations.Known.IsGuard(parameter.Type) || annotations.Names.IsCalled(parameter.Type),
        _ => !annotations.Of(symbol).IsEmpty || HandsOutGuard(symbol) || annotations.Names.IsCalledThrough(symbol),
    };

    private bool HandsOutGuard(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => CarriesGuard(method.ReturnType) || method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out && annotations.Known.IsGuard(parameter.Type)),
        IPropertySymbol property => CarriesGuard(property.Type),
        IFieldSymbol field => CarriesGuard(field.Type),
        _ => false,
    };

    /// <summary>Whether it is a delegate that answers with a guard.</summary>
    private bool MakesGuard(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoke } && CarriesGuard(invoke.ReturnType);

    private bool CarriesGuard(ITypeSymbol type)
    {
        type = annotations.Known.TaskResult(type) ?? type;
        return annotations.Known.IsGuard(type) || MakesGuard(type)
            || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(element => annotations.Known.IsGuard(element.Type)));
    }
}
