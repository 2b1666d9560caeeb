using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Acquires what an operation needs before its statement: <c>using var nsGuard = locks.AcquireShared(ns);</c></summary>
internal sealed class AcquireHere() : Repair(LockRequiredFix.AcquireHereKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        var needs = LockNeed.Of(context.Diagnostic);
        if (needs.Count == 0 || StatementPlace.Of(context.Node) is not { } place || MayBeHeldExclusively(context, needs))
            return [];
        var title = TitleOf(needs);
        return Roots(context, place, WithPending(context, place, needs)).Select(root => new Proposal(title, root));
    }

    private static string TitleOf(IReadOnlyList<LockNeed> needs) => $"Acquire {LockNeed.Describe(needs)} here";

    /// <summary>Where an exclusive guard is held on some paths, asking again could never be granted on those.</summary>
    private static bool MayBeHeldExclusively(RepairContext context, IReadOnlyList<LockNeed> needs) =>
        context.Diagnostic.Id == "NSL1005" && needs.Any(need => need.Mode == LockMode.Exclusive);

    /// <summary>What Fix All is yet to mend below in the same block counts: a shared guard could not become exclusive there.</summary>
    private static IReadOnlyList<LockNeed> WithPending(RepairContext context, StatementPlace place, IReadOnlyList<LockNeed> needs)
    {
        if (place.Anchor.Parent is not { } block)
            return needs;
        var below = context.Pending
            .Where(other => block.Span.Contains(other.Location.SourceSpan) && other.Location.SourceSpan.Start >= place.Position)
            .SelectMany(LockNeed.Of)
            .Where(other => needs.Any(need => need.Text == other.Text));
        return LockNeed.Strongest(needs.Concat(below));
    }

    private static IEnumerable<SyntaxNode> Roots(RepairContext context, StatementPlace place, IReadOnlyList<LockNeed> needs)
    {
        var allowsAwait = AsyncPlace.AllowsAwait(place.Anchor);
        var members = new AcquiringMembers(context, place.Position, allowsAwait);
        foreach (var (store, calls) in new LockSources(context, place.Position).Acquiring(members, needs))
        {
            var names = new FreeNames(context.Member);
            yield return place.Surround(context.Root, context.Model, [.. calls.Select(call => call.Declare(store, names, Writer(call)))]);

            // A guard to the end of the block can rule out what the block asks for later; one around the statement does not.
            if (place.Anchor is StatementSyntax and not LocalDeclarationStatementSyntax)
            {
                StatementSyntax body = SyntaxFactory.Block((StatementSyntax)place.Anchor);
                var around = calls.Reverse().Aggregate(body, (inner, call) => Writer(call).Statement(call.Write(store), inner));
                yield return place.Surround(context.Root, context.Model, [], around);
            }
        }

        UsingWriter Writer(AcquiringCall call) => new(allowsAwait && UsingWriter.IsAsyncDisposable(call.Guard, context.Model.Compilation));
    }
}
