using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Work that has been started, or will be, and that needs guards which may end before it does.</summary>
/// <param name="Id">The task, the lazy sequence or the delegate.</param>
/// <param name="Guards">The guards that cover what it does; one of them is enough.</param>
/// <param name="Site">The expression that hands it on.</param>
/// <param name="Runs">Whether it runs, or somebody else may run it: a task from its call on, a sequence or a delegate once it is handed on.</param>
/// <param name="Returned">Whether it is handed to the caller, who may hold a lock of his own.</param>
/// <param name="Keeper">The collection that it was put into.</param>
internal sealed record LaterWork(Value Id, ImmutableArray<Value> Guards, SyntaxNode Site, bool Runs, bool Returned, Value? Keeper)
{
    public bool IsSameAs(LaterWork other) => ReferenceEquals(Id, other.Id) && ReferenceEquals(Site, other.Site) && Runs == other.Runs
        && Returned == other.Returned && ReferenceEquals(Keeper, other.Keeper) && Guards.SequenceEqual(other.Guards);

    public bool Is(Value? value) => value is not null && (ReferenceEquals(Id, value) || ReferenceEquals(Keeper, value));
}
