namespace NamespaceLocking.Tests;

/// <summary>Lock files and directories that others remove, replace and rename at whatever moment, without a lock.</summary>
/// <remarks>Who does so can break a lock that is held, which nobody can help. What must not happen is that anything fails, hangs or stays locked.</remarks>
public sealed class VanishingFilesTests : IDisposable
{
    private const string Store = "main";
    private static readonly BackupNamespace[] Tree = [.. new[] { "", "a", "a/b", "a/b/c", "a/d", "e" }.Select(text => BackupNamespace.Parse(text))];

    private readonly TemporaryDirectory _temporary = new();

    private string LockDirectory => Path.Combine(_temporary.Path, "locks");

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public async Task Whatever_vanishes_at_whatever_moment_nothing_fails_or_stays_locked()
    {
        Linux.Require();
        FileLockProvider[] providers = [new(LockDirectory), new(LockDirectory, new() { KeptFiles = 2 }), new(LockDirectory, new() { KeptFiles = 0 })];
        using var end = new CancellationTokenSource();
        var meddler = Task.Run(() => Meddle(end.Token));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => Lock(new(Store, providers[number % 3]), new Random(number)))));
        end.Cancel();
        await meddler;
        foreach (var provider in providers)
        {
            foreach (var ns in Tree)
                new NamespaceLockManager(Store, provider).AcquireExclusive(ns).Dispose();
            using var all = new NamespaceLockManager(Store, provider).TryAcquireExclusive(BackupNamespace.Root);
            Assert.NotNull(all);
        }
    }

    [SkippableFact]
    public void A_lock_directory_that_is_renamed_is_made_again()
    {
        var locks = new NamespaceLockManager(Store, Linux.CreateProvider(LockDirectory));
        locks.AcquireExclusive(Tree[2]).Dispose();
        Directory.Move(LockDirectory, LockDirectory + ".old");
        using var guard = locks.AcquireExclusive(Tree[2]);
        using var stranger = new NamespaceLockManager(Store, new FileLockProvider(LockDirectory)).TryAcquireShared(Tree[2]);
        Assert.Null(stranger);
    }

    [SkippableFact]
    public void A_lock_directory_that_is_renamed_under_a_guard_is_made_again_for_the_next()
    {
        var locks = new NamespaceLockManager(Store, Linux.CreateProvider(LockDirectory));
        locks.AcquireExclusive(Tree[2]).Dispose();
        using var guard = locks.AcquireShared(Tree[4]);
        Directory.Move(LockDirectory, LockDirectory + ".old");
        using var next = locks.AcquireExclusive(Tree[2]);
        using var stranger = new NamespaceLockManager(Store, new FileLockProvider(LockDirectory)).TryAcquireShared(Tree[2]);
        Assert.Null(stranger);
    }

    [SkippableFact]
    public void What_a_stranger_holds_in_a_store_that_was_moved_away_is_in_nobodys_way()
    {
        var locks = new NamespaceLockManager(Store, Linux.CreateProvider(LockDirectory, new() { KeptFiles = 0 }));
        locks.AcquireExclusive(Tree[2]).Dispose();
        using var stranger = new NamespaceLockManager(Store, new FileLockProvider(LockDirectory)).AcquireExclusive(Tree[2]);
        Assert.Null(locks.TryAcquireShared(Tree[2]));
        Directory.Move(Path.Combine(LockDirectory, Store), Path.Combine(LockDirectory, "moved"));
        using var guard = locks.TryAcquireShared(Tree[2]);
        Assert.NotNull(guard);
    }

    private static void Lock(NamespaceLockManager locks, Random random)
    {
        for (var i = 0; i < 500; i++)
        {
            var ns = Tree[random.Next(Tree.Length)];
            using var guard = random.Next(3) == 0 ? locks.TryAcquireExclusive(ns) : locks.TryAcquireShared(ns);
            Thread.SpinWait(random.Next(100));
        }
    }

    private void Meddle(CancellationToken end)
    {
        var random = new Random(1);
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            var ns = Tree[random.Next(Tree.Length)];
            var file = Path.Combine(LockDirectory, Store, ns.ToString().Replace('/', ':'), ".ns-lock");
            Action meddle = random.Next(8) switch
            {
                < 4 => () => File.Delete(file),
                4 => () => Replace(file, $"{_temporary.Path}/{i}"),
                5 => () => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true),
                6 => () => Directory.Move(Path.Combine(LockDirectory, Store), $"{_temporary.Path}/{i}"),
                _ => () => Directory.Move(LockDirectory, $"{_temporary.Path}/{i}"),
            };
            try
            {
                meddle();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It was not there, or came back at that moment.
            }
            Thread.Sleep(random.Next(2));
        }
    }

    private static void Replace(string file, string successor)
    {
        File.WriteAllText(successor, "");
        File.Move(successor, file, overwrite: true);
    }
}
