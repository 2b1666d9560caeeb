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

    /// <summary>An exclusive section is alone at its namespace and below it.</summary>
    private static bool IsRuledOut(Section one, Section other) =>
        (one.Mode == LockMode.Exclusive && one.Namespace.Contains(other.Namespace))
        || (other.Mode == LockMode.Exclusive && other.Namespace.Contains(one.Namespace));
}
