namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>Assertions that show every line in full: xunit cuts long ones.</summary>
internal static class Expect
{
    public static void None(IEnumerable<string> wrong) => Lines([], wrong);

    public static void Lines(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.True(expected.SequenceEqual(actual, StringComparer.Ordinal),
            $"Expected:{Environment.NewLine}{Joined(expected)}{Environment.NewLine}Actual:{Environment.NewLine}{Joined(actual)}");

    private static string Joined(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines.Select(line => "  " + line));
}
