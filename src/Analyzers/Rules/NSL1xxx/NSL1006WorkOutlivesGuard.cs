using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL1xxx;

/// <summary>A task, a lazy sequence, a stored lambda, or a guard itself, is handed on and needs what ends first.</summary>
internal sealed class NSL1006WorkOutlivesGuard() : FlowRule(Descriptors.NSL1006WorkOutlivesGuard)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) =>
        findings.Outliving.Select(work =>
            At(work.Site, null, null, NameOf(work.Site), work.Guard is null ? "the guard" : $"the guard '{work.Guard}'"));
}
