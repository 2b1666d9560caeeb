using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL3xxx;

/// <summary>A call that acquires further down what its caller rules out.</summary>
internal sealed class NSL3004CallAcquiresBelow() : FlowRule(Descriptors.NSL3004CallAcquiresBelow)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) => findings.CallsBelow.Select(call =>
        At(call.Site, null, call.Conflict.Site, NameOf(call.Site), Uncapitalized(call.Wanted), call.Conflict.Describe()));
}
