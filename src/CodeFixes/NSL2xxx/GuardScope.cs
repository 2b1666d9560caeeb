using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>Disposes a guard whose variable cannot be declared with <c>using</c>: <c>using var guardScope = guard;</c></summary>
/// <param name="guard">The variable's type.</param>
internal sealed class GuardScope(RepairContext context, ITypeSymbol? guard)
{
    private readonly FreeNames _names = new(context.Member);

    /// <summary>The proposals for a guard that is acquired at a node into a variable.</summary>
    /// <param name="variable">The variable, or an element of the tuple that it has.</param>
    /// <param name="uses">What is done with the variable, where it is not a new one.</param>
    /// <param name="rewrite">What the statement around the node becomes besides.</param>
    public IEnumerable<Proposal> Propose(
        SyntaxNode node, string variable, GuardUses? uses = null, Func<SyntaxNode, SyntaxNode>? rewrite = null)
    {
        if (StatementPlace.Of(node, context.Model) is not { Anchor: var anchor } place || guard is null)
            return [];
        var writer = UsingWriter.For(guard, anchor, context.Model.Compilation);
        var scope = Write(variable, writer);
        var self = rewrite?.Invoke(anchor) ?? anchor;

        // Where the condition of an 'if' acquires, one of the branches has the guard, or what follows.
        var roots = self is IfStatementSyntax test && ((IfStatementSyntax)anchor).Condition.Span.Contains(node.Span)
            ? Then(test).Concat(After()).Concat(Else(test))
            : After();
        return roots.Select(root => new Proposal($"Dispose '{variable}' with '{writer.Keywords}'", root));

        IEnumerable<SyntaxNode> Then(IfStatementSyntax test)
        {
            yield return place.Surround(context.Root, [], test.WithStatement(Prepend(test.Statement, scope)));
        }

        IEnumerable<SyntaxNode> Else(IfStatementSyntax test)
        {
            if (test.Else is { } clause)
                yield return place.Surround(context.Root, [], test.WithElse(clause.WithStatement(Prepend(clause.Statement, scope))));
        }

        IEnumerable<SyntaxNode> After()
        {
            var superfluous = uses?.SuperfluousDisposals(anchor).Where(disposal => disposal.SpanStart > anchor.Span.End).ToList() ?? [];
            if (superfluous.Count > 0)
            {
                var root = Disposals.Remove(context.Root, superfluous, anchor);
                yield return StatementPlace.Of(root.GetCurrentNode(anchor)!, context.Model)!.Surround(root, [], self, [scope]);
            }

            yield return place.Surround(context.Root, [], self, [scope]);
        }
    }

    /// <summary><c>using var guardScope = guard;</c></summary>
    public LocalDeclarationStatementSyntax Write(string variable, UsingWriter writer) => writer.Declaration(
        _names.Take(variable.TrimStart('@').Replace(".", "") + "Scope"), SyntaxFactory.ParseExpression(variable));

    /// <summary>The body with a statement before all others.</summary>
    public static BlockSyntax Prepend(StatementSyntax body, StatementSyntax first)
    {
        var added = first.WithTrailingTrivia(SyntaxFactory.ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        if (body is not BlockSyntax block)
            return SyntaxFactory.Block(added, body).WithAdditionalAnnotations(Formatter.Annotation);
        if (block.Statements.Count == 0)
            return block.AddStatements(added).WithAdditionalAnnotations(Formatter.Annotation);
        var arranged = Layout.Arrange(block.Statements[0], [first], block.Statements[0], []);
        return block.WithStatements(block.Statements.ReplaceRange(block.Statements[0], arranged));
    }
}
