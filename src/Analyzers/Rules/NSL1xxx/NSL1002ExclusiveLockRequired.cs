using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL1xxx;

/// <summary>An operation that needs an exclusive lock, under a shared guard.</summary>
internal sealed class NSL1002ExclusiveLockRequired() : CoverageRule(Descriptors.NSL1002ExclusiveLockRequired, Coverage.SharedOnly);
