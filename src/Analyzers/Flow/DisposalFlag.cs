using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Tells, by syntax, the flag that decides whether a type disposes what it keeps: <c>if (!_leaveOpen) _guard.Dispose();</c></summary>
internal static class DisposalFlag
{
    /// <summary>The flags, each with the value that it has wherever the member is disposed; none where some code disposes it whatever they say.</summary>
    public static HashSet<(string Name, bool Value)> Of(string member, IEnumerable<SyntaxNode> types)
    {
        HashSet<(string, bool)>? common = null;
        foreach (var disposed in types.SelectMany(type => type.DescendantNodes()).Where(node => Disposes(node, member)))
        {
            var flags = Around(disposed);
            if (common is null)
                common = [.. flags];
            else
                common.IntersectWith(flags);
        }

        return common ?? [];
    }

    /// <summary>The name that an expression is, or is the negation of, with the value that it then has.</summary>
    public static IEnumerable<(string Name, bool Value)> Flags(ExpressionSyntax condition, bool outcome) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Flags(inner.Expression, outcome),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => Flags(not.Operand, !outcome),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when outcome => Flags(both.Left, true).Concat(Flags(both.Right, true)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when !outcome => Flags(either.Left, false).Concat(Flags(either.Right, false)),
        IdentifierNameSyntax name => [(name.Identifier.ValueText, outcome)],
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => [(name, outcome)],
        _ => [],
    };

    private static bool Disposes(SyntaxNode node, string member) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync" } access } => IsNamed(access.Expression, member),
        ConditionalAccessExpressionSyntax access => IsNamed(access.Expression, member) && access.WhenNotNull.ToString() is ".Dispose()" or ".DisposeAsync()",
        UsingStatementSyntax { Expression: { } resource } => IsNamed(resource, member),
        _ => false,
    };

    private static bool IsNamed(ExpressionSyntax expression, string member) => expression switch
    {
        PostfixUnaryExpressionSyntax suppressed => IsNamed(suppressed.Operand, member),
        IdentifierNameSyntax name => name.Identifier.ValueText == member,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name == member,
        _ => false,
    };

    /// <summary>The tests that code around a node, and before it, has passed.</summary>
    private static IEnumerable<(string Name, bool Value)> Around(SyntaxNode node)
    {
        for (var inner = node; inner.Parent is { } outer and not MemberDeclarationSyntax; inner = outer)
        {
            var flags = outer switch
            {
                IfStatementSyntax choice when inner == choice.Statement => Flags(choice.Condition, true),
                ElseClauseSyntax { Parent: IfStatementSyntax choice } => Flags(choice.Condition, false),
                ConditionalExpressionSyntax choice when inner != choice.Condition => Flags(choice.Condition, inner == choice.WhenTrue),
                BlockSyntax block => block.Statements.TakeWhile(statement => statement != inner).OfType<IfStatementSyntax>().Where(Returns).SelectMany(choice => Flags(choice.Condition, false)),
                _ => [],
            };
            foreach (var flag in flags)
                yield return flag;
        }
    }

    private static bool Returns(IfStatementSyntax choice) => choice.Statement is ReturnStatementSyntax or BlockSyntax { Statements: [ReturnStatementSyntax] };
}
