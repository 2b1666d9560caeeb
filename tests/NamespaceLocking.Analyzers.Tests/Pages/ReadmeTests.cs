namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>README.md: its table has the shipped rules, its example is the sample's, and the warning is what the compiler prints.</summary>
public class ReadmeTests
{
    private static readonly Page Readme = new("README.md");

    [Fact]
    public void The_table_has_a_row_for_each_shipped_rule() => Expect.Lines(
        ShippedRules.All.Select(rule => $"| [{rule.Id}](docs/rules/{rule.Id}.md) | {rule.Title} |"),
        Readme.Text.Split('\n').Where(line => line.StartsWith("| [NSL", StringComparison.Ordinal)).Select(row => row[..(row.TrimEnd('|').LastIndexOf('|') + 1)]));

    [Fact]
    public void What_is_not_there_yet_names_no_shipped_rule()
    {
        var section = Readme.Section("Not there yet");
        Expect.None(ShippedRules.Ids.Where(id => section.Contains(id, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_number_of_warnings_is_that_of_the_rules() =>
        Assert.Contains($"prints {ShippedRules.All.Count} warnings", Readme.Text, StringComparison.Ordinal);

    [Fact]
    public void The_examples_of_mistakes_are_the_sample_s()
    {
        var sample = UnsafeUsage.Sources.Select(source => Unindented(source.Text)).ToList();
        var blocks = Readme.BlocksOf("csharp sample").ToList();
        Assert.NotEmpty(blocks);
        Expect.None(blocks.Where(block => !sample.Any(text => text.Contains(Unindented(block), StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_warnings_shown_are_those_of_the_sample()
    {
        var printed = (await UnsafeUsage.DiagnoseAsync()).Select(diagnostic => $"{AnalyzedCode.Format(diagnostic)} ({diagnostic.Descriptor.HelpLinkUri})").ToList();
        var shown = Readme.BlocksOf("text").SelectMany(block => block.Split('\n')).Where(line => line.Contains(": warning ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(shown);
        Expect.None(shown.Except(printed));
    }

    [Fact]
    public async Task The_code_to_copy_compiles_without_a_warning()
    {
        var blocks = Readme.BlocksOf("csharp").ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
            Expect.None((await AnalyzedCode.DiagnoseAsync([("Readme.cs", block)])).Select(AnalyzedCode.Format));
    }

    [Fact]
    public void Links_between_the_pages_lead_somewhere()
    {
        string[] pages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", .. Repository.Files("docs", "*.md")];
        Expect.None(pages.Select(path => new Page(path)).SelectMany(page => page.LinkedFiles
            .Where(target => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, target)))
            .Select(target => $"{page.Path} links to {target}")));
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
