namespace NamespaceLocking.Tests;

public class LinearizabilityCheckerTests
{
    private static readonly Hold Shared = new(BackupNamespace.Parse("a/b"), null, LockMode.Shared);
    private static readonly Hold Above = new(BackupNamespace.Parse("a"), null, LockMode.Exclusive);

    [Fact]
    public void A_refusal_needs_somebody_who_may_have_been_in_the_way()
    {
        Assert.True(Check(Granted(1, 2, Shared), Refused(3, 4, Above)));
        Assert.True(Check(Granted(1, 2, Shared), Released(3, 6, Shared), Refused(4, 5, Above)));
        Assert.True(Check(Granted(2, 5, Shared), Refused(1, 6, Above)));
        Assert.False(Check(Refused(1, 2, Above), Granted(3, 4, Shared)));
        Assert.False(Check(Granted(1, 2, Shared), Released(3, 4, Shared), Refused(5, 6, Above)));
    }

    [Fact]
    public void A_grant_needs_a_moment_when_nobody_was_in_the_way()
    {
        Assert.True(Check(Granted(1, 2, Shared), Released(3, 5, Shared), Granted(4, 6, Above)));
        Assert.False(Check(Granted(1, 2, Shared), Granted(3, 4, Above)));
        Assert.False(Check(Granted(1, 2, Shared), Granted(3, 4, Above), Released(5, 6, Shared)));
    }

    [Fact]
    public void Once_a_hold_is_seen_to_be_given_back_it_stays_so() =>
        Assert.False(Check(
            Granted(1, 2, Shared), Released(3, 20, Shared), Granted(4, 5, Above), Released(6, 7, Above), Refused(8, 9, Above)));

    private static bool Check(params Operation[] history) => LinearizabilityChecker.IsLinearizable(history);

    private static Operation Granted(long start, long end, Hold hold) => new(start, end, hold, OperationKind.Granted);

    private static Operation Refused(long start, long end, Hold hold) => new(start, end, hold, OperationKind.Refused);

    private static Operation Released(long start, long end, Hold hold) => new(start, end, hold, OperationKind.Released);
}
