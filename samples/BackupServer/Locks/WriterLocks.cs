using System.Globalization;
using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Each session that writes chunks holds a lock named by the time at which it began. The collector reads from these names how long a
/// chunk that no snapshot refers to yet may still be about to be referred to. A session that dies gives its lock back with its life.
/// </summary>
internal sealed class WriterLocks(NamespaceLockManager locks, string directory)
{
    /// <summary>Announces a session. Every chunk that it uses has to be marked as used after this.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(writer))]
    public NamespaceLockGuard LockExclusive(BackupNamespace writer) => locks.AcquireExclusive(writer, TimeSpan.FromMinutes(1));

    /// <summary>A name for a session that begins now.</summary>
    public static BackupNamespace NewWriter() =>
        BackupNamespace.Root.Child(string.Create(CultureInfo.InvariantCulture, $"t{DateTime.UtcNow.Ticks}-{Environment.ProcessId}-{Guid.NewGuid():N}"));

    /// <summary>
    /// When the oldest session began that still runs; null where none does. A session that is announced while this looks marks its
    /// chunks after that, and needs no mention.
    /// </summary>
    public DateTime? FindOldest()
    {
        DateTime? oldest = null;
        foreach (var path in Directory.Exists(directory) ? Directory.GetDirectories(directory, "t*") : [])
        {
            var name = Path.GetFileName(path);
            if (!long.TryParse(name[1..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                continue;
            var writer = BackupNamespace.Root.Child(name);
            using var guard = locks.TryAcquireExclusive(writer);
            if (guard is null)
                oldest = oldest is { } known && known.Ticks <= ticks ? known : new DateTime(ticks, DateTimeKind.Utc);
            else
                Forget(writer);
        }
        return oldest;
    }

    /// <summary>Removes the lock file of a session that is dead, which is allowed to whoever holds its lock.</summary>
    [RequiresLock(LockMode.Exclusive, nameof(writer))]
    private void Forget(BackupNamespace writer) => Directory.Delete(Path.Combine(directory, writer.Name), recursive: true);
}
