using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Deletes a namespace and those below it, under an exclusive lock: it is refused while anybody works there. What is protected stays, and
/// the namespaces that it is in.
/// </summary>
internal static class NamespaceDelete
{
    /// <param name="store">The datastore.</param>
    /// <param name="ns">The namespace, which is not the root.</param>
    /// <param name="deletesGroups">Whether groups go too; otherwise there may be none.</param>
    /// <param name="log">Is told what stays.</param>
    /// <returns>Whether nothing is left.</returns>
    public static bool Run(Datastore store, BackupNamespace ns, bool deletesGroups, TaskLog log)
    {
        using var guard = store.LockExclusive(ns);
        using var section = log.Enter(store, ns, LockMode.Exclusive);
        if (ns.IsRoot)
            throw new InvalidOperationException("The root cannot be deleted.");
        if (!store.Exists(ns))
            throw new NamespaceNotFoundException(store, ns);
        if (!deletesGroups && store.FindNamespaces(ns).Any(lower => store.FindGroups(lower).Count > 0))
            throw new InvalidOperationException($"There are groups in namespace '{ns}' of '{store.Name}', or below it: --delete-groups deletes them too.");
        return RemoveAll(store, ns, log);
    }

    /// <summary>Removes a namespace with all that is in it and below it, apart from what is protected.</summary>
    /// <returns>Whether nothing is left.</returns>
    [RequiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(store))]
    public static bool RemoveAll(Datastore store, BackupNamespace ns, TaskLog log)
    {
        var isAllGone = true;
        // Those below first.
        foreach (var lower in store.FindNamespaces(ns).Reverse())
        {
            var isGone = true;
            foreach (var group in store.FindGroups(lower))
                isGone &= SnapshotRemoval.RemoveGroup(store, group, log);
            if (isGone && store.FindNamespaces(lower).Count == 1)
                store.RemoveNamespace(lower);
            else
                isAllGone = false;
        }
        return isAllGone;
    }
}
