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

    /// <summary>Whether both go on in the same way: what a branch has left behind does not matter any more.</summary>
    public bool Equals(Continuation? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || !ReferenceEquals(Destination, other.Destination) || Regions.Length - Next != other.Regions.Length - other.Next)
            return false;
        for (var i = 0; i < Regions.Length - Next; i++)
        {
            if (!ReferenceEquals(Regions[Next + i], other.Regions[other.Next + i]))
                return false;
        }

        return Equals(Outer, other.Outer);
    }

    public override int GetHashCode() =>
        ((Destination?.Ordinal ?? -1) * 31 + Region.FirstBlockOrdinal) * 31 + (Outer?.GetHashCode() ?? 0);
}
