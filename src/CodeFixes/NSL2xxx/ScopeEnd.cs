using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>Tells whether a statement is the last thing that happens in the scope of a declaration.</summary>
internal static class ScopeEnd
{
    public static bool IsReachedAfter(StatementSyntax statement, SyntaxNode declaration)
    {
        foreach (var next in Following(statement))
        {
            if (Leaves(next))
                return true;
            if (!IsDisposal(next))
                return false;
        }

        if (ListOf(statement) == ListOf(declaration))
            return true;
        // An embedded statement, and loops, in which more rounds follow, end here.
        return statement.Parent switch
        {
            BlockSyntax { Parent: StatementSyntax and not (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax) and var outer } =>
                IsReachedAfter((StatementSyntax)outer, declaration),
            BlockSyntax { Parent: ElseClauseSyntax { Parent: IfStatementSyntax outer } } => IsReachedAfter(Outermost(outer), declaration),
            BlockSyntax { Parent: FinallyClauseSyntax { Parent: TryStatementSyntax outer } } => IsReachedAfter(outer, declaration),
            _ => false,
        };
    }

    private static IfStatementSyntax Outermost(IfStatementSyntax test) => test.Parent is ElseClauseSyntax { Parent: IfStatementSyntax outer } ? Outermost(outer) : test;

    private static IEnumerable<StatementSyntax> Following(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.SkipWhile(other => other != statement).Skip(1),
        SwitchSectionSyntax section => section.Statements.SkipWhile(other => other != statement).Skip(1),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global =>
            unit.Members.OfType<GlobalStatementSyntax>().SkipWhile(other => other != global).Skip(1).Select(other => other.Statement),
        _ => [],
    };

    private static SyntaxNode? ListOf(SyntaxNode statement) => statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Parent;

    /// <summary>Leaves without doing anything that a lock could be for.</summary>
    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax } => true,
        ThrowStatementSyntax => true,
        _ => false,
    };

    private static bool IsDisposal(StatementSyntax statement) =>
        statement is LocalFunctionStatementSyntax
        || (statement is ExpressionStatementSyntax { Expression: var expression }
            && expression.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call
            && Disposals.IsCall(call));
}
