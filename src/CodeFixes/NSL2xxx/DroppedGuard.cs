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
        if (StatementPlace.Of(value.Outer, context.Model) is not { } place)
            yield break;
        var allowsAwait = AsyncPlace.AllowsAwait(place.Anchor);
        if (value.Type is null || value.Awaited(allowsAwait) is not { } guard)
            yield break;
        var writer = UsingWriter.For(value.Type, place.Anchor, context.Model.Compilation);
        var name = value.TakeName(new FreeNames(context.Member), value.Type);
        var title = $"Keep the guard with '{writer.Keywords} var'";
        var declaration = writer.Declaration(name, guard);
        if (IsAllOf(place.Anchor, value.Outer, context))
            yield return new Proposal(title, place.Surround(context.Root, [], declaration));
        else if (IsEvaluatedOnce(value.Outer, place.Anchor))
            yield return new Proposal(title, Hoist(context, place, value, name, declaration));
    }

    private static SyntaxNode Hoist(RepairContext context, StatementPlace place, GuardValue value, string name, StatementSyntax declaration)
    {
        var self = place.Anchor.ReplaceNode(value.Outer, SyntaxFactory.IdentifierName(name).WithTriviaFrom(value.Outer));
        return place.Surround(context.Root, [declaration], self);
    }

    /// <summary>Whether the statement is there for the acquisition alone: <c>locks.AcquireShared(ns);</c>, <c>_ = …</c></summary>
    private static bool IsAllOf(SyntaxNode anchor, ExpressionSyntax value, RepairContext context)
    {
        var expression = (anchor as ExpressionStatementSyntax)?.Expression ?? anchor as ExpressionSyntax;
        return expression == value || (expression is AssignmentExpressionSyntax assignment
            && assignment.Right == value
            && context.SymbolOf(assignment.Left) is IDiscardSymbol);
    }

    /// <summary>Whether the statement evaluates it on every path, once: only then can it be acquired before.</summary>
    private static bool IsEvaluatedOnce(ExpressionSyntax value, SyntaxNode anchor)
    {
        for (SyntaxNode inner = value; inner != anchor; inner = inner.Parent!)
        {
            if (!IsAlwaysEvaluated(inner))
                return false;
        }

        return true;
    }

    private static bool IsAlwaysEvaluated(SyntaxNode part) => part.Parent switch
    {
        ConditionalExpressionSyntax choice => choice.Condition == part,
        BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression,
        } test => test.Left == part,
        ConditionalAccessExpressionSyntax access => access.Expression == part,
        AssignmentExpressionSyntax assignment => !assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression),
        SwitchExpressionArmSyntax or QueryClauseSyntax or SelectOrGroupClauseSyntax or CatchFilterClauseSyntax => false,
        var owner => !ScopeEnd.IsLoop(owner!),
    };
}
