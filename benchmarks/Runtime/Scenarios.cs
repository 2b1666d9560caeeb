using DotNext.Threading;
using AsyncExReaderWriterLock = Nito.AsyncEx.AsyncReaderWriterLock;

namespace NamespaceLocking.Benchmarks;

/// <summary>The cases that are measured: the file locks, the baseline on the same files, and locks within a process.</summary>
internal sealed class Scenarios : IDisposable
{
    private const string Store = "main";
    private const int MostHeld = 1000;

    private readonly string _directory;
    private readonly NamespaceLockManager _files;
    private readonly NamespaceLockManager _inProcess = new(Store, new InProcessLockProvider());
    private readonly OriginalAlgorithm _original;
    private readonly BackupNamespace[] _namespaces;
    private readonly BackupNamespace _sibling;

    /// <param name="depth">The depth of every namespace.</param>
    /// <param name="count">How many namespaces there are, all with one parent.</param>
    internal Scenarios(int depth, int count)
    {
        // In memory, where there is such a place, so that a disk has no part in it.
        var place = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _directory = Path.Combine(place, $"namespace-locking-benchmark-{Guid.NewGuid():N}");
        _files = new(Store, new FileLockProvider(_directory));
        _original = new(Path.Combine(_directory, Store));
        var parent = BackupNamespace.Root;
        for (var level = 1; level < depth; level++)
            parent = parent.Child($"level{level}");
        _namespaces = [.. Enumerable.Range(0, count).Select(i => parent.Child($"customer{i}"))];
        _sibling = parent.Child("sibling");
        foreach (var ns in _namespaces)
            _files.AcquireExclusive(ns).Dispose();
    }

    internal Scenario Original() => new("original: nothing kept", i => _original.AcquireAndRelease(At(i), LockMode.Shared));

    internal Scenario KernelLimit()
    {
        var descriptors = _original.OpenAll(At(0));
        return new("flock and unlock alone, root included", _ => OriginalAlgorithm.LockAndUnlock(descriptors), () => OriginalAlgorithm.CloseAll(descriptors));
    }

    internal Scenario HeldShared()
    {
        var release = Hold(LockMode.Shared);
        return new("files: same namespace held shared", i => _files.AcquireShared(HeldAt(i)).Dispose(), release);
    }

    internal Scenario HeldSharedAsync()
    {
        var release = Hold(LockMode.Shared);
        return new("files: same namespace held shared, async", i => _files.AcquireSharedAsync(HeldAt(i)).GetAwaiter().GetResult().Dispose(), release);
    }

    internal Scenario SiblingHeld()
    {
        var holder = _files.AcquireShared(_sibling);
        return new("files: sibling held shared", i => _files.AcquireShared(At(i)).Dispose(), holder.Dispose);
    }

    internal Scenario SiblingHeldExclusive()
    {
        var holder = _files.AcquireShared(_sibling);
        return new("files: sibling held, exclusive asked", i => _files.AcquireExclusive(At(i)).Dispose(), holder.Dispose);
    }

    internal Scenario NothingHeld() => new("files: nothing held, files known", i => _files.AcquireShared(At(i)).Dispose());

    internal Scenario Refused()
    {
        var release = Hold(LockMode.Exclusive);
        return new("files: refused, answered null", i => _files.TryAcquireShared(HeldAt(i))?.Dispose(), release);
    }

    internal Scenario InProcess() => new("in process: nothing held", i => _inProcess.AcquireShared(At(i)).Dispose());

    internal Scenario ReaderWriterLockSlims()
    {
        var levels = Levels(() => new ReaderWriterLockSlim());
        return new("ReaderWriterLockSlim a level", _ =>
        {
            foreach (var level in levels)
                level.EnterReadLock();
            foreach (var level in levels)
                level.ExitReadLock();
        });
    }

    internal Scenario SemaphoreSlims()
    {
        var levels = Levels(() => new SemaphoreSlim(int.MaxValue));
        return new("SemaphoreSlim a level", _ =>
        {
            foreach (var level in levels)
                level.Wait();
            foreach (var level in levels)
                level.Release();
        });
    }

    internal Scenario DotNexts()
    {
        var levels = Levels(() => new AsyncReaderWriterLock());
        return new("DotNext AsyncReaderWriterLock a level", _ =>
        {
            foreach (var level in levels)
                level.EnterReadLockAsync().GetAwaiter().GetResult();
            foreach (var level in levels)
                level.Release();
        });
    }

    internal Scenario AsyncExs()
    {
        var levels = Levels(() => new AsyncExReaderWriterLock());
        var keys = new ThreadLocal<IDisposable[]>(() => new IDisposable[levels.Length]);
        return new("AsyncEx AsyncReaderWriterLock a level", _ =>
        {
            var held = keys.Value!;
            for (var i = 0; i < levels.Length; i++)
                held[i] = levels[i].ReaderLock();
            foreach (var key in held)
                key.Dispose();
        });
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Holds the namespaces, or as many as the descriptors are sure to suffice for: one each.</summary>
    private Action Hold(LockMode mode)
    {
        var holders = _namespaces.Take(MostHeld).Select(ns => mode == LockMode.Shared ? _files.AcquireShared(ns) : _files.AcquireExclusive(ns)).ToList();
        return () => holders.ForEach(holder => holder.Dispose());
    }

    private BackupNamespace HeldAt(int number) => _namespaces[number % Math.Min(_namespaces.Length, MostHeld)];

    private BackupNamespace At(int number) => _namespaces[number % _namespaces.Length];

    /// <summary>As many as one namespace has levels, the root included.</summary>
    private T[] Levels<T>(Func<T> make) => [.. Enumerable.Range(0, _namespaces[0].Depth + 1).Select(_ => make())];
}
