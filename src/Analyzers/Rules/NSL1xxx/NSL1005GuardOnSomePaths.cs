using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL1xxx;

/// <summary>An operation whose guard is there on some paths only.</summary>
internal sealed class NSL1005GuardOnSomePaths() : CoverageRule(Descriptors.NSL1005GuardOnSomePaths, Coverage.Uncertain);
