using NamespaceLocking;

namespace BackupServer;

/// <summary>Lists namespaces, and counts what is in them. It reads no snapshot, and needs no lock: what it says is out of date when it is read.</summary>
internal static class NamespaceList
{
    public static IReadOnlyList<NamespaceInfo> Run(Datastore store, BackupNamespace ns, int maxDepth) =>
    [
        .. store.FindNamespaces(ns, maxDepth).Select(found =>
        {
            var groups = store.FindGroups(found);
            return new NamespaceInfo(found.ToString(), groups.Count, groups.Sum(group => store.FindSnapshots(group).Count));
        }),
    ];
}

internal sealed record NamespaceInfo(string Namespace, int Groups, int Snapshots);
