using NamespaceLocking;
using NamespaceLocking.TestProcess;

switch (args)
{
    // Holds a lock until standard input ends. Being killed is the other way to end it.
    case ["hold", var directory, var store, var ns, var mode]:
        var locks = new NamespaceLockManager(store, new FileLockProvider(directory));
        var place = BackupNamespace.Parse(ns);
        using (mode == nameof(LockMode.Shared) ? locks.AcquireShared(place) : locks.AcquireExclusive(place))
        {
            Console.WriteLine("held");
            Console.In.ReadToEnd();
        }
        return 0;

    // The same with a group, and the namespace shared.
    case ["hold-group", var directory, var store, var ns, var type, var id, var mode]:
        var provider = new FileLockProvider(directory);
        var home = BackupNamespace.Parse(ns);
        using (new NamespaceLockManager(store, provider).AcquireShared(home))
        using (new BackupLockManager(store, provider).Acquire(BackupLockTarget.Group(home, type, id), Enum.Parse<LockMode>(mode)))
        {
            Console.WriteLine("held");
            Console.In.ReadToEnd();
        }
        return 0;

    // Asks for each in turn, and says how it went: for a place, or a user, that the tests cannot have themselves.
    case ["try", var directory, .. var namespaces]:
        var tried = new NamespaceLockManager("main", new FileLockProvider(directory));
        foreach (var name in namespaces)
        {
            try
            {
                using var guard = tried.AcquireExclusive(BackupNamespace.Parse(name));
                Console.WriteLine("granted");
            }
            catch (Exception error)
            {
                Console.WriteLine($"{error.GetType().Name}: {error.Message}");
            }
        }
        return 0;

    case ["dispose-at-exit", var directory]:
        Shutdown.DisposeAtExit(directory);
        return 1;

    case ["dispose-after-fork", var directory]:
        Shutdown.DisposeAfterFork(directory);
        return 0;

    case ["lock-many", var how, var directory]:
        DescriptorShortage.LockMany(directory, holdAll: how == "all-at-once");
        return 0;

    case ["stress", var directory, var log, var seed, var run, var omitted]:
        StressWorker.Run(directory, log, int.Parse(seed), int.Parse(run), Enum.Parse<OmittedLevel>(omitted));
        return 0;

    default:
        Console.Error.WriteLine(
            "Usage: hold DIRECTORY STORE NAMESPACE MODE | hold-group DIRECTORY STORE NAMESPACE TYPE ID MODE | try DIRECTORY NAMESPACE... "
            + "| dispose-at-exit DIRECTORY | dispose-after-fork DIRECTORY | lock-many HOW DIRECTORY | stress DIRECTORY LOG SEED RUN OMITTED");
        return 2;
}
