using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL1xxx;

/// <summary>An operation under a guard that is on another namespace, or on another store.</summary>
internal sealed class NSL1003LockHeldElsewhere() : CoverageRule(Descriptors.NSL1003LockHeldElsewhere, Coverage.Elsewhere);
