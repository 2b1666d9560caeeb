using Microsoft.CodeAnalysis;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Asks for an exclusive lock where the shared guard is acquired, however far above that is.</summary>
internal sealed class AcquireExclusively() : Repair(NSL1002ExclusiveLockRequiredFix.AcquireExclusivelyKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (ExclusiveSibling.Of(context, context.OtherPlace) is var (old, now))
            yield return new Proposal($"Acquire it with '{now.Identifier.ValueText}' in the first place", context.Root.ReplaceNode(old, now));
    }
}
