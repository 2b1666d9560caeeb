using NamespaceLocking;

namespace BackupServer;

/// <summary>Namespaces come, go, and change their places.</summary>
internal sealed partial class Datastore
{
    /// <summary>Makes a namespace and those above it, unless they are there.</summary>
    [RequiresLock(LockMode.Shared, nameof(ns))]
    public void CreateNamespace(BackupNamespace ns) => Directory.CreateDirectory(PathOf(ns));

    /// <summary>Removes a namespace in which, and below which, there is nothing.</summary>
    /// <exception cref="InvalidOperationException">There is something, or it is the root.</exception>
    [RequiresLock(LockMode.Exclusive, nameof(ns))]
    public void RemoveNamespace(BackupNamespace ns)
    {
        if (ns.IsRoot)
            throw new InvalidOperationException("The root cannot be removed.");
        if (FindGroups(ns).Count > 0 || FindNamespaces(ns).Count > 1)
            throw new InvalidOperationException($"Namespace '{ns}' of '{Name}' is not empty.");
        Directory.Delete(PathOf(ns), recursive: true);
    }

    /// <summary>Gives a group another place, where there is none of its name.</summary>
    [RequiresLock(LockMode.Exclusive, "group.Namespace")]
    [RequiresLock(LockMode.Exclusive, nameof(target))]
    [RequiresLock(LockMode.Exclusive, "this.Layout.Everything", Store = "this.Layout")]
    public void MoveGroup(BackupGroup group, BackupNamespace target)
    {
        var place = PathOf(group.In(target));
        if (Directory.Exists(place) && !Exists(group.In(target)))
            Directory.Delete(place, recursive: true); // Left by a process that died before it was a group.
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.Move(PathOf(group), place);
    }

    /// <summary>Gives a snapshot another place, in the group of the same name there.</summary>
    [RequiresLock(LockMode.Exclusive, "snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, nameof(target))]
    [RequiresLock(LockMode.Exclusive, "this.Layout.Everything", Store = "this.Layout")]
    public void MoveSnapshot(Snapshot snapshot, BackupNamespace target) => Directory.Move(PathOf(snapshot), PathOf(snapshot.In(target)));

    /// <summary>Every index of every snapshot in the datastore, complete or not.</summary>
    [RequiresLock(LockMode.Shared, "this.Layout.Everything", Store = "this.Layout")]
    public IReadOnlyList<string> FindIndexFiles() =>
    [
        .. FindNamespaces(BackupNamespace.Root).SelectMany(FindGroups).SelectMany(FindAllSnapshots).SelectMany(FindIndexFiles),
    ];

    private IReadOnlyList<string> FindIndexFiles(Snapshot snapshot)
    {
        try
        {
            return Directory.GetFiles(PathOf(snapshot), "*" + IndexExtension);
        }
        catch (DirectoryNotFoundException)
        {
            return []; // Removed at this moment.
        }
    }
}
