namespace NamespaceLocking.Tool;

/// <summary>What <c>nslock status</c> says in JSON; see docs/nslock.md.</summary>
internal sealed record StatusJson(
    int Schema, string Directory, DateTimeOffset Time, IEnumerable<LockJson> Locks, IEnumerable<string> Unreadable, IEnumerable<BackupLockJson> BackupLocks)
{
    internal static StatusJson Of(StatusSnapshot snapshot) =>
        new(
            Json.Schema, snapshot.Directory, snapshot.Time,
            snapshot.Locks.Where(held => held.Backup is null).Select(LockJson.Of),
            snapshot.Unreadable,
            // Apart from the namespaces: a script that knows those alone would take a group's lock for its namespace's.
            snapshot.Locks.Where(held => held.Backup is not null).Select(BackupLockJson.Of));
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

/// <summary>A lock on a group, a snapshot or a manifest, or a request that waits.</summary>
internal sealed record BackupLockJson(
    string Store,
    string? Namespace,
    string? ShortenedNamespace,
    string? Backup,
    string? ShortenedBackup,
    string File,
    LockMode Mode,
    bool Waiting,
    int ProcessId,
    DateTimeOffset? ProcessStarted,
    IReadOnlyList<string>? CommandLine)
{
    internal static BackupLockJson Of(HeldLock held) => new(
        held.Store,
        held.Name.Namespace?.ToString(),
        held.Name.Namespace is null ? held.Name.Text : null,
        held.Backup!.Path,
        held.Backup.Path is null ? held.Backup.Text : null,
        held.File,
        held.Mode,
        held.IsWaiting,
        held.Holder.Id,
        held.Holder.Started?.ToUniversalTime(),
        held.Holder.CommandLine);
}
