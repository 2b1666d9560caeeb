using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL2xxx;

/// <summary>A guard is put where nobody will dispose it.</summary>
internal sealed class NSL2005GuardStoredUndisposed() : FlowRule(Descriptors.NSL2005GuardStoredUndisposed)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) =>
        findings.LossyStores.Select(store => At(store.Site, null, store.Acquisition, store.Place, Suffix(store.Text)));
}
