using System.Globalization;
using NamespaceLocking;

namespace BackupServer;

/// <summary>One backup of a group, named by its time in UTC, to the second.</summary>
internal sealed record Snapshot(BackupGroup Group, DateTime Time)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    [InNamespace("this.Group.Namespace")]
    public BackupNamespace Namespace => Group.Namespace;

    /// <summary>The name of its directory: <c>2026-03-11T15:13:09Z</c>.</summary>
    public string TimeText => Time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Without the namespace: <c>host/web1/2026-03-11T15:13:09Z</c>.</summary>
    public string Name => $"{Group.Name}/{TimeText}";

    /// <summary>By what the annotations name the lock on the snapshot, which is no namespace.</summary>
    public BackupNamespace Key => Group.Key.Child(TimeText.Replace(':', '-'));

    /// <summary>The same snapshot in another namespace.</summary>
    [return: InNamespace(nameof(ns))]
    public Snapshot In(BackupNamespace ns) => this with { Group = Group.In(ns) };

    public override string ToString() => Namespace.IsRoot ? Name : $"{Namespace}:{Name}";

    public static DateTime? FindTime(string text) =>
        DateTime.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    /// <exception cref="FormatException">The text is not a time.</exception>
    public static DateTime ParseTime(string text) =>
        FindTime(text) ?? throw new FormatException($"'{text}' is not a time in UTC: write it as 2026-03-11T15:13:09Z.");

    /// <exception cref="FormatException">The text is not <c>TYPE/ID/TIME</c>.</exception>
    public static Snapshot Parse(BackupNamespace ns, string text)
    {
        var end = text.LastIndexOf('/');
        return end < 0 ? throw new FormatException($"'{text}' is not a snapshot: write TYPE/ID/TIME, such as host/web1/2026-03-11T15:13:09Z.")
            : new(BackupGroup.Parse(ns, text[..end]), ParseTime(text[(end + 1)..]));
    }

    /// <summary>Now, in the precision that a snapshot's name has.</summary>
    public static DateTime Now()
    {
        var now = DateTime.UtcNow;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
