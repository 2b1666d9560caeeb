using System.Globalization;

namespace NamespaceLocking;

/// <summary>A group of backups, a snapshot of it, or a snapshot's manifest: what a <see cref="BackupLockGuard"/> holds.</summary>
/// <remarks>Immutable; two are equal when they name the same thing.</remarks>
public sealed record BackupLockTarget
{
    /// <summary>A snapshot's time in its path, UTC.</summary>
    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private BackupLockTarget(BackupNamespace ns, string path)
    {
        Namespace = ns;
        Path = path;
    }

    /// <summary>The namespace that it is in.</summary>
    public BackupNamespace Namespace { get; }

    /// <summary>Its path in the namespace: <c>vm/100</c>, <c>vm/100/2026-03-11T15:13:09Z</c>, <c>vm/100/2026-03-11T15:13:09Z/.index.json.lck</c>.</summary>
    public string Path { get; }

    /// <summary>All backups of one machine.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="type">The type of backup: <c>vm</c>, <c>ct</c>, <c>host</c>.</param>
    /// <param name="id">The machine's id.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The type or the id is not a letter, a digit or <c>_</c>, then any of these, <c>.</c> and <c>-</c> (all ASCII); the message says why.
    /// </exception>
    [return: InNamespace(nameof(ns))]
    public static BackupLockTarget Group(BackupNamespace ns, string type, string id)
    {
        ArgumentNullException.ThrowIfNull(ns);
        return new(ns, PathOf(type, id));
    }

    /// <summary>One backup of a machine.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="type">The type of backup: <c>vm</c>, <c>ct</c>, <c>host</c>.</param>
    /// <param name="id">The machine's id.</param>
    /// <param name="time">When it was made, in whole seconds.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// As with <see cref="Group"/>, or the time has a fraction of a second; the message says why.
    /// </exception>
    [return: InNamespace(nameof(ns))]
    public static BackupLockTarget Snapshot(BackupNamespace ns, string type, string id, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(ns);
        return new(ns, PathOf(type, id, time));
    }

    /// <summary>The list of a snapshot's files, which is rewritten while the snapshot is in use.</summary>
    /// <inheritdoc cref="Snapshot"/>
    [return: InNamespace(nameof(ns))]
    public static BackupLockTarget Manifest(BackupNamespace ns, string type, string id, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(ns);
        return new(ns, $"{PathOf(type, id, time)}/.index.json.lck");
    }

    /// <summary>The target in words: <c>'vm/100' in 'a/b'</c>.</summary>
    public override string ToString() => $"{Quoted.Text(Path)} in {Quoted.Namespace(Namespace)}";

    private static string PathOf(string type, string id) => $"{Validate(type, nameof(type))}/{Validate(id, nameof(id))}";

    private static string PathOf(string type, string id, DateTimeOffset time)
    {
        if (time.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentException(
                $"The time of a snapshot is in whole seconds, and {time:O} is not: round it down as its directory's name does.", nameof(time));
        }
        return $"{PathOf(type, id)}/{time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}";
    }

    private static string Validate(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return NamespaceSyntax.FindErrorInName(name) is { } error
            ? throw new ArgumentException($"{Quoted.Text(name)} cannot be the {parameter} of a backup: it {error}. {NamespaceSyntax.AllowedInName}", parameter)
            : name;
    }
}
