using System.Runtime.InteropServices;

namespace NamespaceLocking.TestProcess;

/// <summary>Processes that end, or are doubled, in the midst of it.</summary>
internal static unsafe class Shutdown
{
    /// <summary>Ends with one guard disposed while the process ends, another one never, and one acquired at the very end.</summary>
    internal static void DisposeAtExit(string directory)
    {
        var locks = new NamespaceLockManager("main", new FileLockProvider(directory));
        using var forgotten = locks.AcquireShared(BackupNamespace.Parse("a/forgotten"));
        var guard = locks.AcquireExclusive(BackupNamespace.Parse("a/b"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            guard.Dispose();
            guard.Dispose();
            using var again = locks.AcquireExclusive(BackupNamespace.Parse("a/b"));
            Console.WriteLine("disposed");
        };
        Environment.Exit(0);
    }

    /// <summary>Disposes a guard while a child that was forked meanwhile still has the files open. Ends with its input, and the child with it.</summary>
    internal static void DisposeAfterFork(string directory)
    {
        var library = NativeLibrary.Load("libc");
        // Called before, so that there is nothing left to be compiled in the child, which has one thread of all that it takes.
        var getProcessId = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "getpid");
        var fork = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "fork");
        var pause = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "pause");
        var kill = (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(library, "kill");
        _ = Call(getProcessId);
        var locks = new NamespaceLockManager("main", new FileLockProvider(directory));
        int child;
        using (locks.AcquireExclusive(BackupNamespace.Parse("a/b")))
        {
            child = Call(fork);
            while (child == 0)
                _ = Call(pause);
        }
        Console.WriteLine($"{child}");
        Console.In.ReadToEnd();
        _ = kill(child, 9);
    }

    private static int Call(delegate* unmanaged<int> function) => function();
}
