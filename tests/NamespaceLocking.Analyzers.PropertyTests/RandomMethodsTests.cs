using System.Globalization;
using CsCheck;
using NamespaceLocking.Analyzers.PropertyTests.Programs;
using Xunit.Abstractions;

namespace NamespaceLocking.Analyzers.PropertyTests;

/// <summary>Random methods, analyzed and run.</summary>
/// <remarks>The seed is fixed; NSL_METHODS and NSL_SEED in the environment make a longer run, or another one.</remarks>
public class RandomMethodsTests(ITestOutputHelper output)
{
    private const int Batch = 250;

    private static readonly int Methods = FromEnvironment("NSL_METHODS", 2500);
    private static readonly int Seed = FromEnvironment("NSL_SEED", 1);

    [Fact]
    public async Task What_the_analyzers_say_of_a_method_is_what_its_runs_show()
    {
        var random = new PCG(1, (ulong)Seed);
        var judge = new Judge();
        var smallest = new Dictionary<Mistake, Disagreement>();
        var counts = new Dictionary<Mistake, int>();
        for (var done = 0; done < Methods; done += Batch)
        {
            var trees = Enumerable.Range(0, Batch).Select(_ => Node.Method.Generate(random, null, out var _)).ToList();
            foreach (var disagreement in await judge.CompareAsync(trees))
            {
                counts[disagreement.Mistake] = counts.GetValueOrDefault(disagreement.Mistake) + 1;
                if (!smallest.TryGetValue(disagreement.Mistake, out var known) || Node.SizeOf(disagreement.Nodes) < Node.SizeOf(known.Nodes))
                    smallest[disagreement.Mistake] = disagreement;
            }
        }

        output.WriteLine($"{judge.Methods} methods with {judge.Operations} operations, {judge.Reported} of them reported; {judge.TooLarge} left out");
        var reduced = new List<string>();
        foreach (var disagreement in smallest.Values)
            reduced.Add($"{counts[disagreement.Mistake]} × {(await ReduceAsync(disagreement)).Text}");
        Assert.True(reduced.Count == 0, string.Join("\n\n", reduced));
    }

    /// <summary>The smallest method that shows the same mistake. All that is one step smaller is one compilation, which generated samples would not be.</summary>
    private static async Task<Disagreement> ReduceAsync(Disagreement disagreement)
    {
        for (var (current, shrinks) = (disagreement, true); ;)
        {
            var candidates = (shrinks ? Node.Smaller(current.Nodes) : Node.Plainer(current.Nodes)).ToList();
            var smaller = (await new Judge().CompareAsync(candidates)).Where(one => one.Mistake == disagreement.Mistake).MinBy(one => Node.SizeOf(one.Nodes));
            if (smaller is not null)
                current = smaller;
            else if (shrinks)
                shrinks = false;
            else
                return current;
        }
    }

    private static int FromEnvironment(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
