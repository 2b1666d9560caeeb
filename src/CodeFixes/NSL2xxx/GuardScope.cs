using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>Has a variable's guard disposed where the variable itself cannot be declared with <c>using</c>: <c>using var guardScope = guard;</c></summary>
/// <param name="guard">The variable's type.</param>
internal sealed class GuardScope(RepairContext context, ITypeSymbol? guard)
{
    private readonly FreeNames _names = new(context.Member);

    /// <summary>The proposals for a guard that is acquired at a node into a variable.</summary>
    /// <param name="rewrite">What the statement around the node becomes besides.</param>
    public IEnumerable<Proposal> Propose(SyntaxNode node, string variable, Func<SyntaxNode, SyntaxNode>? rewrite = null)
    {
        if (StatementPlace.Of(node) is not { } place || guard is null)
            yield break;
        var writer = UsingWriter.For(guard, place.Anchor, context.Model.Compilation);
        var scope = writer.Declaration(_names.Take(variable.TrimStart('@') + "Scope"), SyntaxFactory.IdentifierName(variable));
        var self = rewrite?.Invoke(place.Anchor) ?? place.Anchor;
        var title = $"Dispose '{variable}' with '{writer.Keywords}'";

        // Where the condition of an 'if' acquires, one of the branches has the guard, or what follows.
        if (self is IfStatementSyntax test && place.Anchor is IfStatementSyntax { Condition: var condition } && condition.Span.Contains(node.Span))
        {
            yield return Proposal(place, test.WithStatement(Prepend(test.Statement, scope)), []);
            yield return Proposal(place, test, [scope]);
            if (test.Else is { } otherwise)
                yield return Proposal(place, test.WithElse(otherwise.WithStatement(Prepend(otherwise.Statement, scope))), []);
            yield break;
        }

        yield return Proposal(place, self, [scope]);

        Proposal Proposal(StatementPlace at, SyntaxNode statement, StatementSyntax[] after) =>
            new(title, at.Surround(context.Root, context.Model, [], statement, after));
    }

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
