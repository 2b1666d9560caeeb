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
        if (context.OtherPlace is not { } release)
            return [];
        if (release is InvocationExpressionSyntax call && Disposals.IsCall(call))
            return WithoutDisposal(context, call);
        return release.AncestorsAndSelf().FirstOrDefault(IsUsing) switch
        {
            UsingStatementSyntax statement => AsDeclaration(context, statement),
            { Parent: BlockSyntax { Parent: BlockSyntax } block } =>
                [new Proposal(Title, context.Root.ReplaceNode(block, Unwrapping.Lines(block)))],
            _ => [],
        };
    }

    private static bool IsUsing(SyntaxNode node) =>
        node is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };

    private static IEnumerable<Proposal> WithoutDisposal(RepairContext context, InvocationExpressionSyntax call)
    {
        var guard = (call.Expression as MemberAccessExpressionSyntax)?.Expression
            ?? (call.Parent as ConditionalAccessExpressionSyntax)?.Expression;
        if (guard is null || Disposals.Of(guard) is not { } disposal)
            yield break;
        if (context.SymbolOf(guard) is not ILocalSymbol local)
        {
            if (Declared(context, guard, disposal) is { } kept)
                yield return new Proposal(Title, kept);
        }
        else if (IsDisposedByUsing(local, context))
        {
            yield return new Proposal(Title, Disposals.Remove(context.Root, [disposal]));
        }
        else if (GuardVariable.Of(context, guard) is { HasValue: true, Uses: { IsAssigned: false, Escapes: false } uses } variable)
        {
            // What disposes it at the end has nothing more to do.
            var disposals = uses.SuperfluousDisposals(variable.Declaration).Union([disposal]).ToList();
            var root = Disposals.Remove(context.Root, disposals, variable.Declaration);
            var written = variable.WithUsing(context.Model.Compilation);
            yield return new Proposal(Title, StatementPlace.Replace(root, context.Model, variable.Declaration, written));
        }
    }

    private static bool IsDisposedByUsing(ILocalSymbol local, RepairContext context) =>
        local.DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken).Parent?.Parent is { } owner && IsUsing(owner);

    /// <summary><c>locks.AcquireShared(ns).Dispose();</c> becomes a declaration.</summary>
    private static SyntaxNode? Declared(RepairContext context, ExpressionSyntax guard, StatementSyntax disposal)
    {
        while (guard is ParenthesizedExpressionSyntax parenthesized)
            guard = parenthesized.Expression;
        if (guard is not (InvocationExpressionSyntax or AwaitExpressionSyntax) || context.TypeOf(guard) is not { } type)
            return null;
        var written = UsingWriter.For(type, disposal, context.Model.Compilation).Declaration(NameFor(context, guard), guard);
        return StatementPlace.Of(disposal, context.Model)!.Surround(context.Root, [], written);
    }

    private static IEnumerable<Proposal> AsDeclaration(RepairContext context, UsingStatementSyntax statement)
    {
        if (StatementPlace.Of(statement, context.Model) is not { } place)
            yield break;
        var writer = new UsingWriter(statement.AwaitKeyword != default);
        var declaration = statement.Declaration is { } declared
            ? writer.Declaration(SyntaxFactory.LocalDeclarationStatement(declared.WithoutTrivia()))
            : writer.Declaration(NameFor(context, statement.Expression!), statement.Expression!);
        yield return new Proposal(Title, place.Surround(context.Root, [], declaration, Unwrapping.Lines(statement.Statement)));
    }

    private static string NameFor(RepairContext context, ExpressionSyntax guard)
    {
        var acquisition = guard.DescendantNodesAndSelf().OfType<ExpressionSyntax>()
            .FirstOrDefault(expression => !context.Annotations.Of(context.SymbolOf(expression)).Acquires.IsEmpty);
        return GuardValue.Of(context, acquisition ?? guard).TakeName(new FreeNames(context.Member), context.TypeOf(guard));
    }
}
