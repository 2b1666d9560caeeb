using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Abstractions;

namespace NamespaceLocking.Analyzers.PropertyTests;

/// <summary>What the analyzers see while somebody types: no exception, and no end in sight is as bad.</summary>
public class HalfTypedCodeTests(ITestOutputHelper output)
{
    /// <summary>For all of a test's sources: many times what they need.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public Task The_cases() => BreakAsync([.. TestSources.InCases(areClean: false)], rounds: 1, every: 4, seed: 1);

    [Fact]
    public Task The_samples() => BreakAsync([.. TestSources.Files("samples")], rounds: 4, every: 1, seed: 2);

    [Fact]
    public Task The_code_of_the_projects() => BreakAsync([.. TestSources.Files("src")], rounds: 1, every: 4, seed: 3);

    [Fact]
    public Task Generated_methods() => BreakAsync([.. TestSources.Generated(80, seed: 4)], rounds: 1, every: 1, seed: 5);

    private async Task BreakAsync(IReadOnlyList<(string Name, string Text)> sources, int rounds, int every, int seed)
    {
        Assert.NotEmpty(sources);
        var random = new Random(seed);
        using var limit = new CancellationTokenSource(Limit);
        var broken = 0;
        for (var i = 0; i < sources.Count * rounds; i++)
        {
            var (name, text) = sources[i % sources.Count];
            if (i % every != 0 && Environment.GetEnvironmentVariable("NSL_METHODS") is null)
                continue;
            foreach (var source in new[] { Cut(text, random), WithoutTokens(text, random) })
            {
                try
                {
                    await Analysis.RunAsync(Analysis.Compile(source).Compilation, limit.Token);
                    broken++;
                }
                catch (Exception exception)
                {
                    Assert.Fail($"{name}: {exception.Message}\n{source}");
                }
            }
        }

        output.WriteLine($"{broken} broken sources, made of {sources.Count}");
    }

    private static string Cut(string text, Random random) => text[..random.Next(text.Length)];

    private static string WithoutTokens(string text, Random random)
    {
        var root = CSharpSyntaxTree.ParseText(text, Analysis.ParseOptions).GetRoot();
        var tokens = root.DescendantTokens().Where(token => token.Span.Length > 0).ToList();
        var deleted = Enumerable.Range(0, random.Next(1, 5)).Select(_ => tokens[random.Next(tokens.Count)].Span).Distinct().OrderByDescending(span => span.Start);
        return deleted.Aggregate(text, (current, span) => current.Remove(span.Start, span.Length));
    }
}
