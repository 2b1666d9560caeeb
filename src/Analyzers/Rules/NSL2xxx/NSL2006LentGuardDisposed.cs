using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL2xxx;

/// <summary>A guard that somebody else disposes, and may still need, is disposed here.</summary>
internal sealed class NSL2006LentGuardDisposed() : FlowRule(Descriptors.NSL2006LentGuardDisposed)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) =>
        findings.LentDisposals.Select(disposal => At(disposal.Site, null, null, disposal.Name));
}
