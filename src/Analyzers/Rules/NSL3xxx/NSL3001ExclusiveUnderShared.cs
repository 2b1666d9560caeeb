using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL3xxx;

/// <summary>Exclusive asked for under a shared guard there or below.</summary>
internal sealed class NSL3001ExclusiveUnderShared() : FlowRule(Descriptors.NSL3001ExclusiveUnderShared)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) => findings.Requests
        .Where(request => request.Conflict.Hold.Mode == LockMode.Shared)
        .Select(request => At(request.Site, null, request.Conflict.Site, Capitalized(request.Wanted), request.Conflict.Describe()));
}
