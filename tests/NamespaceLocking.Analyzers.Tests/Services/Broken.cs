using System.Text.RegularExpressions;

namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>Whole classes as programs have them, with what is usually done wrong in each.</summary>
internal static partial class Broken
{
    /// <param name="source">The class without a mistake.</param>
    /// <param name="right">What is done right in it.</param>
    /// <param name="wrong">What stands there instead.</param>
    /// <param name="reported">What is reported then, each with its mark and as much around it as tells its place.</param>
    public static string Source(string source, string right, string wrong, string[] reported) =>
        reported.Aggregate(ReplaceFirst(source, right, wrong), (broken, marked) => ReplaceFirst(broken, Mark().Replace(marked, "$1"), marked));

    private static string ReplaceFirst(string source, string text, string by)
    {
        var place = source.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0, text);
        return source[..place] + by + source[(place + text.Length)..];
    }

    [GeneratedRegex(@"\{\|\w+:(.*?)\|\}")]
    private static partial Regex Mark();
}
