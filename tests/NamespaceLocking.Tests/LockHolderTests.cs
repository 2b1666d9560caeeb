namespace NamespaceLocking.Tests;

public class LockHolderTests
{
    [Fact]
    public void It_reads_as_a_part_of_a_sentence()
    {
        Assert.Equal("process 1 (init), shared", new LockHolder(1, "init", LockMode.Shared).ToString());
        Assert.Equal(
            $"this process ({Environment.ProcessId}), exclusive",
            new LockHolder(Environment.ProcessId, "this process", LockMode.Exclusive).ToString());
        Assert.Equal("session 7 on db1, exclusive", new LockHolder(null, "session 7 on db1", LockMode.Exclusive).ToString());
    }
}
