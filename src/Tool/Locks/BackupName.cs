using System.Globalization;
using System.Text.RegularExpressions;

namespace NamespaceLocking.Tool;

/// <summary>
/// Which group, snapshot or manifest a lock file is for. Of one with a long name the file has the two ends and a hash alone: then
/// <see cref="Path"/> is null.
/// </summary>
internal sealed partial record BackupName(string? Path, string Text)
{
    private const string ManifestFile = ".index.json.lck";

    /// <summary>Reads the name of a file beside a namespace's lock file; null where it is no backup's.</summary>
    internal static BackupName? Parse(string file) =>
        Unescape(file) is var path && IsPath(path.Split('/')) && UnitName.Escape(path) == file && !LockFileNames.IsShortened(file)
            ? new(path, path) : null;

    /// <summary>Reads the name of a file below <c>hashed</c>; null where it is no backup's.</summary>
    internal static BackupName? ParseHashed(string file) => HashedName().IsMatch(file) ? new(null, file) : null;

    private static bool IsPath(string[] names) => names switch
    {
        [var type, var id] => NamespaceSyntax.FindErrorInName(type) is null && NamespaceSyntax.FindErrorInName(id) is null,
        [var type, var id, var time] => IsPath([type, id]) && DateTime.TryParseExact(
            time, BackupLockTarget.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        [var type, var id, var time, ManifestFile] => IsPath([type, id, time]),
        _ => false,
    };

    private static string Unescape(string name) => Escaped().Replace(
        name, match => match.Value == "-" ? "/" : ((char)Convert.ToByte(match.Groups["code"].Value, 16)).ToString());

    [GeneratedRegex(@"-|\\x(?<code>[0-9a-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    // 80 characters from each end of the escaped path, and the SHA-256 of the whole path.
    [GeneratedRegex(@"^[A-Za-z0-9_.\\-]{80}\.\.\.[A-Za-z0-9_.\\-]{80}-[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashedName();
}
