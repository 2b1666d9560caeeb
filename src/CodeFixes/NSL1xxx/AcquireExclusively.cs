using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Asks for an exclusive lock where the shared guard is acquired, however far above that is.</summary>
internal sealed class AcquireExclusively() : Repair(NSL1002ExclusiveLockRequiredFix.AcquireExclusivelyKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (ExclusiveSibling.Of(context, context.OtherPlace) is var (old, now))
            yield return new Proposal(TitleOf(now), context.Root.ReplaceNode(old, now));

        // Several guards, of which each covers a part, or one of them on each path.
        var needed = LockNeed.Of(context.Diagnostic).Select(need => need.Text).ToList();
        var siblings = Acquisitions.Before(context)
            .Where(acquisition => acquisition.Mode == LockMode.Shared)
            .Where(acquisition => GuardValue.Of(context, acquisition.Call).Namespaces.Any(ns => needed.Contains(ns.ToString())))
            .Select(acquisition => ExclusiveSibling.Of(context, acquisition.Call))
            .OfType<(SimpleNameSyntax Old, SimpleNameSyntax New)>()
            .ToDictionary(sibling => sibling.Old, sibling => sibling.New);
        if (siblings.Count > 0)
            yield return new Proposal(TitleOf(siblings.Values.First()), context.Root.ReplaceNodes(siblings.Keys, (name, _) => siblings[name]));
    }

    private static string TitleOf(SimpleNameSyntax member) => $"Acquire it with '{member.Identifier.ValueText}' in the first place";
}
