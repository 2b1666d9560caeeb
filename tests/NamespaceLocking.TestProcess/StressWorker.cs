namespace NamespaceLocking.TestProcess;

/// <summary>One process of the stress test: threads that lock at random, note it in the log, and go on until that is full.</summary>
internal static class StressWorker
{
    internal const string Store = "stress";
    internal const int Threads = 8;

    private const int NamespaceCount = 40;

    /// <summary>A tree of namespaces that every process grows alike from the seed; the root is number 0.</summary>
    internal static IReadOnlyList<BackupNamespace> GrowTree(int seed)
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
        using var log = SectionLog.Open(logPath);
        var tree = GrowTree(seed);
        ILockProvider provider = omitted == OmittedLevel.None ? new FileLockProvider(directory) : new OmittingLockProvider(directory, omitted);
        var files = omitted == OmittedLevel.None ? new LockDirectory(directory) : null;
        var locks = new NamespaceLockManager(Store, provider);
        var threads = Enumerable.Range(0, Threads)
            .Select(number => new Thread(() => Work(new(locks, log, tree, files, run, new Random(HashCode.Combine(seed, run, number))))))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

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
                default:
                    worker.LockOne(LockMode.Shared);
                    break;
            }
        }
    }

    private sealed record Worker(
        NamespaceLockManager Locks, SectionLog Log, IReadOnlyList<BackupNamespace> Tree, LockDirectory? Files, int Run, Random Random)
    {
        internal void LockOne(LockMode mode)
        {
            var number = Random.Next(Tree.Count);
            using var guard = TryAcquire(Tree[number], mode);
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
                RemoveLockFile(Tree[number]);
        }

        internal void LockTwo()
        {
            var (first, second) = (Random.Next(Tree.Count), Random.Next(Tree.Count));
            try
            {
                using var guard = Locks.AcquireExclusive(Tree[first], Tree[second]);
                // Where one covers the other, the guard is one on the upper, and so is the section.
                var number = guard.Namespace == Tree[first] ? first : second;
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

        private NamespaceLockGuard? TryAcquire(BackupNamespace ns, LockMode mode)
        {
            var timeout = TimeSpan.FromMilliseconds(Math.Max(0, Random.Next(-6, 6)));
            if (Random.Next(4) > 0)
                return mode == LockMode.Shared ? Locks.TryAcquireShared(ns, timeout) : Locks.TryAcquireExclusive(ns, timeout);
            var task = mode == LockMode.Shared ? Locks.TryAcquireSharedAsync(ns, timeout) : Locks.TryAcquireExclusiveAsync(ns, timeout);
            return task.AsTask().GetAwaiter().GetResult();
        }

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
