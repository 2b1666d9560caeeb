using NamespaceLocking;

namespace BackupServer;

/// <summary>Makes a namespace and those above it, none of which is moved or deleted meanwhile.</summary>
internal static class NamespaceCreate
{
    public static void Run(Datastore store, BackupNamespace ns, TaskLog log)
    {
        using var guard = store.LockShared(ns);
        using var section = log.Enter(store, ns, LockMode.Shared);
        if (store.Exists(ns))
            throw new InvalidOperationException($"There is a namespace '{ns}' in '{store.Name}' already.");
        store.CreateNamespace(ns);
    }
}
