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

    case ["lock-many", var how, var directory]:
        DescriptorShortage.LockMany(directory, holdAll: how == "all-at-once");
        return 0;

    case ["stress", var directory, var log, var seed, var run, var omitted]:
        StressWorker.Run(directory, log, int.Parse(seed), int.Parse(run), Enum.Parse<OmittedLevel>(omitted));
        return 0;

    default:
        Console.Error.WriteLine(
            "Usage: hold DIRECTORY STORE NAMESPACE MODE | hold-group DIRECTORY STORE NAMESPACE TYPE ID MODE | lock-many HOW DIRECTORY "
            + "| stress DIRECTORY LOG SEED RUN OMITTED");
        return 2;
}
