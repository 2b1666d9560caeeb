namespace NamespaceLocking.Tool;

/// <summary>Joins the lock files with what the kernel says of them in /proc/locks.</summary>
internal static class HeldLocks
{
    /// <summary>All that is held or waited for, in the order of the tree, what is in a namespace after itself; holders come before those who wait.</summary>
    internal static List<HeldLock> Read(IEnumerable<Place> places)
    {
        // The kernel lists a page at a time, and skips some when others come and go between two pages: twice is more certain.
        // Device numbers are another matter on some file systems, and looked into for the few files that count alone.
        var locks = ProcLocks.ReadAll().ToList().Union(ProcLocks.ReadAll()).ToLookup(entry => entry.File.Inode);
        var processes = new Dictionary<int, HolderProcess>();
        return
        [
            .. places.Where(place => place.Kind == PlaceKind.LockFile && locks.Contains(place.Status.Identity.Inode))
                .SelectMany(place => Find(place, locks[place.Status.Identity.Inode], processes))
                .OrderBy(held => held.Store, StringComparer.Ordinal)
                .ThenBy(held => held.Name)
                .ThenBy(held => held.Backup?.Text, StringComparer.Ordinal)
                .ThenBy(held => held.IsWaiting)
                .ThenByDescending(held => held.Mode)
                .ThenBy(held => held.Holder.Id),
        ];
    }

    private static IEnumerable<HeldLock> Find(
        Place place, IEnumerable<ProcLocks.Entry> candidates, Dictionary<int, HolderProcess> processes)
    {
        if (!FileIdentity.TryGetInProcLocks(place.Path, out var file))
            yield break;
        foreach (var entry in candidates.Where(entry => entry.File == file))
        {
            if (!processes.TryGetValue(entry.ProcessId, out var holder))
                processes.Add(entry.ProcessId, holder = HolderProcess.Find(entry.ProcessId));
            yield return new(place.Store, place.Name!, place.Path, entry.Mode, entry.IsWaiting, holder, place.Backup);
        }
    }
}
