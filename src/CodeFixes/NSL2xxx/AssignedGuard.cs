using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that is assigned to a variable declared before: the two become one declaration where they can, else the guard gets a scope.</summary>
internal static class AssignedGuard
{
    public static IEnumerable<Proposal> Propose(RepairContext context, GuardValue value, AssignmentExpressionSyntax assignment, IdentifierNameSyntax target)
    {
        if (context.Model.GetSymbolInfo(target, context.CancellationToken).Symbol is not ILocalSymbol local || value.IsTask)
            yield break;
        var uses = new GuardUses(context, local);
        if (uses.Escapes)
            yield break;
        var statement = (ExpressionStatementSyntax)assignment.Parent!;
        if (DeclarationAbove(context, local, uses, statement) is { } declaration)
        {
            var writer = UsingWriter.For(local.Type, statement, context.Model.Compilation);
            var root = Disposals.Remove(context.Root, [declaration, .. uses.SuperfluousDisposals(statement)], statement);
            var written = writer.Declaration(Joined(declaration, assignment));
            yield return new Proposal(
                $"Declare '{local.Name}' with '{writer.Keywords}'",
                StatementPlace.Of(root.GetCurrentNode(statement)!)!.Surround(root, context.Model, [], written));
        }

        foreach (var proposal in new GuardScope(context, local.Type).Propose(assignment, target.Identifier.Text))
            yield return proposal;
    }

    /// <summary>The declaration that has nothing of its own to say: in the same list, without a value, and the variable is not used before.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationAbove(RepairContext context, ILocalSymbol local, GuardUses uses, StatementSyntax statement) =>
        local.DeclaringSyntaxReferences is [var reference]
        && reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax
        {
            Initializer: null or { Value.RawKind: (int)SyntaxKind.NullLiteralExpression },
            Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax } declaration,
        }
        && declaration.Parent == statement.Parent
        && uses.Names.All(name => name.SpanStart >= statement.SpanStart)
        && uses.Names.Count(GuardUses.IsTarget) == 1
            ? declaration
            : null;

    private static LocalDeclarationStatementSyntax Joined(LocalDeclarationStatementSyntax declaration, AssignmentExpressionSyntax assignment)
    {
        var variable = declaration.Declaration.Variables[0];
        var value = SyntaxFactory.EqualsValueClause(assignment.OperatorToken, assignment.Right);
        var written = variable.WithInitializer(value).WithIdentifier(variable.Identifier.WithTrailingTrivia(SyntaxFactory.Space));
        return declaration.WithDeclaration(declaration.Declaration.WithVariables(SyntaxFactory.SingletonSeparatedList(written))).WithoutTrivia();
    }
}
