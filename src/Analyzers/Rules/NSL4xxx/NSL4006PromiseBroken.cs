using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>A guard is returned that does not hold what the member's annotation promises.</summary>
internal sealed class NSL4006PromiseBroken() : FlowRule(Descriptors.NSL4006PromiseBroken)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) => findings.BrokenPromises.Select(broken => At(
        broken.Site,
        null,
        null,
        broken.Promised!.Describe(),
        broken.IsReleased ? "returned here is released before the caller has it" : $"{(broken.IsKept ? "acquired" : "returned")} here holds " + string.Join(" and ", broken.Holds.Select(hold => hold.Describe()))));
}
