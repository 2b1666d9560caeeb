using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL2xxx;

/// <summary>A variable that gets another value while it is the only one that has an open guard.</summary>
internal sealed class NSL2004GuardOverwritten() : FlowRule(Descriptors.NSL2004GuardOverwritten)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) =>
        findings.Overwrites.Select(overwrite => At(overwrite.Site, null, overwrite.Acquisition, overwrite.Variable, Suffix(overwrite.Text)));
}
