using NamespaceLocking;

namespace BackupServer;

/// <summary>Takes a snapshot. What it holds for as long as it runs is <see cref="BackupSession"/>.</summary>
internal static class Backup
{
    public static BackupResult Run(Datastore store, Snapshot snapshot, string user, IReadOnlyList<BackupSource> sources, TaskLog log)
    {
        using var session = BackupSession.Start(store, snapshot, user);
        using var section = log.Enter(store, snapshot.Namespace, LockMode.Shared);
        log.Info($"Backing up into {snapshot}, as process {Environment.ProcessId}.");
        var archives = new List<ArchiveStatistics>();
        foreach (var source in sources)
            archives.Add(session.Add(source.Archive, output => source.Write(output, log)));
        session.Commit();
        log.Committed(store, snapshot);
        return new(snapshot.Namespace.ToString(), snapshot.Name, archives);
    }
}

internal sealed record BackupResult(string Namespace, string Snapshot, IReadOnlyList<ArchiveStatistics> Archives);
