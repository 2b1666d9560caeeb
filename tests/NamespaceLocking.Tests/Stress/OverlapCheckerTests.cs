using CsCheck;
using NamespaceLocking.TestProcess;

namespace NamespaceLocking.Tests;

public class OverlapCheckerTests
{
    private static readonly BackupNamespace A = BackupNamespace.Parse("a");
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    [Fact]
    public void An_exclusive_section_rules_out_what_is_at_it_and_below_it()
    {
        Assert.Single(Find(new(1, 3, A, LockMode.Exclusive), new(2, 4, A, LockMode.Shared)));
        Assert.Single(Find(new(1, 3, A, LockMode.Exclusive), new(2, 4, Ab, LockMode.Shared)));
        Assert.Single(Find(new(1, 4, Ab, LockMode.Shared), new(2, 3, A, LockMode.Exclusive)));
    }

    [Fact]
    public void It_does_not_rule_out_what_is_above_it_or_beside_it_or_later()
    {
        Assert.Empty(Find(new(1, 3, Ab, LockMode.Exclusive), new(2, 4, A, LockMode.Shared)));
        Assert.Empty(Find(new(1, 3, Ab, LockMode.Exclusive), new(2, 4, A.Child("c"), LockMode.Exclusive)));
        Assert.Empty(Find(new(1, 2, A, LockMode.Exclusive), new(3, 4, A, LockMode.Exclusive)));
    }

    [Fact]
    public void Shared_sections_rule_out_nothing_that_is_shared() =>
        Assert.Empty(Find(new(1, 3, A, LockMode.Shared), new(2, 4, A, LockMode.Shared), new(2, 4, Ab, LockMode.Shared)));

    [Fact]
    public void It_finds_what_a_comparison_of_each_with_each_finds()
    {
        var section = Gen.Select(Gen.Long[1, 60], Gen.Long[0, 15], Gens.CrowdedNamespace, Gens.Mode)
            .Select((enter, length, ns, mode) => new Section(enter, enter + length, ns, mode));
        section.Array[0, 20].Sample(sections =>
        {
            var expected = 0;
            for (var i = 0; i < sections.Length; i++)
            {
                for (var j = 0; j < i; j++)
                    expected += Meet(sections[i], sections[j]) && RuleOut(sections[i], sections[j]) ? 1 : 0;
            }
            return OverlapChecker.FindOverlaps(sections).Count == expected;
        });

        static bool Meet(Section one, Section other) => one.Enter <= other.Exit && other.Enter <= one.Exit;

        static bool RuleOut(Section one, Section other) =>
            (one.Mode, other.Mode) switch
            {
                (LockMode.Shared, LockMode.Shared) => false,
                (LockMode.Exclusive, LockMode.Shared) => one.Namespace.Contains(other.Namespace),
                (LockMode.Shared, LockMode.Exclusive) => other.Namespace.Contains(one.Namespace),
                _ => one.Namespace.Contains(other.Namespace) || other.Namespace.Contains(one.Namespace),
            };
    }

    private static List<(Section, Section)> Find(params Section[] sections) => OverlapChecker.FindOverlaps(sections);
}
