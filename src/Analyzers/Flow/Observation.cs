using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Something that the analysis saw in one world at one place. What rules ask is drawn from all of them.</summary>
internal abstract record Observation(SyntaxNode Site)
{
    /// <summary>Whether some rule may have something to say of it; in most bodies there is nothing that has.</summary>
    public virtual bool IsSuspect => true;
}

/// <summary>An operation that asks for locks, and how far they were held.</summary>
/// <param name="IsWrite">Whether a field or property is written, not read: at one place both can be.</param>
internal sealed record OperationSeen(
    SyntaxNode Site, ISymbol Member, bool IsWrite, ImmutableArray<(Requirement Requirement, CoverageInWorld Coverage)> Requirements) : Observation(Site)
{
    public override bool IsSuspect
    {
        get
        {
            foreach (var (_, coverage) in Requirements)
            {
                if (coverage.Coverage != Coverage.Covered)
                    return true;
            }

            return false;
        }
    }
}

/// <summary>A lock was asked for.</summary>
/// <param name="Wanted">What was asked for.</param>
/// <param name="Conflict">A hold that rules it out, if one is certain here.</param>
/// <param name="WaitedUnder">A hold on another namespace of the store, if one is certain here and the request waits.</param>
internal sealed record RequestSeen(SyntaxNode Site, Hold Wanted, HeldBy? Conflict, HeldBy? WaitedUnder) : Observation(Site)
{
    public override bool IsSuspect => Conflict is not null || WaitedUnder is not null;
}

/// <summary>A hold that is certain, and the guard that has it.</summary>
/// <param name="Site">Where the guard was acquired.</param>
/// <param name="Name">The guard's variable, if it has one.</param>
internal sealed record HeldBy(Hold Hold, SyntaxNode Site, string? Name)
{
    public string Describe() => Name is null ? $"the guard {Hold.Describe()}" : $"the guard '{Name}', {Hold.Describe()},";
}

/// <summary>A call acquires a lock, itself or further down.</summary>
/// <param name="Wanted">What it acquires.</param>
/// <param name="Conflict">A hold that rules it out, if one is certain here.</param>
internal sealed record CallBelowSeen(SyntaxNode Site, Hold Wanted, HeldBy? Conflict) : Observation(Site)
{
    public override bool IsSuspect => Conflict is not null;
}

internal enum GuardEvent
{
    /// <summary>Disposed, handed over, returned or stored where others dispose it.</summary>
    Closed,

    /// <summary>Dropped where it was acquired.</summary>
    Dropped,

    /// <summary>Still open where the body ends.</summary>
    LeftOpen,

    /// <summary>Still open where an exception leaves the body.</summary>
    LeftOpenByException,
}

/// <summary>What became of a guard.</summary>
internal sealed record GuardSeen(Guard Guard, GuardEvent Event) : Observation(Guard.Site)
{
    public override bool IsSuspect => Event != GuardEvent.Closed;

    /// <summary>Tells the guards of one acquisition apart.</summary>
    public (int Index, string? Name) Slot => SlotOf(Guard.Id);

    private static (int Index, string? Name) SlotOf(Value id) => id.Kind switch
    {
        ValueKind.Earlier => SlotOf((Value)id.Payload!),
        _ => (id.Index, id.Symbol?.Name),
    };
}

/// <summary>A variable was overwritten while it held an open guard.</summary>
/// <param name="Site">The assignment.</param>
/// <param name="Acquisition">Where the lost guard was acquired.</param>
/// <param name="Variable">The variable's name.</param>
/// <param name="Text">What the lost guard holds.</param>
internal sealed record OverwriteSeen(SyntaxNode Site, SyntaxNode Acquisition, string Variable, string Text) : Observation(Site);

/// <summary>A guard is stored where nothing disposes it.</summary>
internal sealed record LossyStoreSeen(SyntaxNode Site, SyntaxNode Acquisition, string Place, string Text) : Observation(Site);

/// <summary>A guard that was only lent is disposed.</summary>
internal sealed record LentDisposed(SyntaxNode Site, string Name) : Observation(Site);

/// <summary>Work can outlive the guard that it needs.</summary>
/// <param name="Site">The expression that hands the work on.</param>
/// <param name="Guard">The guard's variable, if it has one.</param>
internal sealed record OutlivesSeen(SyntaxNode Site, string? Guard) : Observation(Site);

/// <summary>A member that requires a lock becomes a delegate that does not say so.</summary>
/// <param name="Needs">The requirements that the delegate's type lacks.</param>
/// <param name="IsCovered">Whether the delegate runs at once, under a guard that covers them.</param>
internal sealed record ConversionSeen(SyntaxNode Site, string Member, string DelegateType, string Needs, bool IsCovered) : Observation(Site)
{
    public override bool IsSuspect => !IsCovered;
}

/// <summary>A guard is returned.</summary>
/// <param name="Site">The returned expression.</param>
/// <param name="Holds">What it holds where the member is left; empty where that is not known.</param>
/// <param name="IsReleased">Whether it is released on the way out.</param>
/// <param name="Promised">The promise of the member that this breaks, if it does.</param>
internal sealed record ReturnSeen(SyntaxNode Site, ImmutableArray<Hold> Holds, bool IsReleased, Hold? Promised) : Observation(Site)
{
    public override bool IsSuspect => IsReleased || Promised is not null;

    /// <summary>Whether a constructor keeps it.</summary>
    public bool IsKept { get; init; }

    /// <summary>The variable that has it where it is returned, if there is one.</summary>
    public string? Name { get; init; }
}

/// <summary>A guard is handed out by <c>out</c> where the member is left.</summary>
/// <param name="Holds">What it holds; empty where that is not known.</param>
internal sealed record OutSeen(SyntaxNode Site, ImmutableArray<Hold> Holds) : Observation(Site);

/// <summary>The body ends as it should.</summary>
/// <param name="Acquired">What it acquired on every path to here.</param>
internal sealed record ExitSeen(SyntaxNode Site, ImmutableArray<Hold> Acquired) : Observation(Site)
{
    public override bool IsSuspect => false;
}

/// <summary>A lambda or local function runs, or may run, in this world.</summary>
/// <param name="Function">An <see cref="Microsoft.CodeAnalysis.FlowAnalysis.IFlowAnonymousFunctionOperation"/> or an <see cref="IMethodSymbol"/>.</param>
internal sealed record FunctionUsed(SyntaxNode Site, object Function, World World, ITypeSymbol? DelegateType) : Observation(Site)
{
    public override bool IsSuspect => false;
}
