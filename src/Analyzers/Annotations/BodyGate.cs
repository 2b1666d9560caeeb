using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Tells cheaply which bodies can matter: those that name a member with an annotation, or a guard.</summary>
/// <remarks>
/// Names are compared first; only a name that matches is bound. A body that the gate keeps out costs one pass over its tokens. Safe for concurrent use.
/// </remarks>
internal sealed class BodyGate(AnnotationReader annotations)
{
    public bool IsOpen(SyntaxNode block, ISymbol owner, SemanticModel model, CancellationToken cancellationToken)
    {
        var names = annotations.Names;
        if (names.HasUnnamed || IsAnnotated(owner))
            return true;
        foreach (var token in block.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || !names.Contains(token.ValueText))
                continue;
            if (token.Parent is not SimpleNameSyntax name)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            var info = model.GetSymbolInfo(name, cancellationToken);
            if (Matters(info.Symbol) || info.CandidateSymbols.Any(Matters))
                return true;
        }

        return false;
    }

    private bool IsAnnotated(ISymbol owner) => owner is IMethodSymbol method
        && (!annotations.Of(method).IsEmpty || method.Parameters.Any(parameter => annotations.Known.IsGuard(parameter.Type)));

    private bool Matters(ISymbol? symbol) => symbol switch
    {
        null => false,
        INamedTypeSymbol type => annotations.Known.IsGuard(type) || type.InstanceConstructors.Any(constructor => !annotations.Of(constructor).IsEmpty),
        ILocalSymbol local => annotations.Known.IsGuard(local.Type),
        IParameterSymbol parameter => annotations.Known.IsGuard(parameter.Type),
        _ => !annotations.Of(symbol).IsEmpty || HandsOutGuard(symbol),
    };

    private bool HandsOutGuard(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => CarriesGuard(method.ReturnType) || method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out && annotations.Known.IsGuard(parameter.Type)),
        IPropertySymbol property => CarriesGuard(property.Type),
        IFieldSymbol field => CarriesGuard(field.Type),
        _ => false,
    };

    private bool CarriesGuard(ITypeSymbol type)
    {
        type = annotations.Known.TaskResult(type) ?? type;
        return annotations.Known.IsGuard(type)
            || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(element => annotations.Known.IsGuard(element.Type)));
    }
}
