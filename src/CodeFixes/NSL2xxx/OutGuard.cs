using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that comes out of an argument: <c>out _</c> becomes <c>out var nsGuard</c>, which <c>using</c> disposes.</summary>
internal static class OutGuard
{
    public static IEnumerable<Proposal> Propose(RepairContext context, GuardValue value, ArgumentSyntax argument)
    {
        var guard = context.TypeOf(argument.Expression);
        var scope = new GuardScope(context, guard);
        switch (argument.Expression)
        {
            case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable }:
                return GuardUses.OfDeclared(context, variable) is { Escapes: false } uses
                    ? scope.Propose(context.Node, variable.Identifier.Text, uses)
                    : [];
            case IdentifierNameSyntax name when context.SymbolOf(name) is ILocalSymbol local:
                return new GuardUses(context, local) is { Escapes: false } others ? scope.Propose(context.Node, name.Identifier.Text, others) : [];
            case IdentifierNameSyntax or DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax }:
                var taken = value.TakeName(new FreeNames(context.Member), guard);
                var written = Declared(argument.Expression, taken);
                return scope.Propose(context.Node, taken, rewrite: statement => statement.ReplaceNode(argument.Expression, written));
            default:
                return [];
        }
    }

    private static DeclarationExpressionSyntax Declared(ExpressionSyntax discard, string name)
    {
        var variable = SingleVariableDesignation(Identifier(name));
        return (discard as DeclarationExpressionSyntax)?.WithDesignation(variable)
            ?? DeclarationExpression(IdentifierName("var").WithTrailingTrivia(Space), variable).WithTriviaFrom(discard);
    }
}
