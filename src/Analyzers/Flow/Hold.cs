using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>A mode on a namespace of a store. An unknown namespace is null, and is no other one; an unknown store is taken to be the same.</summary>
/// <param name="Text">The namespace as the code writes it.</param>
internal sealed record Hold(LockMode Mode, Value? Namespace, Value? Store, string Text)
{
    /// <summary>Whether nobody states it: a guard holds its own namespace, shared, where nothing more is known.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>Whether nothing but the guard's own <c>Namespace</c> tells which one it is.</summary>
    public bool IsUnnamed { get; init; }

    /// <summary>The store as the code writes it; empty where it is not told.</summary>
    public string StoreText { get; init; } = "";

    public string Describe() => $"{Mode.Text()} on '{Text}'";
}

internal enum GuardStatus
{
    /// <summary>In a task that nobody has awaited yet.</summary>
    Pending,

    /// <summary>The result of a Try that nobody has tested yet: null, or held.</summary>
    Untested,
    Held,

    /// <summary>Dropped or overwritten: still locked until the collector comes by. Reported once; covers, but proves no conflict.</summary>
    Lost,

    /// <summary>Too many paths meet to tell: covers, so that nothing is reported, and proves nothing.</summary>
    Blurred,
}

internal enum GuardOrigin
{
    Acquired,

    /// <summary>A parameter: the caller's.</summary>
    Parameter,

    /// <summary>The guard whose own member this is.</summary>
    This,

    /// <summary>What a member lends that returns a field, a parameter or <c>this</c>.</summary>
    Lent,

    /// <summary>What an annotation promises or asserts; there is no object.</summary>
    Stated,
}

/// <summary>A guard on one path: what it holds, and whether this body has to dispose it.</summary>
/// <param name="Id">The guard object.</param>
/// <param name="Site">Where it was acquired: where its lifetime is reported.</param>
/// <param name="Owned">Whether nobody else disposes it.</param>
/// <param name="Nullable">Whether the value can be null in place of a guard.</param>
/// <param name="Holds">What it holds.</param>
internal sealed record Guard(
    Value Id, SyntaxNode Site, GuardStatus Status, GuardOrigin Origin, bool Owned, bool Nullable, ImmutableArray<Hold> Holds)
{
    /// <summary>Whether it belongs to the code around the lambda or local function.</summary>
    public bool IsOuter { get; init; }

    /// <summary>Whether somebody else disposes it, and may still need it.</summary>
    public bool IsLent { get; init; }

    /// <summary>The field that keeps it, and that its type disposes.</summary>
    public Value? Keeper { get; init; }

    /// <summary>Whether it is in a collection: which of its items are disposed when is not told.</summary>
    public bool IsItem { get; init; }

    /// <summary>Where it was stored, and in what, if nothing there disposes it.</summary>
    public (SyntaxNode Site, string Place)? LossyStore { get; init; }

    public bool Covers => Status is GuardStatus.Held or GuardStatus.Lost or GuardStatus.Blurred;

    public string Describe() => string.Join(" and ", Holds.Select(hold => hold.Describe()));

    public bool IsSameAs(Guard other) => ReferenceEquals(this, other)
        || (ReferenceEquals(Id, other.Id) && Status == other.Status && Owned == other.Owned && IsOuter == other.IsOuter && ReferenceEquals(Keeper, other.Keeper)
            && LossyStore == other.LossyStore && Holds.SequenceEqual(other.Holds));
}

internal enum PastReason
{
    Released,

    /// <summary>Given to a parameter that takes ownership.</summary>
    HandedOver,

    /// <summary>A Try whose result was tested, and was null.</summary>
    NotGranted,
}

/// <summary>What was held once on this path, or would have been.</summary>
/// <param name="Place">Where the hold ended.</param>
/// <param name="Guard">The guard that held it.</param>
internal sealed record PastHold(Hold Hold, PastReason Reason, SyntaxNode Place, Value? Guard)
{
    /// <summary>Whether the guard was there for certain: what has it then is not null.</summary>
    public bool WasThere { get; init; }

    /// <summary>One of the places where a hold ends is enough to tell of.</summary>
    public bool Equals(PastHold? other) => other is not null && Reason == other.Reason && WasThere == other.WasThere && ReferenceEquals(Guard, other.Guard) && Hold.Equals(other.Hold);

    public override int GetHashCode() => (int)Reason ^ (Guard?.Hash ?? 0);
}
