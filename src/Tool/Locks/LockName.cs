using System.Text.RegularExpressions;

namespace NamespaceLocking.Tool;

/// <summary>
/// Which namespace a directory of a store is for. Of one with a long name the directory has the two ends and a hash alone: then
/// <see cref="Namespace"/> is null.
/// </summary>
internal sealed partial record LockName(BackupNamespace? Namespace, string Text) : IComparable<LockName>
{
    private const int KeptAtStart = 80;

    internal static LockName Root { get; } = Of(BackupNamespace.Root);

    internal static LockName Of(BackupNamespace ns) => new(ns, ns.ToString());

    /// <summary>Reads the name of a directory below a store; null where it is no namespace's.</summary>
    internal static LockName? Parse(string directory) =>
        BackupNamespace.TryParse(directory.Replace(':', '/'), null, out var ns) && !ns.IsRoot && !directory.Contains('/')
        && LockFileNames.DirectoriesOf("store", ns) is [_, var name] && name == directory
            ? Of(ns) : null;

    /// <summary>Reads the name of a directory below <c>hashed</c>; null where it is no namespace's.</summary>
    internal static LockName? ParseHashed(string directory) =>
        HashedName().IsMatch(directory) ? new(null, directory.Replace(':', '/')) : null;

    /// <summary>Whether it is that namespace, or lies above or below it; of what is known by its ends alone, whether it may.</summary>
    internal bool IsOnTheWayTo(BackupNamespace ns)
    {
        if (Namespace is not null)
            return Namespace.Contains(ns) || ns.Contains(Namespace);
        if (LockFileNames.DirectoriesOf("store", ns) is [_, _, var hashed])
            return hashed.Replace(':', '/') == Text;
        var text = ns.ToString();
        return text.Length < KeptAtStart
            ? ns.IsRoot || Text.StartsWith(text + '/', StringComparison.Ordinal)
            : text.StartsWith(Text[..KeptAtStart], StringComparison.Ordinal);
    }

    /// <summary>Tree order, and last what is known by its ends alone.</summary>
    public int CompareTo(LockName? other) =>
        other is null ? 1
        : Namespace is not null && other.Namespace is not null ? Namespace.CompareTo(other.Namespace)
        : Namespace is null && other.Namespace is null ? string.CompareOrdinal(Text, other.Text)
        : Namespace is null ? 1 : -1;

    // 80 characters from each end, and the SHA-256 of the whole.
    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{80}\.\.\.[A-Za-z0-9_.:-]{80}-[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashedName();
}
