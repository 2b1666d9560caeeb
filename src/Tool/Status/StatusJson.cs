using System.Text.Json.Serialization;

namespace NamespaceLocking.Tool;

/// <summary>What <c>nslock status</c> says in JSON; see docs/nslock.md.</summary>
internal sealed record StatusJson(
    int Schema, string Directory, DateTimeOffset Time, IEnumerable<LockJson> Locks, IEnumerable<string> Unreadable, IEnumerable<BackupLockJson> BackupLocks)
{
    internal static StatusJson Of(StatusSnapshot snapshot) =>
        new(
            Json.Schema, snapshot.Directory, snapshot.Time,
            snapshot.Locks.Where(held => held.Backup is null).Select(held => new LockJson(held)),
            snapshot.Unreadable,
            // Apart from the namespaces: a script that knows those alone would take a group's lock for its namespace's.
            snapshot.Locks.Where(held => held.Backup is not null).Select(held => new BackupLockJson(held)));
}

/// <summary>A lock, or a request that waits.</summary>
internal class LockJson(HeldLock held)
{
    /// <summary>What names a lock stands before what is said of it.</summary>
    private protected const int First = -2;

    [JsonPropertyOrder(First)]
    public string Store => held.Store;

    [JsonPropertyOrder(First)]
    public string? Namespace => held.Name.Namespace?.ToString();

    [JsonPropertyOrder(First)]
    public string? ShortenedNamespace => held.Name.Namespace is null ? held.Name.Text : null;

    public string File => held.File;

    public LockMode Mode => held.Mode;

    public bool Waiting => held.IsWaiting;

    public int ProcessId => held.Holder.Id;

    public DateTimeOffset? ProcessStarted => held.Holder.Started?.ToUniversalTime();

    public IReadOnlyList<string>? CommandLine => held.Holder.CommandLine;
}

/// <summary>A lock on a group, a snapshot or a manifest, or a request that waits.</summary>
internal sealed class BackupLockJson(HeldLock held) : LockJson(held)
{
    private readonly BackupName _name = held.Backup!;

    [JsonPropertyOrder(First + 1)]
    public string? Backup => _name.Path;

    [JsonPropertyOrder(First + 1)]
    public string? ShortenedBackup => _name.Path is null ? _name.Text : null;
}
