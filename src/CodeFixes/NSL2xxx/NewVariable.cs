using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>Puts a guard into a variable of its own where it overwrote another one: both are declared with <c>using</c>.</summary>
internal sealed class NewVariable() : Repair(NSL2004GuardOverwrittenFix.NewVariableKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (context.Node is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment
            || assignment.Parent is not ExpressionStatementSyntax statement
            || context.SymbolOf(target) is not ILocalSymbol local
            || context.TypeOf(assignment.Right) is not { } type
            || !context.Known.IsGuard(type)
            || assignment.Right is IdentifierNameSyntax
            || IsRepeated(statement, local, context))
        {
            yield break;
        }

        var uses = new GuardUses(context, local);
        var later = uses.Names.Where(name => name.SpanStart > statement.Span.End).ToList();
        var block = statement.Parent is GlobalStatementSyntax global ? global.Parent! : statement.Parent!;
        if (uses.Escapes || !later.All(name => block.Span.Contains(name.Span)))
            yield break;

        var name = new FreeNames(context.Member).Take(local.Name);
        var written = UsingWriter.For(type, statement, context.Model.Compilation).Declaration(name, assignment.Right);
        // A third guard is to follow: its own fix comes next.
        var isOverwritten = later.Any(GuardUses.IsTarget);
        if (isOverwritten)
            written = written.WithUsingKeyword(default).WithAwaitKeyword(default);
        var disposals = uses.SuperfluousDisposals(statement)
            .Where(disposal => !isOverwritten && disposal.SpanStart > statement.SpanStart)
            .ToList();
        var renamed = later.Where(use => !disposals.Any(disposal => disposal.Span.Contains(use.Span))).ToList();
        if (OldGuard.Of(context, local, uses, target) is not { } old)
            yield break;

        var root = Disposals.Remove(context.Root, disposals, [old.Statement, statement, .. renamed]);
        root = GuardUses.Rename(root, renamed, name);
        root = StatementPlace.Replace(root, context.Model, statement, written);
        yield return new Proposal($"Keep the new guard in a variable of its own, '{name}'", old.Dispose(root));
    }

    /// <summary>In a loop the variable carries a guard from one round to the next; a function may run at any time.</summary>
    private static bool IsRepeated(StatementSyntax statement, ILocalSymbol local, RepairContext context) => statement.Ancestors()
        .TakeWhile(node => !node.Span.Contains(local.DeclaringSyntaxReferences[0].Span))
        .Any(node => ScopeEnd.IsLoop(node) || node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
