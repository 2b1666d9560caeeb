using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Takes a backup into a namespace.</summary>
public static class BackupJob
{
    /// <summary>NSL2001: the guard is dropped in the line that takes it, and the backup runs without it.</summary>
    public static async Task BackUpUnsafely(Datastore store, BackupNamespace ns, Stream content, CancellationToken cancellationToken)
    {
        _ = await store.LockSharedAsync(ns, cancellationToken);
        await store.WriteAsync(ns, "today", content, cancellationToken);
    }

    /// <summary>The guard lives to the end of the method.</summary>
    public static async Task BackUp(Datastore store, BackupNamespace ns, Stream content, CancellationToken cancellationToken)
    {
        await using var guard = await store.LockSharedAsync(ns, cancellationToken);
        await store.WriteAsync(ns, "today", content, cancellationToken);
    }

    /// <summary>
    /// NSL2002: nobody disposes the guard. Once it is not used any more, the garbage collector may finalize it, which closes its lock
    /// files: under the running backup, or long after it.
    /// </summary>
    public static async Task BackUpAllUnsafely(
        Datastore store, BackupNamespace ns, IReadOnlyDictionary<string, Stream> clients, CancellationToken cancellationToken)
    {
        var guard = await store.LockSharedAsync(ns, cancellationToken);
        Console.WriteLine($"{clients.Count} clients are backed up to {guard.Namespace}.");
        foreach (var (snapshot, content) in clients)
            await store.WriteAsync(ns, snapshot, content, cancellationToken);
    }

    /// <summary>The using declaration disposes it, and keeps it alive until then.</summary>
    public static async Task BackUpAll(
        Datastore store, BackupNamespace ns, IReadOnlyDictionary<string, Stream> clients, CancellationToken cancellationToken)
    {
        await using var guard = await store.LockSharedAsync(ns, cancellationToken);
        Console.WriteLine($"{clients.Count} clients are backed up to {guard.Namespace}.");
        foreach (var (snapshot, content) in clients)
            await store.WriteAsync(ns, snapshot, content, cancellationToken);
    }

    /// <summary>NSL1006: the guard ends when the method returns, and the backup has only begun then.</summary>
    public static Task BackUpOneUnsafely(Datastore store, BackupNamespace ns, string snapshot, Stream content, CancellationToken cancellationToken)
    {
        using var guard = store.LockShared(ns);
        return store.WriteAsync(ns, snapshot, content, cancellationToken);
    }

    /// <summary>Awaits the backup, and releases the guard behind it.</summary>
    public static async Task BackUpOne(Datastore store, BackupNamespace ns, string snapshot, Stream content, CancellationToken cancellationToken)
    {
        using var guard = store.LockShared(ns);
        await store.WriteAsync(ns, snapshot, content, cancellationToken);
    }
}
