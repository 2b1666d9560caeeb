using NamespaceLocking.TestProcess;

namespace NamespaceLocking.Tests;

/// <summary>Finds sections that were inside at the same time although one of them rules the other out.</summary>
internal static class OverlapChecker
{
    internal static List<(Section First, Section Second)> FindOverlaps(IEnumerable<Section> sections)
    {
        var overlaps = new List<(Section, Section)>();
        var inside = new List<Section>();
        foreach (var section in sections.OrderBy(section => section.Enter))
        {
            inside.RemoveAll(other => other.Exit < section.Enter);
            overlaps.AddRange(inside.Where(other => IsRuledOut(section, other)).Select(other => (other, section)));
            inside.Add(section);
        }
        return overlaps;
    }

    private static bool IsRuledOut(Section one, Section other) =>
        IsAboveExclusively(one, other) || IsAboveExclusively(other, one)
        || (one.Place.Backup is { } backup && backup == other.Place.Backup && (one.Mode == LockMode.Exclusive || other.Mode == LockMode.Exclusive));

    /// <summary>An exclusive section of a namespace is alone at it and below it, backups included.</summary>
    private static bool IsAboveExclusively(Section one, Section other) =>
        one.Mode == LockMode.Exclusive && one.Place.Backup is null && one.Place.Namespace.Contains(other.Place.Namespace);
}
