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
        // A loop goes on to its next round; an embedded statement would leave a hole.
        return statement.Parent is BlockSyntax { Parent: { } owner } && owner switch
        {
            ElseClauseSyntax { Parent: IfStatementSyntax outer } => IsReachedAfter(Outermost(outer), declaration),
            FinallyClauseSyntax { Parent: TryStatementSyntax outer } => IsReachedAfter(outer, declaration),
            StatementSyntax outer => !IsLoop(outer) && IsReachedAfter(outer, declaration),
            _ => false,
        };
    }

    public static bool IsLoop(SyntaxNode node) =>
        node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    private static IfStatementSyntax Outermost(IfStatementSyntax test) =>
        test.Parent is ElseClauseSyntax { Parent: IfStatementSyntax outer } ? Outermost(outer) : test;

    private static IEnumerable<StatementSyntax> Following(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.SkipWhile(other => other != statement).Skip(1),
        SwitchSectionSyntax section => section.Statements.SkipWhile(other => other != statement).Skip(1),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global =>
            unit.Members.OfType<GlobalStatementSyntax>().SkipWhile(other => other != global).Skip(1).Select(other => other.Statement),
        _ => [],
    };

    private static SyntaxNode? ListOf(SyntaxNode statement) =>
        statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Parent;

    /// <summary>Leaves without doing anything that a lock could be for.</summary>
    private static bool Leaves(StatementSyntax statement) => statement
        is ThrowStatementSyntax
        or ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax };

    private static bool IsDisposal(StatementSyntax statement) => statement is LocalFunctionStatementSyntax
        || (statement is ExpressionStatementSyntax { Expression: var expression }
            && expression.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call
            && Disposals.IsCall(call));
}
