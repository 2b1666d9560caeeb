using CsCheck;
using NamespaceLocking.TestProcess;

namespace NamespaceLocking.Tests;

public class OverlapCheckerTests
{
    private static readonly StressPlace A = new(BackupNamespace.Parse("a"));
    private static readonly StressPlace Ab = new(BackupNamespace.Parse("a/b"));
    private static readonly StressPlace Ac = new(BackupNamespace.Parse("a/c"));
    private static readonly StressPlace GroupInAb = new(Ab.Namespace, BackupLockTarget.Group(Ab.Namespace, "vm", "100"));
    private static readonly StressPlace OtherGroupInAb = new(Ab.Namespace, BackupLockTarget.Group(Ab.Namespace, "vm", "101"));

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
        Assert.Empty(Find(new(1, 3, Ab, LockMode.Exclusive), new(2, 4, Ac, LockMode.Exclusive)));
        Assert.Empty(Find(new(1, 2, A, LockMode.Exclusive), new(3, 4, A, LockMode.Exclusive)));
    }

    [Fact]
    public void Shared_sections_rule_out_nothing_that_is_shared() =>
        Assert.Empty(Find(new(1, 3, A, LockMode.Shared), new(2, 4, A, LockMode.Shared), new(2, 4, Ab, LockMode.Shared)));

    [Fact]
    public void An_exclusive_section_of_a_namespace_rules_out_backups_in_it_and_below_it()
    {
        Assert.Single(Find(new(1, 3, A, LockMode.Exclusive), new(2, 4, GroupInAb, LockMode.Shared)));
        Assert.Single(Find(new(1, 4, GroupInAb, LockMode.Exclusive), new(2, 3, Ab, LockMode.Exclusive)));
    }

    [Fact]
    public void A_section_of_a_backup_rules_out_none_but_those_of_the_same()
    {
        Assert.Single(Find(new(1, 3, GroupInAb, LockMode.Exclusive), new(2, 4, GroupInAb, LockMode.Shared)));
        Assert.Empty(Find(new(1, 3, GroupInAb, LockMode.Shared), new(2, 4, GroupInAb, LockMode.Shared)));
        Assert.Empty(Find(new(1, 3, GroupInAb, LockMode.Exclusive), new(2, 4, OtherGroupInAb, LockMode.Exclusive)));
        Assert.Empty(Find(new(1, 3, GroupInAb, LockMode.Exclusive), new(2, 4, Ab, LockMode.Shared), new(2, 4, Ac, LockMode.Exclusive)));
    }

    [Fact]
    public void It_finds_what_a_comparison_of_each_with_each_finds()
    {
        var place = Gen.Select(Gens.CrowdedNamespace, Gen.Bool)
            .Select((ns, isBackup) => new StressPlace(ns, isBackup ? BackupLockTarget.Group(ns, "vm", "100") : null));
        var section = Gen.Select(Gen.Long[1, 60], Gen.Long[0, 15], place, Gens.Mode)
            .Select((enter, length, at, mode) => new Section(enter, enter + length, at, mode));
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
            (one.Place.Backup, other.Place.Backup) switch
            {
                ({ } left, { } right) => left.Equals(right) && (one.Mode, other.Mode) != (LockMode.Shared, LockMode.Shared),
                ({ }, null) => other.Mode == LockMode.Exclusive && Covers(other, one),
                (null, { }) => one.Mode == LockMode.Exclusive && Covers(one, other),
                _ => (one.Mode, other.Mode) switch
                {
                    (LockMode.Shared, LockMode.Shared) => false,
                    (LockMode.Exclusive, LockMode.Shared) => Covers(one, other),
                    (LockMode.Shared, LockMode.Exclusive) => Covers(other, one),
                    _ => Covers(one, other) || Covers(other, one),
                },
            };

        static bool Covers(Section upper, Section lower) => upper.Place.Namespace.Contains(lower.Place.Namespace);
    }

    private static List<(Section, Section)> Find(params Section[] sections) => OverlapChecker.FindOverlaps(sections);
}
