using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that comes out of an argument: <c>out _</c> becomes <c>out var nsGuard</c>, and that is disposed with <c>using</c>.</summary>
internal static class OutGuard
{
    public static IEnumerable<Proposal> Propose(RepairContext context, GuardValue value, ArgumentSyntax argument)
    {
        var guard = context.Model.GetTypeInfo(argument.Expression, context.CancellationToken).Type;
        switch (argument.Expression)
        {
            case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable }:
                return context.Model.GetDeclaredSymbol(variable) is { } local && !new GuardUses(context, local).Escapes
                    ? new GuardScope(context, guard).Propose(context.Node, variable.Identifier.Text)
                    : [];
            case IdentifierNameSyntax name when context.Model.GetSymbolInfo(name).Symbol is ILocalSymbol target:
                return new GuardUses(context, target).Escapes ? [] : new GuardScope(context, guard).Propose(context.Node, name.Identifier.Text);
            case IdentifierNameSyntax or DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax }:
                var taken = value.TakeName(new FreeNames(context.Member), guard);
                return new GuardScope(context, guard).Propose(context.Node, taken, statement => statement.ReplaceNode(argument.Expression, Declared(argument.Expression, taken)));
            default:
                return [];
        }
    }

    private static DeclarationExpressionSyntax Declared(ExpressionSyntax discard, string name) => discard is DeclarationExpressionSyntax typed
        ? typed.WithDesignation(SingleVariableDesignation(Identifier(name)))
        : DeclarationExpression(IdentifierName("var").WithTrailingTrivia(Space), SingleVariableDesignation(Identifier(name))).WithTriviaFrom(discard);
}
