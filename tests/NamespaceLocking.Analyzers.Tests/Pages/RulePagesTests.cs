using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>docs/rules: a page for each shipped rule, whose code does what the page says.</summary>
public class RulePagesTests
{
    private const string Folder = "docs/rules";

    public static TheoryData<string> Each => ShippedRules.Each;

    [Theory]
    [MemberData(nameof(Each))]
    public void The_link_in_the_diagnostic_leads_to_the_page(string id)
    {
        Assert.EndsWith($"/{PathOf(id)}", ShippedRules.Get(id).HelpLinkUri, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository.Root, PathOf(id))), $"{PathOf(id)} is missing.");
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_head_says_what_the_descriptor_says(string id)
    {
        var rule = ShippedRules.Get(id);
        var page = new Page(PathOf(id));
        Assert.Equal($"{id}: {rule.Title}", page.Title);
        Assert.Contains($"\nCategory `{rule.Category}`, severity {rule.DefaultSeverity.ToString().ToLowerInvariant()}.", page.Text, StringComparison.Ordinal);
        Expect.Lines(["Cause", "Why it matters", "Wrong", "Right", "Fix", "Configure", "Known limits"], page.Headings);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Wrong_code_gives_the_rule_once_and_the_message_that_the_page_shows(string id)
    {
        var page = new Page(PathOf(id));
        var messages = new List<string>();
        foreach (var code in page.BlocksOf("csharp wrong"))
        {
            var reported = await DiagnoseAsync(code);
            Expect.Lines([id], reported.Select(diagnostic => diagnostic.Id));
            messages.Add($"warning {id}: {reported[0].GetMessage()}");
        }

        Assert.NotEmpty(messages);
        var shown = page.BlocksOf("text").SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("warning ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(shown);
        Expect.None(shown.Except(messages).Select(line => $"{page.Path} shows: {line}").Concat(
            shown.Except(messages).Any() ? messages.Select(line => $"The compiler prints: {line}") : []));
    }

    /// <summary>Right code, code with a suppression, and code that a limit lets pass.</summary>
    [Theory]
    [MemberData(nameof(Each))]
    public async Task Right_code_gives_nothing(string id)
    {
        var page = new Page(PathOf(id));
        Assert.NotEmpty(page.BlocksOf("csharp right"));
        foreach (var (_, code) in page.Blocks.Where(block => block.Kind is "csharp right" or "csharp quiet"))
            Expect.None((await DiagnoseAsync(code)).Select(AnalyzedCode.Format));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Every_block_says_what_it_is(string id)
    {
        string[] known = ["csharp wrong", "csharp right", "csharp quiet", "text", "ini"];
        Expect.None(new Page(PathOf(id)).Blocks.Select(block => block.Kind).Except(known));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_severity_to_configure_is_the_rule_s(string id) =>
        Assert.Contains($"dotnet_diagnostic.{id}.severity = ", new Page(PathOf(id)).Section("Configure"), StringComparison.Ordinal);

    [Fact]
    public void There_is_no_page_of_a_rule_that_is_not_shipped() =>
        Expect.Lines(ShippedRules.Ids.Select(PathOf), Repository.Files(Folder, "*.md"));

    [Fact]
    public void No_page_names_a_rule_that_is_not_shipped() =>
        Expect.None(Repository.Files("docs", "*.md").Select(path => new Page(path))
            .SelectMany(page => page.NamedRules.Except(ShippedRules.Ids).Select(id => $"{page.Path} names {id}")));

    [Fact]
    public void The_switch_that_makes_errors_has_every_rule() => Expect.Lines(
        ShippedRules.Ids.Select(id => $"dotnet_diagnostic.{id}.severity = error"),
        Repository.Read("src/Runtime/build/NamespaceLocking.error.globalconfig").Split('\n').Where(line => line.StartsWith("dotnet_diagnostic.", StringComparison.Ordinal)));

    private static string PathOf(string id) => $"{Folder}/{id}.md";

    /// <summary>The members of a class, beside the datastore of the sample.</summary>
    private static Task<IReadOnlyList<Diagnostic>> DiagnoseAsync(string members) => AnalyzedCode.DiagnoseAsync(
    [
        UnsafeUsage.Datastore,
        ("Page.cs", $"using System.Diagnostics.CodeAnalysis;\nusing NamespaceLocking;\nusing UnsafeUsage;\n\npublic class Page\n{{\n{members}\n}}\n"),
    ]);
}
