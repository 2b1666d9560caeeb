using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL1xxx;

/// <summary>An operation on a namespace, and no guard at all.</summary>
internal sealed class NSL1001LockRequired() : CoverageRule(Descriptors.NSL1001LockRequired, Coverage.Nothing);
