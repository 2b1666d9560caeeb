using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL3xxx;

/// <summary>A request that an exclusive guard of the same code rules out.</summary>
internal sealed class NSL3002RuledOutByExclusive() : FlowRule(Descriptors.NSL3002RuledOutByExclusive)
{
    public override IEnumerable<Diagnostic> Report(BodyFindings findings) => findings.Requests
        .Where(request => request.Conflict.Hold.Mode == LockMode.Exclusive)
        .Select(request => At(request.Site, null, request.Conflict.Site, Capitalized(request.Wanted), request.Conflict.Describe()));
}
