using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// What is there to lock. Nothing is held while it is looked up, so that what is found may be gone a moment later: who works with it
/// locks it, and looks again.
/// </summary>
internal sealed partial class Datastore
{
    public bool Exists(BackupNamespace ns) => Directory.Exists(PathOf(ns));

    /// <summary>The namespace, if it is there, and those below it, each before those that lie below it.</summary>
    [return: DescendantOf(nameof(ns))]
    public IReadOnlyList<BackupNamespace> FindNamespaces(BackupNamespace ns, int maxDepth = BackupNamespace.MaxDepth)
    {
        var found = new List<BackupNamespace>();
        Collect(ns, maxDepth);
        return found;

        void Collect(BackupNamespace current, int depth)
        {
            if (!Exists(current))
                return;
            found.Add(current);
            if (depth == 0)
                return;
            foreach (var name in NamesIn(Path.Combine(PathOf(current), "ns")))
                Collect(current.Child(name), depth - 1);
        }
    }

    /// <summary>The groups of a namespace, by type and then by name.</summary>
    [return: InNamespace(nameof(ns))]
    public IReadOnlyList<BackupGroup> FindGroups(BackupNamespace ns) =>
    [
        .. from type in Enum.GetValues<BackupType>()
           from id in NamesIn(Path.Combine(PathOf(ns), BackupGroup.DirectoryOf(type)))
           where BackupGroup.IsId(id)
           select new BackupGroup(ns, type, id) into found
           where Exists(found)
           select found,
    ];

    /// <summary>The snapshots of a group that are complete, oldest first.</summary>
    [return: InNamespace("group.Namespace")]
    public IReadOnlyList<Snapshot> FindSnapshots(BackupGroup group) => [.. FindAllSnapshots(group).Where(Exists)];

    /// <summary>What sessions that never came to their end have left, and those that still run.</summary>
    [return: InNamespace("group.Namespace")]
    public IReadOnlyList<Snapshot> FindUnfinishedSnapshots(BackupGroup group) => [.. FindAllSnapshots(group).Where(snapshot => !Exists(snapshot))];

    /// <summary>Whether the group is there: an empty directory without an owner is what a process left that died before it was a group.</summary>
    public bool Exists(BackupGroup group) => File.Exists(Path.Combine(PathOf(group), OwnerName)) || NamesIn(PathOf(group)).Any();

    /// <summary>Whether the snapshot is there, and complete.</summary>
    public bool Exists(Snapshot snapshot) => File.Exists(Path.Combine(PathOf(snapshot), ManifestName));

    private IEnumerable<Snapshot> FindAllSnapshots(BackupGroup group) =>
        NamesIn(PathOf(group)).Select(Snapshot.FindTime).OfType<DateTime>().Select(time => new Snapshot(group, time));

    private static IEnumerable<string> NamesIn(string path)
    {
        try
        {
            return Directory.GetDirectories(path).Select(found => Path.GetFileName(found)).Order(StringComparer.Ordinal);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
