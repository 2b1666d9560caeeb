namespace NamespaceLocking.Tool;

/// <summary>What <c>nslock status</c> says in JSON; see docs/nslock.md.</summary>
internal sealed record StatusJson(
    int Schema, string Directory, DateTimeOffset Time, IEnumerable<LockJson> Locks, IEnumerable<string> Unreadable)
{
    internal static StatusJson Of(StatusSnapshot snapshot) =>
        new(Json.Schema, snapshot.Directory, snapshot.Time, snapshot.Locks.Select(LockJson.Of), snapshot.Unreadable);
}

/// <summary>A lock, or a request that waits.</summary>
internal sealed record LockJson(
    string Store,
    string? Namespace,
    string? ShortenedNamespace,
    string File,
    LockMode Mode,
    bool Waiting,
    int ProcessId,
    DateTimeOffset? ProcessStarted,
    IReadOnlyList<string>? CommandLine)
{
    internal static LockJson Of(HeldLock held) => new(
        held.Store,
        held.Name.Namespace?.ToString(),
        held.Name.Namespace is null ? held.Name.Text : null,
        held.File,
        held.Mode,
        held.IsWaiting,
        held.Holder.Id,
        held.Holder.Started?.ToUniversalTime(),
        held.Holder.CommandLine);
}
