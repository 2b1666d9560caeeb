using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Flow;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Has work done while its guard is held: a task is awaited, a lazy sequence becomes a list.</summary>
/// <remarks>What a lambda does that is stored nobody can do before.</remarks>
internal sealed class FinishUnderGuard() : Repair(NSL1006WorkOutlivesGuardFix.FinishUnderGuardKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (context.Node is not ExpressionSyntax handedOn)
            return [];
        var value = handedOn is AssignmentExpressionSyntax assignment ? assignment.Right : handedOn;
        var type = context.TypeOf(value);
        if (context.Known.IsTask(type))
            return new AwaitedWork(context, value).Propose(handedOn);
        return SequenceTypes.IsLazy(type) ? ListedSequence.Propose(context, value, type!) : new AwaitedWork(context, value).ProposeForCollection(handedOn);
    }
}
