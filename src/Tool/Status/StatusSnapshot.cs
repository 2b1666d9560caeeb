namespace NamespaceLocking.Tool;

/// <summary>What is held in a lock directory.</summary>
/// <param name="Directory">The lock directory.</param>
/// <param name="Time">When it was looked at.</param>
/// <param name="Locks">In the order of the tree.</param>
/// <param name="Unreadable">Directories that this user may not list, so that locks may be missing.</param>
internal sealed record StatusSnapshot(
    string Directory, DateTimeOffset Time, IReadOnlyList<HeldLock> Locks, IReadOnlyList<string> Unreadable)
{
    internal static StatusSnapshot Take(string directory, string? store, BackupNamespace? ns)
    {
        var places = LockTreeWalk.Walk(directory, store).ToList();
        var unreadable = places.Where(place => place.Kind == PlaceKind.Unreadable).Select(place => place.Path);
        var asked = places.Where(place => ns is null || place.Name is null || IsAsked(place.Name, place.Backup, ns));
        return new(directory, DateTimeOffset.UtcNow, HeldLocks.Read(asked), [.. unreadable]);
    }

    /// <summary>A group above a namespace is not on its way: the lock on it says nothing about what is below.</summary>
    private static bool IsAsked(LockName name, BackupName? backup, BackupNamespace ns) =>
        name.IsOnTheWayTo(ns) && (backup is null || name.Namespace is null || ns.Contains(name.Namespace));
}
