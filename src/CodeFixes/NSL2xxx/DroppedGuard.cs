using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that no variable has: <c>using var nsGuard = locks.AcquireShared(ns);</c></summary>
internal static class DroppedGuard
{
    public static IEnumerable<Proposal> Propose(RepairContext context, GuardValue value)
    {
        if (StatementPlace.Of(value.Outer) is not { } place)
            yield break;
        var allowsAwait = AsyncPlace.AllowsAwait(place.Anchor);
        if (value.Type is null || value.Awaited(allowsAwait) is not { } guard)
            yield break;
        var writer = UsingWriter.For(value.Type, place.Anchor, context.Model.Compilation);
        var name = value.TakeName(new FreeNames(context.Member), value.Type);
        var declaration = writer.Declaration(name, guard);
        if (IsAllOf(place.Anchor, value.Outer, context))
            yield return new Proposal($"Keep the guard with '{writer.Keywords} var'", place.Surround(context.Root, context.Model, [], declaration));
        else if (IsEvaluatedOnceAndFirst(value.Outer, place.Anchor))
            yield return new Proposal($"Keep the guard with '{writer.Keywords} var'", Hoist(context, place, value, name, declaration));
    }

    private static SyntaxNode Hoist(RepairContext context, StatementPlace place, GuardValue value, string name, StatementSyntax declaration)
    {
        var self = place.Anchor.ReplaceNode(value.Outer, SyntaxFactory.IdentifierName(name).WithTriviaFrom(value.Outer));
        return place.Surround(context.Root, context.Model, [declaration], self);
    }

    /// <summary>Whether the statement is there for the acquisition alone: <c>locks.AcquireShared(ns);</c>, <c>_ = …</c></summary>
    private static bool IsAllOf(SyntaxNode anchor, ExpressionSyntax value, RepairContext context)
    {
        var expression = (anchor as ExpressionStatementSyntax)?.Expression ?? anchor as ExpressionSyntax;
        return expression == value || (expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
            && assignment.Right == value
            && context.Model.GetSymbolInfo(assignment.Left, context.CancellationToken).Symbol is IDiscardSymbol);
    }

    /// <summary>Whether the statement evaluates it on every path, once: only then can it be acquired before.</summary>
    private static bool IsEvaluatedOnceAndFirst(ExpressionSyntax value, SyntaxNode anchor)
    {
        for (SyntaxNode inner = value; inner != anchor; inner = inner.Parent!)
        {
            var isAlways = inner.Parent switch
            {
                ConditionalExpressionSyntax choice => choice.Condition == inner,
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } test => test.Left == inner,
                ConditionalAccessExpressionSyntax access => access.Expression == inner,
                SwitchExpressionArmSyntax or QueryClauseSyntax or SelectOrGroupClauseSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                    or CatchFilterClauseSyntax or CatchClauseSyntax or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } => false,
                _ => true,
            };
            if (!isAlways)
                return false;
        }

        return true;
    }
}
