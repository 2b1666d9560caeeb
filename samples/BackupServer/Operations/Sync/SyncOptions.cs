using System.Text.RegularExpressions;
using NamespaceLocking;

namespace BackupServer;

/// <summary>What is copied from one datastore to another, and where to.</summary>
internal sealed record SyncOptions(BackupNamespace Source, BackupNamespace Target)
{
    public int MaxDepth { get; init; } = BackupNamespace.MaxDepth;

    /// <summary>Whether what the source does not have any more goes from the target as well.</summary>
    public bool RemoveVanished { get; init; }

    /// <summary>Groups that pass one of these are copied; all, where there is none.</summary>
    public IReadOnlyList<GroupFilter> Filters { get; init; } = [];

    public bool Accepts(BackupGroup group) => Filters.Count == 0 || Filters.Any(filter => filter.Accepts(group));
}

/// <summary>A choice of groups: <c>type:host</c>, <c>group:vm/100</c>, <c>regex:^host/web</c>.</summary>
internal sealed class GroupFilter
{
    private readonly Func<BackupGroup, bool> _accepts;

    private GroupFilter(Func<BackupGroup, bool> accepts) => _accepts = accepts;

    public bool Accepts(BackupGroup group) => _accepts(group);

    /// <exception cref="FormatException">The text is not a filter.</exception>
    public static GroupFilter Parse(string text)
    {
        try
        {
            if (text.StartsWith("type:", StringComparison.Ordinal) && BackupGroup.FindType(text[5..]) is { } type)
                return new(group => group.Type == type);
            if (text.StartsWith("group:", StringComparison.Ordinal))
            {
                var name = BackupGroup.Parse(BackupNamespace.Root, text[6..]).Name;
                return new(group => group.Name == name);
            }
            if (text.StartsWith("regex:", StringComparison.Ordinal))
            {
                var pattern = new Regex(text[6..], RegexOptions.NonBacktracking);
                return new(group => pattern.IsMatch(group.Name));
            }
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"'{text}' is not a filter: {error.Message}", error);
        }
        throw new FormatException($"'{text}' is not a filter: write type:vm, type:ct, type:host, group:TYPE/ID or regex:PATTERN.");
    }
}

/// <summary>What came of copying.</summary>
internal sealed class SyncResult
{
    /// <summary>Snapshots that were copied.</summary>
    public int Snapshots { get; set; }

    /// <summary>Chunks that the target did not have.</summary>
    public int Chunks { get; set; }

    /// <summary>Their size in bytes, as they are stored.</summary>
    public long Bytes { get; set; }

    /// <summary>Snapshots that were removed, as the source does not have them any more.</summary>
    public int Removed { get; set; }

    /// <summary>Namespaces, groups and snapshots that were left, as somebody was in the way.</summary>
    public int Skipped { get; set; }
}
