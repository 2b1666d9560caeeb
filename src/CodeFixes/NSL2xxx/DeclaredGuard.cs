using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard in a variable that is declared with it: the declaration gets <c>using</c>, and what that makes superfluous goes.</summary>
internal static class DeclaredGuard
{
    public static IEnumerable<Proposal> Propose(
        RepairContext context, GuardValue value, LocalDeclarationStatementSyntax declaration, VariableDeclaratorSyntax variable)
    {
        if (declaration.UsingKeyword != default || value.Type is null || value.Awaited(AsyncPlace.AllowsAwait(declaration)) is not { } guard)
            yield break;
        var uses = declaration.Declaration.Variables
            .Select(declared => new GuardUses(context, context.Model.GetDeclaredSymbol(declared, context.CancellationToken)!))
            .ToList();
        // A task that is awaited somewhere has its guard there.
        if (uses.Any(use => use.Escapes || (value.IsTask && use.Names.Count > 0)))
            yield break;

        var type = value.IsTask ? value.Type : context.TypeOf(declaration.Declaration.Type)!;
        if (uses.Any(use => use.IsAssigned))
        {
            foreach (var proposal in new GuardScope(context, type).Propose(context.Node, variable.Identifier.Text, uses[0]))
                yield return proposal;
            yield break;
        }

        var writer = UsingWriter.For(type, declaration, context.Model.Compilation);
        var title = $"Declare '{variable.Identifier.ValueText}' with '{writer.Keywords}'";
        var written = writer.Declaration(value.IsTask ? Awaiting(declaration, value.Outer, guard) : declaration);
        var superfluous = uses.SelectMany(use => use.SuperfluousDisposals(declaration)).ToList();
        if (superfluous.Count > 0)
        {
            var root = Disposals.Remove(context.Root, superfluous, declaration);
            yield return new Proposal(title, StatementPlace.Replace(root, context.Model, declaration, written));
        }

        yield return new Proposal(title, StatementPlace.Of(declaration, context.Model)!.Surround(context.Root, [], written));
    }

    private static LocalDeclarationStatementSyntax Awaiting(
        LocalDeclarationStatementSyntax declaration, ExpressionSyntax task, ExpressionSyntax guard)
    {
        var awaiting = declaration.ReplaceNode(task, guard);
        var type = awaiting.Declaration.Type;
        return awaiting.ReplaceNode(type, SyntaxFactory.IdentifierName("var").WithTriviaFrom(type));
    }
}
