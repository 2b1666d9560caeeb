using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers;
using NamespaceLocking.Analyzers.Tests.Pages;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.Tests.Pages;

/// <summary>The README's table and the pages promise a code fix where there is one, and nowhere else.</summary>
public class PagesOfFixesTests
{
    private static readonly HashSet<string> Fixable =
        [.. Instances<CodeFixProvider>(typeof(LockCodeFixProvider)).SelectMany(provider => provider.FixableDiagnosticIds)];

    public static TheoryData<string> Rules =>
        [.. Instances<DiagnosticAnalyzer>(typeof(LockFlowAnalyzer)).SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct().Order()];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_page_speaks_of_a_code_fix_where_there_is_one(string id) =>
        Assert.Equal(Fixable.Contains(id), new Page($"docs/rules/{id}.md").Section("Fix").Contains("code fix", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_table_says_yes_where_there_is_one(string id)
    {
        var row = new Page("README.md").Text.Split('\n').Single(line => line.StartsWith($"| [{id}]", StringComparison.Ordinal));
        Assert.Equal(Fixable.Contains(id) ? "yes" : "", row.Split('|')[^2].Trim());
    }

    private static IEnumerable<T> Instances<T>(Type inAssemblyOf) => inAssemblyOf.Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type))
        .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!);
}
