namespace NamespaceLocking.TestProcess;

/// <summary>Locks more namespaces than the process may have descriptors.</summary>
internal static class DescriptorShortage
{
    private const int Count = 400;

    /// <summary>Prints the advice that comes with the failure, where one is to be expected.</summary>
    internal static void LockMany(string directory, bool holdAll)
    {
        // What it takes to write is loaded now, as long as there are descriptors.
        Console.WriteLine("ready");
        var locks = new NamespaceLockManager("many", new FileLockProvider(directory, new() { KeptFiles = int.MaxValue }));
        var guards = new List<NamespaceLockGuard>();
        try
        {
            for (var i = 0; i < Count; i++)
            {
                guards.Add(locks.AcquireShared(BackupNamespace.Parse($"a/n{i}")));
                if (!holdAll)
                    guards[i].Dispose();
            }
        }
        catch (IOException error) when (holdAll && error.Message.Contains("ulimit -n"))
        {
            Console.WriteLine("ulimit -n");
        }
        guards.ForEach(guard => guard.Dispose());
        // What failed left nothing behind, and now there is room again.
        using var all = locks.AcquireExclusive(BackupNamespace.Root);
    }
}
