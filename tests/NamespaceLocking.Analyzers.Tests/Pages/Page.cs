using System.Text.RegularExpressions;

namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>A page of Markdown, and what tests read of it.</summary>
internal sealed partial class Page(string path)
{
    public string Path => path;

    public string Text { get; } = Repository.Read(path);

    public string Title => Text.Split('\n')[0].TrimStart('#', ' ');

    public IEnumerable<string> Headings => HeadingPattern().Matches(WithoutCode).Select(match => match.Groups[1].Value.Trim());

    /// <summary>The code blocks with what stands behind their opening fence, such as <c>csharp wrong</c>.</summary>
    public IEnumerable<(string Kind, string Code)> Blocks =>
        BlockPattern().Matches(Text).Select(match => (match.Groups[1].Value.Trim(), match.Groups[2].Value.TrimEnd()));

    public IEnumerable<string> BlocksOf(string kind) => Blocks.Where(block => block.Kind == kind).Select(block => block.Code);

    /// <summary>Rules that the page names, in code or outside.</summary>
    public IEnumerable<string> NamedRules => RulePattern().Matches(Text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Links to files, as they are written.</summary>
    public IEnumerable<string> LinkedFiles => LinkPattern().Matches(WithoutCode).Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
        .Select(target => target.Split('#')[0]);

    public string Section(string heading)
    {
        var match = Regex.Match(Text, $@"^## {Regex.Escape(heading)}\s*$(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(match.Success, $"{Path} has no section '{heading}'.");
        return match.Groups[1].Value;
    }

    private string WithoutCode => BlockPattern().Replace(Text, "");

    [GeneratedRegex(@"^```([^\n`]+)\n(.*?)^```\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"NSL\d{4}")]
    private static partial Regex RulePattern();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();
}
