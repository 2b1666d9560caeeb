using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Expressions that become operands of something that binds more tightly.</summary>
internal static class Operands
{
    /// <summary>In parentheses, unless it is a primary expression.</summary>
    public static ExpressionSyntax Parenthesized(ExpressionSyntax value) => value
        is InvocationExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax or InstanceExpressionSyntax or ElementAccessExpressionSyntax
        or ParenthesizedExpressionSyntax or BaseObjectCreationExpressionSyntax or LiteralExpressionSyntax or DefaultExpressionSyntax
        or PostfixUnaryExpressionSyntax or ConditionalAccessExpressionSyntax
            ? value
            : ParenthesizedExpression(value);
}
