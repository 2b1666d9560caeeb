using CsCheck;

namespace NamespaceLocking.Tests;

public class LockRequestTests
{
    [Fact]
    public void It_goes_from_the_leaf_up_to_the_root() =>
        Assert.Equal(["a/b:Exclusive", "a:Shared", ":Shared"], Levels(new("s", BackupNamespace.Parse("a/b"), LockMode.Exclusive)));

    [Fact]
    public void The_root_is_one_level() =>
        Assert.Equal([":Exclusive"], Levels(new("s", BackupNamespace.Root, LockMode.Exclusive)));

    [Theory]
    [InlineData("a/b", "a/c/d")]
    [InlineData("a/c/d", "a/b")]
    public void Two_are_taken_in_one_order_and_what_lies_above_both_once(string first, string second) =>
        Assert.Equal(
            ["a/c/d:Exclusive", "a/c:Shared", "a/b:Exclusive", "a:Shared", ":Shared"],
            Levels(LockRequest.ForBoth("s", BackupNamespace.Parse(first), BackupNamespace.Parse(second))));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "a/b/c")]
    [InlineData("a/b/c", "a")]
    public void Of_two_that_cover_each_other_the_upper_is_taken(string first, string second) =>
        Assert.Equal(
            ["a:Exclusive", ":Shared"],
            Levels(LockRequest.ForBoth("s", BackupNamespace.Parse(first), BackupNamespace.Parse(second))));

    [Fact]
    public void Two_hold_what_each_alone_would() =>
        Gen.Select(Gens.Namespace, Gens.Namespace).Where((first, second) => !first.Contains(second) && !second.Contains(first))
            .Sample((first, second) =>
            {
                var both = LockRequest.ForBoth("s", first, second).GetLevels();
                var alone = new LockRequest("s", first, LockMode.Exclusive).GetLevels()
                    .Union(new LockRequest("s", second, LockMode.Exclusive).GetLevels());
                Assert.Equal(alone.OrderDescending(LevelOrder), both);
            });

    private static readonly Comparer<LockLevel> LevelOrder =
        Comparer<LockLevel>.Create((left, right) => left.Namespace.CompareTo(right.Namespace));

    private static IEnumerable<string> Levels(LockRequest request) =>
        request.GetLevels().Select(level => $"{level.Namespace}:{level.Mode}");
}
