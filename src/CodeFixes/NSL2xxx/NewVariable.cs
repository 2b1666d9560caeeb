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
        if (context.Node is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax statement } assignment
            || context.Model.GetSymbolInfo(target, context.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var reference] } local
            || reference.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax declaration }
            || declaration.Declaration.Variables is not [{ Initializer: not null }]
            || context.Model.GetTypeInfo(assignment.Right, context.CancellationToken).Type is not { } type || !context.Known.IsGuard(type))
        {
            yield break;
        }

        var uses = new GuardUses(context, local);
        var later = uses.Names.Where(name => name.SpanStart > statement.Span.End).ToList();
        if (uses.Escapes || !later.All(name => statement.Parent!.Span.Contains(name.Span)) || IsRepeated(statement, declaration))
            yield break;

        var name = new FreeNames(context.Member).Take(local.Name);
        var written = UsingWriter.For(type, statement, context.Model.Compilation).Declaration(name, assignment.Right);
        // A third guard is to follow: its own fix comes next.
        var isOverwritten = later.Any(GuardUses.IsTarget);
        if (isOverwritten)
            written = written.WithUsingKeyword(default).WithAwaitKeyword(default);
        var disposals = isOverwritten ? [] : uses.SuperfluousDisposals(statement).Concat(uses.SuperfluousDisposals(declaration)).Distinct().ToList();
        later = [.. later.Where(use => !disposals.Any(disposal => disposal.Span.Contains(use.Span)))];
        var root = Disposals.Remove(context.Root, disposals, [declaration, statement, .. later]);
        root = root.ReplaceNodes(later.Select(use => root.GetCurrentNode(use)!), (_, use) => use.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(use.Identifier)));
        root = Declare(context, root, statement, written);
        if (declaration.UsingKeyword == default && !uses.Names.Any(use => GuardUses.IsTarget(use) && use.SpanStart < statement.SpanStart))
            root = Declare(context, root, declaration, UsingWriter.For(local.Type, declaration, context.Model.Compilation).Declaration(declaration));
        yield return new Proposal($"Keep the new guard in a variable of its own, '{name}'", root);
    }

    private static SyntaxNode Declare(RepairContext context, SyntaxNode root, StatementSyntax place, StatementSyntax written) =>
        StatementPlace.Of(root.GetCurrentNode(place)!)!.Surround(root, context.Model, [], written);

    /// <summary>In a loop the variable carries a guard from one round to the next.</summary>
    private static bool IsRepeated(StatementSyntax statement, StatementSyntax declaration) => statement.Ancestors()
        .TakeWhile(node => node != declaration.Parent)
        .Any(node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax
            or LocalFunctionStatementSyntax);
}
