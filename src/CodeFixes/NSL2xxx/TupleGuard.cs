using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that is an element of a tuple: it gets a variable in the deconstruction, which keeps its other parts, and that is disposed with <c>using</c>.</summary>
internal static class TupleGuard
{
    public static IEnumerable<Proposal> Propose(RepairContext context, GuardValue value)
    {
        var elements = ((INamedTypeSymbol)value.Type!).TupleElements;
        var index = elements.IndexOf(elements.FirstOrDefault(element => context.Known.IsGuard(element.Type))!);
        if (index < 0 || StatementPlace.Of(value.Outer) is not { } place || value.IsTask)
            return [];
        var guard = elements[index].Type;
        var scope = new GuardScope(context, guard);
        var taken = value.TakeName(new FreeNames(context.Member), guard);
        switch (value.Outer.Parent)
        {
            case AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax names } }:
                return names.Variables[index] is SingleVariableDesignationSyntax named
                    ? Kept(named)
                    : scope.Propose(value.Outer, taken, statement => statement.ReplaceNode(names.Variables[index], Designation(taken)));
            case AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple }:
                return tuple.Arguments[index].Expression switch
                {
                    DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } => Kept(variable),
                    IdentifierNameSyntax name when context.Model.GetSymbolInfo(name).Symbol is ILocalSymbol => scope.Propose(value.Outer, name.Identifier.Text),
                    IdentifierNameSyntax or DeclarationExpressionSyntax => scope.Propose(value.Outer, taken, statement =>
                        statement.ReplaceNode(tuple.Arguments[index].Expression, DeclarationExpression(Var, Designation(taken)))),
                    _ => [],
                };
            case ExpressionStatementSyntax:
                return scope.Propose(value.Outer, taken, statement => statement.ReplaceNode(value.Outer, Deconstructed(value.Outer, elements.Length, index, taken)));
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Parent: ExpressionStatementSyntax } discard:
                return scope.Propose(value.Outer, taken, statement => statement.ReplaceNode(discard, Deconstructed(value.Outer, elements.Length, index, taken)));
            default:
                return [];
        }

        IEnumerable<Proposal> Kept(SingleVariableDesignationSyntax designation) =>
            context.Model.GetDeclaredSymbol(designation) is { } local && !new GuardUses(context, local).Escapes ? scope.Propose(value.Outer, designation.Identifier.Text) : [];
    }

    /// <summary><c>var (nsGuard, _) = value</c></summary>
    private static AssignmentExpressionSyntax Deconstructed(ExpressionSyntax value, int count, int guard, string name)
    {
        var variables = Enumerable.Range(0, count).Select(i => i == guard ? (VariableDesignationSyntax)Designation(name) : DiscardDesignation());
        var separators = Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), count - 1);
        return AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            DeclarationExpression(Var, ParenthesizedVariableDesignation(SeparatedList(variables, separators))).WithTrailingTrivia(Space),
            Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
            value.WithoutTrivia());
    }

    private static IdentifierNameSyntax Var => IdentifierName("var").WithTrailingTrivia(Space);

    private static SingleVariableDesignationSyntax Designation(string name) => SingleVariableDesignation(Identifier(name));
}
