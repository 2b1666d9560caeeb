using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL1xxx;

/// <summary>An operation behind the end of its guard.</summary>
internal sealed class NSL1004GuardReleased() : CoverageRule(Descriptors.NSL1004GuardReleased, Coverage.Released);
