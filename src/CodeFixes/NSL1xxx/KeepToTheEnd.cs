using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Lets a guard live to the end of the block: the call that disposes it goes, a <c>using</c> statement becomes a declaration.</summary>
internal sealed class KeepToTheEnd() : Repair(NSL1004GuardReleasedFix.KeepToTheEndKey)
{
    private const string Title = "Keep the guard to the end of the block";

    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        var release = context.OtherPlace;
        if (release is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax guard } })
            return WithoutDisposal(context, guard);
        if (release is InvocationExpressionSyntax { Parent: ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax tested } })
            return WithoutDisposal(context, tested);
        return release?.AncestorsAndSelf().FirstOrDefault(node => node is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }) switch
        {
            UsingStatementSyntax statement => AsDeclaration(context, statement),
            LocalDeclarationStatementSyntax { Parent: BlockSyntax block } => WithoutBlock(context, block),
            _ => [],
        };
    }

    private static IEnumerable<Proposal> WithoutDisposal(RepairContext context, IdentifierNameSyntax guard)
    {
        if (Disposals.Of(guard) is not { } disposal
            || context.Model.GetSymbolInfo(guard, context.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var reference] } local
            || reference.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax declaration })
        {
            yield break;
        }

        var uses = new GuardUses(context, local);
        if (declaration.UsingKeyword != default)
        {
            yield return new Proposal(Title, Disposals.Remove(context.Root, [disposal]));
        }
        else if (!uses.IsAssigned && !uses.Escapes && declaration.Declaration.Variables is [{ Initializer: not null }])
        {
            // What disposes it at the end has nothing more to do.
            var disposals = uses.SuperfluousDisposals(declaration).Append(disposal).Distinct().ToList();
            var root = Disposals.Remove(context.Root, disposals, declaration);
            var written = UsingWriter.For(local.Type, declaration, context.Model.Compilation).Declaration(declaration);
            yield return new Proposal(Title, StatementPlace.Of(root.GetCurrentNode(declaration)!)!.Surround(root, context.Model, [], written));
        }
    }

    private static IEnumerable<Proposal> AsDeclaration(RepairContext context, UsingStatementSyntax statement)
    {
        if (StatementPlace.Of(statement) is not { } place)
            yield break;
        var writer = new UsingWriter(statement.AwaitKeyword != default);
        var declaration = statement.Declaration is { } declared
            ? writer.Declaration(SyntaxFactory.LocalDeclarationStatement(declared.WithoutTrivia()))
            : writer.Declaration(NameFor(context, statement.Expression!), statement.Expression!);
        yield return new Proposal(Title, place.Surround(context.Root, context.Model, [], declaration, Unwrapping.Lines(statement.Statement)));
    }

    private static string NameFor(RepairContext context, ExpressionSyntax guard)
    {
        var acquisition = guard.DescendantNodesAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(expression =>
            !context.Annotations.Of(context.Model.GetSymbolInfo(expression, context.CancellationToken).Symbol).Acquires.IsEmpty);
        return GuardValue.Of(context, acquisition ?? guard).TakeName(new FreeNames(context.Member), context.Model.GetTypeInfo(guard, context.CancellationToken).Type);
    }

    private static IEnumerable<Proposal> WithoutBlock(RepairContext context, BlockSyntax block) => block.Parent is BlockSyntax
        ? [new Proposal(Title, context.Root.ReplaceNode(block, Unwrapping.Lines(block)))]
        : [];
}
