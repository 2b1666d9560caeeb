namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>docs/annotations.md: the compiler says of each step's code what stands behind its fence.</summary>
public class AnnotationsPageTests
{
    private const string Gives = "csharp gives ";

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, CodeBlocks().Count)];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_gives_what_it_says(int step)
    {
        var (kind, code) = CodeBlocks()[step];
        var expected = kind[Gives.Length..];
        var reported = await AnalyzedCode.DiagnoseAsync([("Step.cs", "using NamespaceLocking;\n\n" + code)]);
        Expect.Lines(expected == "nothing" ? [] : expected.Split(' '), reported.Select(diagnostic => diagnostic.Id));
    }

    private static List<(string Kind, string Code)> CodeBlocks() =>
        [.. new Page("docs/annotations.md").Blocks.Where(block => block.Kind.StartsWith(Gives, StringComparison.Ordinal))];
}
