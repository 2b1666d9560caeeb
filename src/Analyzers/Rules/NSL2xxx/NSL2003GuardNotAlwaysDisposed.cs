using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL2xxx;

/// <summary>A guard that an early return or an exception leaves open.</summary>
internal sealed class NSL2003GuardNotAlwaysDisposed() : LeakRule(Descriptors.NSL2003GuardNotAlwaysDisposed, LeakKind.OnSomePaths);
