using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL2xxx;

/// <summary>A guard that is kept, and never disposed.</summary>
internal sealed class NSL2002GuardNeverDisposed() : LeakRule(Descriptors.NSL2002GuardNeverDisposed, LeakKind.Always);
