using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Where a <c>finally</c> goes on when it has run: each reason to enter it runs it anew, so that paths do not mix.</summary>
/// <param name="Regions">The finally regions that the branch leaves through, innermost first; a thrown exception knows only the next.</param>
/// <param name="Next">Which of them runs.</param>
/// <param name="Destination">The block behind them; null where an exception is on its way out.</param>
/// <param name="Outer">What the code that the branch is in goes on to, where that is itself in a <c>finally</c>.</param>
internal sealed record Continuation(ImmutableArray<ControlFlowRegion> Regions, int Next, BasicBlock? Destination, Continuation? Outer)
{
    public ControlFlowRegion Region => Regions[Next];

    public bool Equals(Continuation? other) => other is not null && Next == other.Next && ReferenceEquals(Destination, other.Destination)
        && Equals(Outer, other.Outer) && Regions.SequenceEqual(other.Regions);

    public override int GetHashCode() =>
        ((Destination?.Ordinal ?? -1) * 31 + Region.FirstBlockOrdinal) * 31 + (Outer?.GetHashCode() ?? 0);
}
