using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Acquires what an operation needs before its statement: <c>using var nsGuard = locks.AcquireShared(ns);</c></summary>
internal sealed class AcquireHere() : Repair(NSL1001LockRequiredFix.AcquireHereKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        var needs = LockNeed.Of(context.Diagnostic);
        if (needs.Count == 0 || StatementPlace.Of(context.Node, context.Model) is not { } place || MayBeHeldExclusively(context, needs))
            return [];
        var conversion = ConversionOf(context, place);
        if (conversion is null && OutlivesTheBlock(context, place))
            return [];
        var title = $"Acquire {LockNeed.Describe(needs)} here";
        return Roots(context, place, WithPending(context, place, needs), conversion).Select(root => new Proposal(title, root));
    }

    /// <summary>Where an exclusive guard is held on some paths, asking again could never be granted on those.</summary>
    private static bool MayBeHeldExclusively(RepairContext context, IReadOnlyList<LockNeed> needs) => context.Diagnostic.Id == "NSL1005"
        && (needs.Any(need => need.Mode == LockMode.Exclusive) || Acquisitions.Before(context).Any(call => call.Mode == LockMode.Exclusive));

    private static AsyncConversion? ConversionOf(RepairContext context, StatementPlace place) =>
        context.Node is ExpressionSyntax task && YieldsTask(context) ? AsyncConversion.Of(task, place, context.Model, context.Known) : null;

    /// <summary>A task that synchronous code hands on runs when the guard is gone; one that it waits for there does not.</summary>
    private static bool OutlivesTheBlock(RepairContext context, StatementPlace place) =>
        YieldsTask(context)
        && context.Node.Parent is not MemberAccessExpressionSyntax
        && !(AsyncPlace.FunctionOf(place.Anchor) is { } function ? AsyncPlace.IsAsync(function) : AsyncPlace.AllowsAwait(place.Anchor));

    private static bool YieldsTask(RepairContext context) => context.Known.IsTask(context.Operation?.Type);

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

    private static IEnumerable<SyntaxNode> Roots(
        RepairContext context, StatementPlace place, IReadOnlyList<LockNeed> needs, AsyncConversion? conversion)
    {
        var allowsAwait = conversion is not null || AsyncPlace.AllowsAwait(place.Anchor);
        var members = new AcquiringMembers(context, place.Position, allowsAwait);
        foreach (var (store, calls) in new LockSources(context, place.Position).Acquiring(members, needs))
        {
            var names = new FreeNames(context.Member);
            var declarations = calls.Select(call => call.Declare(store, names, Writer(call))).ToList();
            var changed = place.Surround(context.Root, declarations, conversion?.Statement);
            yield return conversion?.Apply(changed) ?? changed;

            // A guard to the end of the block can rule out what the block asks for later; one around the statement does not.
            if (conversion is null && place.Anchor is StatementSyntax and not LocalDeclarationStatementSyntax)
            {
                StatementSyntax body = SyntaxFactory.Block(((StatementSyntax)place.Anchor).WithoutTrivia());
                var around = calls.Reverse().Aggregate(body, (inner, call) => Writer(call).Statement(call.Write(store), inner));
                yield return place.Surround(context.Root, [], around);
            }
        }

        UsingWriter Writer(AcquiringCall call) => new(allowsAwait && UsingWriter.IsAsyncDisposable(call.Guard, context.Model.Compilation));
    }
}
