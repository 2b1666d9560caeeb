namespace NamespaceLocking.TestProcess;

/// <summary>One process of the stress test: threads that lock at random, note it in the log, and go on until that is full.</summary>
internal static class StressWorker
{
    internal const string Store = "stress";
    internal const int Threads = 8;

    private const int NamespaceCount = 40;

    /// <summary>In few namespaces, so that several often want the same.</summary>
    private const int NamespacesWithBackups = 4;

    private static readonly DateTimeOffset SnapshotTime = new(2022, 5, 2, 8, 11, 33, TimeSpan.Zero);

    /// <summary>
    /// What there is to lock, which every process finds alike from the seed: a tree of namespaces, of which the root is number 0, and then
    /// the backups in some of them.
    /// </summary>
    internal static IReadOnlyList<StressPlace> FindPlaces(int seed)
    {
        var tree = GrowTree(seed);
        return
        [
            .. tree.Select(ns => new StressPlace(ns)),
            // The root, whose backups are beside other namespaces' directories, and some that are often had exclusively, having little below them.
            .. tree.Take(1).Concat(tree.TakeLast(NamespacesWithBackups - 1)).SelectMany(BackupsIn).Select(backup => new StressPlace(backup.Namespace, backup)),
        ];
    }

    private static BackupLockTarget[] BackupsIn(BackupNamespace ns) =>
    [
        BackupLockTarget.Group(ns, "vm", "100"),
        BackupLockTarget.Snapshot(ns, "vm", "100", SnapshotTime),
        BackupLockTarget.Manifest(ns, "vm", "100", SnapshotTime),
    ];

    private static List<BackupNamespace> GrowTree(int seed)
    {
        var random = new Random(seed);
        var tree = new List<BackupNamespace> { BackupNamespace.Root };
        while (tree.Count < NamespaceCount)
        {
            var parent = tree[random.Next(tree.Count)];
            if (parent.Depth < BackupNamespace.MaxDepth)
                tree.Add(parent.Child($"n{tree.Count}"));
        }
        return tree;
    }

    internal static void Run(string directory, string logPath, int seed, int run, OmittedLevel omitted)
    {
        // .NET locks what it reads, the list of locks included.
        var before = CountOwnLocks();
        LockUntilFull(directory, logPath, seed, run, omitted);
        if (CountOwnLocks() - before is > 0 and var left)
            throw new InvalidOperationException($"Nothing is held any more, but the kernel still lists {left} locks of this process.");
    }

    private static void LockUntilFull(string directory, string logPath, int seed, int run, OmittedLevel omitted)
    {
        using var log = SectionLog.Open(logPath);
        var places = FindPlaces(seed);
        var files = new FileLockProvider(directory);
        var locks = new NamespaceLockManager(Store, omitted == OmittedLevel.None ? files : new OmittingLockProvider(directory, omitted));
        // What is locked in another world is not locked in this one.
        var aside = new InProcessLockProvider();
        var locksAroundBackups = omitted == OmittedLevel.AroundBackup ? new NamespaceLockManager(Store, aside) : locks;
        var backups = omitted == OmittedLevel.Backup ? new BackupLockManager(Store, aside) : new BackupLockManager(Store, files);
        var removes = omitted == OmittedLevel.None ? new LockDirectory(directory) : null;
        var threads = Enumerable.Range(0, Threads)
            .Select(number => new Random(HashCode.Combine(seed, run, number)))
            .Select(random => new Thread(() => Work(new(locks, locksAroundBackups, backups, log, places, removes, run, random))))
            .ToList();
        Console.WriteLine("ready");
        log.WaitUntilOpen();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static int CountOwnLocks() =>
        File.ReadLines("/proc/locks").Count(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "FLOCK", _, _, var process, ..]
            && process == $"{Environment.ProcessId}");

    private static void Work(Worker worker)
    {
        while (!worker.Log.IsFull)
        {
            switch (worker.Random.Next(20))
            {
                case 0:
                    worker.LockTwo();
                    break;
                case < 6:
                    worker.LockOne(LockMode.Exclusive);
                    break;
                case < 9:
                    worker.LockBackup();
                    break;
                default:
                    worker.LockOne(LockMode.Shared);
                    break;
            }
        }
    }

