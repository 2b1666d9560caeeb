using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard in a variable declared before: the two become one declaration where they can, else the guard gets a scope.</summary>
internal static class AssignedGuard
{
    public static IEnumerable<Proposal> Propose(
        RepairContext context, GuardValue value, AssignmentExpressionSyntax assignment, IdentifierNameSyntax target)
    {
        if (context.SymbolOf(target) is not ILocalSymbol local || value.IsTask)
            yield break;
        var uses = new GuardUses(context, local);
        if (uses.Escapes)
            yield break;
        var statement = (ExpressionStatementSyntax)assignment.Parent!;
        if (GuardVariable.Of(context, target) is { } variable && IsOnlyDeclaredAbove(variable, statement))
        {
            var writer = UsingWriter.For(local.Type, statement, context.Model.Compilation);
            var root = Disposals.Remove(context.Root, [variable.Declaration, .. variable.Uses.SuperfluousDisposals(statement)], statement);
            var written = writer.Declaration(Joined(variable.Declaration, assignment));
            yield return new Proposal(
                $"Declare '{local.Name}' with '{writer.Keywords}'", StatementPlace.Replace(root, context.Model, statement, written));
        }

        foreach (var proposal in new GuardScope(context, local.Type).Propose(assignment, target.Identifier.Text, uses))
            yield return proposal;
    }

    /// <summary>Whether the declaration has nothing of its own to say: in the same list, no value, and no use of the variable between.</summary>
    private static bool IsOnlyDeclaredAbove(GuardVariable variable, StatementSyntax statement) =>
        variable.Declaration.Declaration.Variables[0].Initializer is null or { Value.RawKind: (int)SyntaxKind.NullLiteralExpression }
        && variable.Declaration.Parent is BlockSyntax block
        && block == statement.Parent
        && variable.Uses.Names.All(name => name.SpanStart >= statement.SpanStart)
        && variable.Uses.Names.Count(GuardUses.IsTarget) == 1;

    private static LocalDeclarationStatementSyntax Joined(LocalDeclarationStatementSyntax declaration, AssignmentExpressionSyntax assignment)
    {
        var variable = declaration.Declaration.Variables[0];
        var written = variable
            .WithInitializer(SyntaxFactory.EqualsValueClause(assignment.OperatorToken, assignment.Right))
            .WithIdentifier(variable.Identifier.WithTrailingTrivia(SyntaxFactory.Space));
        return declaration.ReplaceNode(variable, written).WithoutTrivia();
    }
}
