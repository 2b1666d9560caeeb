using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL3xxx;

/// <summary>Waiting for one namespace while holding another: two that do it in different orders wait for each other.</summary>
internal sealed class NSL3003WaitUnderGuard() : FlowRule(Descriptors.NSL3003WaitUnderGuard)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) =>
        findings.Waits.Select(wait => At(wait.Site, null, wait.Conflict.Site, Capitalized(wait.Wanted), wait.Conflict.Describe()));
}
