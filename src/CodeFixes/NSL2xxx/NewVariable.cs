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
            || GuardVariable.Of(context, target) is not { HasValue: true, Uses: { Escapes: false } uses } old
            || context.TypeOf(assignment.Right) is not { } type
            || !context.Known.IsGuard(type)
            || IsRepeated(statement, old.Declaration))
        {
            yield break;
        }

        var later = uses.Names.Where(name => name.SpanStart > statement.Span.End).ToList();
        if (!later.All(name => statement.Parent!.Span.Contains(name.Span)))
            yield break;

        var name = new FreeNames(context.Member).Take(old.Local.Name);
        var written = UsingWriter.For(type, statement, context.Model.Compilation).Declaration(name, assignment.Right);
        // A third guard is to follow: its own fix comes next.
        var isOverwritten = later.Any(GuardUses.IsTarget);
        if (isOverwritten)
            written = written.WithUsingKeyword(default).WithAwaitKeyword(default);
        var disposals = isOverwritten ? [] : uses.SuperfluousDisposals(statement).Union(uses.SuperfluousDisposals(old.Declaration)).ToList();
        var renamed = later.Where(use => !disposals.Any(disposal => disposal.Span.Contains(use.Span))).ToList();

        var root = Disposals.Remove(context.Root, disposals, [old.Declaration, statement, .. renamed]);
        root = GuardUses.Rename(root, renamed, name);
        root = StatementPlace.Replace(root, context.Model, statement, written);
        // A variable that was overwritten before gets its 'using' when that is mended.
        if (!uses.Names.Any(use => GuardUses.IsTarget(use) && use.SpanStart < statement.SpanStart))
            root = StatementPlace.Replace(root, context.Model, old.Declaration, old.WithUsing(context.Model.Compilation));
        yield return new Proposal($"Keep the new guard in a variable of its own, '{name}'", root);
    }

    /// <summary>In a loop the variable carries a guard from one round to the next; a function may run at any time.</summary>
    private static bool IsRepeated(StatementSyntax statement, StatementSyntax declaration) => statement.Ancestors()
        .TakeWhile(node => node != declaration.Parent)
        .Any(node => ScopeEnd.IsLoop(node) || node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
