using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>Tells whether what one statement acquires can be acquired by one before it, with the same values.</summary>
internal static class PlaceBefore
{
    /// <param name="inputs">The expressions at the later place that are to be evaluated at the earlier one.</param>
    public static bool AllowsFor(RepairContext context, ExpressionSyntax earlier, ExpressionSyntax later, IEnumerable<ExpressionSyntax> inputs)
    {
        if (StatementPlace.Of(earlier, context.Model)?.Anchor is not StatementSyntax from
            || StatementPlace.Of(later, context.Model)?.Anchor is not StatementSyntax to
            || from == to
            || !IsAlwaysReached(to, from))
        {
            return false;
        }

        var between = TextSpan.FromBounds(earlier.Span.End, later.SpanStart);
        var isNothingBetween = !context.Member.DescendantNodes().OfType<StatementSyntax>()
            .Any(statement => between.Contains(statement.Span));
        var written = new HashSet<ISymbol>(
            context.Member.DescendantNodes(between).Where(node => between.Contains(node.Span)).Select(Written).OfType<ExpressionSyntax>()
                .Select(context.SymbolOf).OfType<ISymbol>(),
            SymbolEqualityComparer.Default);
        return inputs.SelectMany(input => input.DescendantNodesAndSelf()).All(part =>
            part is not (AwaitExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax)
            && (isNothingBetween || part is not (InvocationExpressionSyntax or ObjectCreationExpressionSyntax) || IsPure(context, part))
            && (part is not SimpleNameSyntax || context.SymbolOf(part) is not { } symbol || !written.Contains(symbol)));
    }

    /// <summary>Whether who comes by the one statement comes by the other, unless he leaves, and is in no other try or loop there.</summary>
    private static bool IsAlwaysReached(StatementSyntax to, StatementSyntax from)
    {
        if (from is not (LocalDeclarationStatementSyntax or UsingStatementSyntax or ExpressionStatementSyntax))
            return false;
        var list = from.Parent is GlobalStatementSyntax global ? global.Parent : from.Parent;
        for (var (inner, outer) = ((SyntaxNode)to, to.Parent); outer != list; (inner, outer) = (outer, outer.Parent))
        {
            if (outer == from)
                return true;
            var isStraight = outer is BlockSyntax or UsingStatementSyntax or GlobalStatementSyntax
                || (outer is TryStatementSyntax { Catches.Count: 0 } attempt && attempt.Block == inner);
            if (outer is null || !isStraight)
                return false;
        }

        return true;
    }

    /// <summary>Namespaces and timeouts are made of nothing but what they are made from.</summary>
    private static bool IsPure(RepairContext context, SyntaxNode call) => context.SymbolOf(call) is IMethodSymbol method
        && (context.Known.IsNamespace(method.ContainingType)
            || method.ContainingType is { Name: nameof(TimeSpan), ContainingNamespace.Name: nameof(System) }
            || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "PureAttribute"));

    private static ExpressionSyntax? Written(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } change => change.Operand,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } change => change.Operand,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument => argument.Expression,
        _ => null,
    };
}
