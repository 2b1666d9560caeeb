using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Repairs;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Names a namespace of a member's body as its callers can: by a parameter, by <c>this</c>, by a static member of a type.</summary>
/// <param name="owner">The member that is to carry the annotation.</param>
internal sealed class CallerPaths(RepairContext context, ISymbol owner)
{
    /// <summary>An identifier that is not marked as the keyword would be a method's name.</summary>
    private static readonly SyntaxToken NameOf = Identifier(default, SyntaxKind.NameOfKeyword, "nameof", "nameof", default);

    /// <summary>The argument of the annotation: <c>nameof(ns)</c>, <c>"group.Namespace"</c>; null where callers cannot name it.</summary>
    public ExpressionSyntax? OfNamespace(ExpressionSyntax expression) => context.Known.IsNamespace(Bind(expression)?.Type) ? Of(expression) : null;

    /// <summary>As <see cref="OfNamespace"/>, for a value of any type.</summary>
    public ExpressionSyntax? Of(ExpressionSyntax expression)
    {
        if (Bind(expression) is not { } bound)
            return null;
        return bound is { Root: PathRoot.Parameter, Members.IsEmpty: true }
            ? InvocationExpression(IdentifierName(NameOf), ArgumentList(SingletonSeparatedList(Argument(expression.WithoutTrivia()))))
            : LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(bound.Text));
    }

    private LockPath? Bind(ExpressionSyntax expression) =>
        PathOf(expression) is { } path && new PathBinder(context.Model.Compilation).Bind(path, owner, out _) is { } bound && bound.Members.All(IsSeenByCallers) ? bound : null;

    private bool IsSeenByCallers(ISymbol member) => member.DeclaredAccessibility >= owner.DeclaredAccessibility;

    private string? PathOf(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ThisExpressionSyntax:
                return "this";
            case IdentifierNameSyntax name:
                return SymbolOf(expression) switch
                {
                    IParameterSymbol parameter => LockPath.Parameters(owner).Any(own => own.Name == parameter.Name && IsOwn(parameter)) ? parameter.Name : null,
                    IFieldSymbol or IPropertySymbol and { IsStatic: false } => "this." + name.Identifier.ValueText,
                    INamedTypeSymbol or IFieldSymbol or IPropertySymbol => name.Identifier.ValueText,
                    _ => null,
                };
            case MemberAccessExpressionSyntax access when SymbolOf(access) is IFieldSymbol or IPropertySymbol:
                return PathOf(access.Expression) is { } path ? path + "." + access.Name.Identifier.ValueText : null;
            default:
                return null;
        }
    }

    /// <summary>Whether it is the member's own parameter, or the one of its accessor that stands for it.</summary>
    private bool IsOwn(IParameterSymbol parameter) => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, owner)
        || (parameter.ContainingSymbol is IMethodSymbol { AssociatedSymbol: { } property } && SymbolEqualityComparer.Default.Equals(property, owner));

    private ISymbol? SymbolOf(ExpressionSyntax expression) =>
        context.Model.GetSpeculativeSymbolInfo(context.Node.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol;
}
