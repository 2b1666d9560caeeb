using System.Globalization;
using System.Text.RegularExpressions;

namespace NamespaceLocking.Tool;

/// <summary>A time span on a command line: seconds, as for flock(1), or a number with a unit, as for sleep(1).</summary>
internal static partial class Duration
{
    /// <summary>Reads it; what is longer than .NET can count is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static TimeSpan Parse(string text)
    {
        var match = Syntax().Match(text);
        if (!match.Success)
        {
            throw new FormatException(
                $"{Quoted.Text(text)} is not a time span: write a number of seconds, or one with a unit: 500ms, 30s, 5m, 2h, 1d.");
        }
        var unit = match.Groups["unit"].Value switch
        {
            "ms" => 0.001,
            "m" => 60,
            "h" => 3600,
            "d" => 86400,
            _ => 1,
        };
        var seconds = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * unit;
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
    }

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]*)?|\.[0-9]+)(?<unit>ms|s|m|h|d)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Syntax();
}