    private sealed record Worker(
        NamespaceLockManager Locks,
        NamespaceLockManager LocksAroundBackups,
        BackupLockManager Backups,
        SectionLog Log,
        IReadOnlyList<StressPlace> Places,
        LockDirectory? Files,
        int Run,
        Random Random)
    {
        internal void LockOne(LockMode mode)
        {
            var number = Random.Next(NamespaceCount);
            using var guard = TryAcquire(Locks, NamespaceOf(number), mode);
            if (guard is null)
            {
                Log.CountRefused();
                return;
            }
            var section = Log.Enter(Run, number, mode);
            Dawdle();
            Log.Exit(section);
            // The last act: from here on others lock a new file, whatever is still locked of the old one.
            if (mode == LockMode.Exclusive && Random.Next(10) == 0)
                RemoveLockFile(NamespaceOf(number));
        }

        internal void LockTwo()
        {
            var (first, second) = (Random.Next(NamespaceCount), Random.Next(NamespaceCount));
            try
            {
                using var guard = Locks.AcquireExclusive(NamespaceOf(first), NamespaceOf(second));
                // Where one covers the other, the guard is one on the upper, and so is the section.
                var number = guard.Namespace == NamespaceOf(first) ? first : second;
                var sectionOfFirst = Log.Enter(Run, number, LockMode.Exclusive);
                var sectionOfSecond = guard.SecondNamespace is null ? -1 : Log.Enter(Run, second, LockMode.Exclusive);
                Dawdle();
                Log.Exit(sectionOfSecond);
                Log.Exit(sectionOfFirst);
            }
            catch (NamespaceLockedException)
            {
                Log.CountRefused();
            }
        }

        internal void LockBackup()
        {
            var number = Random.Next(NamespaceCount, Places.Count);
            var target = Places[number].Backup!;
            using var around = TryAcquire(LocksAroundBackups, target.Namespace, LockMode.Shared);
            if (around is null)
            {
                Log.CountRefused();
                return;
            }
            var mode = Random.Next(3) == 0 ? LockMode.Exclusive : LockMode.Shared;
            using var guard = TryAcquire(target, mode);
            if (guard is null)
            {
                Log.CountRefused();
                return;
            }
            var section = Log.Enter(Run, number, mode);
            Dawdle();
            Log.Exit(section);
            if (mode == LockMode.Exclusive && Random.Next(4) == 0)
            {
                guard.RemoveAndDispose();
                Log.CountRemoved();
            }
        }

        private NamespaceLockGuard? TryAcquire(NamespaceLockManager locks, BackupNamespace ns, LockMode mode)
        {
            var timeout = NextTimeout();
            if (Random.Next(4) > 0)
                return mode == LockMode.Shared ? locks.TryAcquireShared(ns, timeout) : locks.TryAcquireExclusive(ns, timeout);
            var task = mode == LockMode.Shared ? locks.TryAcquireSharedAsync(ns, timeout) : locks.TryAcquireExclusiveAsync(ns, timeout);
            return task.AsTask().GetAwaiter().GetResult();
        }

        [RequiresLock(LockMode.Shared, "target.Namespace")]
        private BackupLockGuard? TryAcquire(BackupLockTarget target, LockMode mode) =>
            Random.Next(4) > 0
                ? Backups.TryAcquire(target, mode, NextTimeout())
                : Backups.TryAcquireAsync(target, mode, NextTimeout()).AsTask().GetAwaiter().GetResult();

        private TimeSpan NextTimeout() => TimeSpan.FromMilliseconds(Math.Max(0, Random.Next(-6, 6)));

        private BackupNamespace NamespaceOf(int number) => Places[number].Namespace;

        /// <summary>Stays in the section for a while of random length, and now and then lets another thread run.</summary>
        private void Dawdle()
        {
            Thread.SpinWait(Random.Next(200));
            if (Random.Next(4) == 0)
                Thread.Yield();
        }

        private void RemoveLockFile(BackupNamespace ns)
        {
            if (Files is null)
                return;
            File.Delete(Files.PlaceOf(Store, ns).FullPath);
            Log.CountRemoved();
        }
    }
}

/// <summary>A namespace or, where there is one, a backup in it: what a section is about.</summary>
internal sealed record StressPlace(BackupNamespace Namespace, BackupLockTarget? Backup = null);
