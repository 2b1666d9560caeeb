using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>A member that requires a lock becomes a delegate whose callers are not told.</summary>
internal sealed class NSL4003RequirementLost() : FlowRule(Descriptors.NSL4003RequirementLost)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) => findings.Conversions.Select(conversion =>
        At(conversion.Site, null, null, conversion.Member, conversion.Needs, conversion.DelegateType));
}
