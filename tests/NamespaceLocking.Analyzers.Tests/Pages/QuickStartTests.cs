using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>samples/QuickStart is clean, and no guard in it can be taken away without a warning.</summary>
public class QuickStartTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Sources =
        [.. Repository.Files("samples/QuickStart", "*.cs").Select(path => (path, Repository.Read(path)))];

    private static readonly CompilationUnitSyntax Program =
        CSharpSyntaxTree.ParseText(Sources.Single(source => source.Path.EndsWith("Program.cs", StringComparison.Ordinal)).Text).GetCompilationUnitRoot();

    public static TheoryData<int, string> Mutations
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var guard = 0; guard < Guards.Count; guard++)
            {
                foreach (var mutation in new[] { "deleted", "discarded", "without using" })
                    data.Add(guard, mutation);
            }

            return data;
        }
    }

    private static IReadOnlyList<StatementSyntax> Guards =>
        [.. Program.DescendantNodes().OfType<StatementSyntax>().Where(statement => AcquisitionIn(statement) is not null)];

    [Fact]
    public async Task It_is_clean() => Expect.None((await DiagnoseAsync(Program)).Select(AnalyzedCode.Format));

    [Fact]
    public void It_has_guards() => Assert.True(Guards.Count >= 3, $"Only {Guards.Count} guards were found in QuickStart.");

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_guard_taken_away_is_missed(int guard, string mutation)
    {
        var statement = Guards[guard];
        var acquisition = AcquisitionIn(statement)!;
        var replacement = mutation switch
        {
            "deleted" => ";",
            "discarded" => $"_ = {acquisition};",
            _ => $"var mutated = {acquisition};",
        };
        if (statement is UsingStatementSyntax { Statement: var body })
            replacement = $"{{ {replacement} {body} }}";
        var mutated = Program.ReplaceNode(statement, SyntaxFactory.ParseStatement(replacement).WithTriviaFrom(statement));
        Assert.NotEmpty(await DiagnoseAsync(mutated));
    }

    private static ExpressionSyntax? AcquisitionIn(StatementSyntax statement) => statement switch
    {
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration => GuardIn(declaration.Declaration.Variables[0].Initializer!.Value),
        UsingStatementSyntax { Expression: { } expression } => GuardIn(expression),
        UsingStatementSyntax { Declaration: { } declaration } => GuardIn(declaration.Variables[0].Initializer!.Value),
        _ => null,
    };

    private static ExpressionSyntax? GuardIn(ExpressionSyntax value) =>
        value.ToString().StartsWith("locks.", StringComparison.Ordinal) ? value : null;

    private static Task<IReadOnlyList<Diagnostic>> DiagnoseAsync(CompilationUnitSyntax program) => AnalyzedCode.DiagnoseAsync(
        Sources.Where(source => !source.Path.EndsWith("Program.cs", StringComparison.Ordinal)).Append(("Program.cs", program.ToFullString())),
        OutputKind.ConsoleApplication);
}
