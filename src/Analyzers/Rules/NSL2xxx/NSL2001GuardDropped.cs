using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL2xxx;

/// <summary>A guard that nobody keeps.</summary>
internal sealed class NSL2001GuardDropped() : LeakRule(Descriptors.NSL2001GuardDropped, LeakKind.Dropped);
