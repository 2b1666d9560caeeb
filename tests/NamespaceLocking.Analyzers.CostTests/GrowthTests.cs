using NamespaceLocking.Analyzers.Benchmarks;

namespace NamespaceLocking.Analyzers.CostTests;

/// <summary>A method of twice the size costs about twice as much, whatever paths, guards and facts meet in it: nothing makes a compiler hang.</summary>
public sealed class GrowthTests
{
    private const int Size = 20;

    /// <summary>What grows like the square of the size as long as worlds are few enough to be kept apart, or loops in one another deep.</summary>
    private static readonly HashSet<string> Squares =
    [
        "guards that are moved on",
        "loops with tries in one another",
        "states of namespaces",
        "states that release first",
    ];

    public static TheoryData<string> Names => [.. Shapes.All.Keys];

    /// <summary>The limits are for what must not come back: each of the worst went to a hundred times as much, or did not end.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_size_costs_about_twice_as_much(string shape)
    {
        var (once, twice) = (Extra(shape, Size), Extra(shape, 2 * Size));

        Assert.InRange(twice / once, 0.3, Squares.Contains(shape) ? 8.5 : 5);
        Assert.InRange(twice, 0, 150e6);
    }

    /// <summary>Of these, some once did not end with fifty.</summary>
    [Theory]
    [InlineData("a finally in a finally")]
    [InlineData("local functions that call the next")]
    [InlineData("states in a try")]
    [InlineData("states of namespaces")]
    [InlineData("states that acquire into one variable")]
    [InlineData("states that await")]
    [InlineData("states that release first")]
    [InlineData("states that try into one variable")]
    [InlineData("states with a variable each")]
    [InlineData("tries that are kept")]
    public void Many_of_them_come_to_an_end(string shape) => Assert.InRange(Extra(shape, 100), 0, 200e6);

    private static double Extra(string shape, int size)
    {
        var code = Shapes.Make(shape, size);
        // The first run makes what lasts.
        Cost.OfAnalyzers(code, AllocatedBytesTests.Own);
        return Cost.OfAnalyzers(code, AllocatedBytesTests.Own).Bytes - Cost.OfAnalyzers(code, [new EmptyAnalyzer()]).Bytes;
    }
}
