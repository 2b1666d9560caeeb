namespace NamespaceLocking.Tests;

public class ProcLocksTests
{
    private static readonly FileIdentity File = new(0xfe, 0, 1165);

    [Theory]
    [InlineData("1: FLOCK  ADVISORY  WRITE 4711 fe:00:1165 0 EOF", LockMode.Exclusive)]
    [InlineData("12: FLOCK  ADVISORY  READ  4711 fe:00:1165 0 EOF", LockMode.Shared)]
    public void A_line_about_the_file_tells_who_and_how(string line, LockMode mode) =>
        Assert.Equal((4711, mode), ProcLocks.Parse(line, File));

    [Theory]
    [InlineData("1: FLOCK  ADVISORY  WRITE 4711 fe:00:1166 0 EOF")]
    [InlineData("1: FLOCK  ADVISORY  WRITE 4711 fe:01:1165 0 EOF")]
    [InlineData("1: POSIX  ADVISORY  WRITE 4711 fe:00:1165 0 EOF")]
    [InlineData("1: -> FLOCK  ADVISORY  WRITE 4711 fe:00:1165 0 EOF")]
    [InlineData("")]
    public void Other_files_other_locks_and_who_waits_do_not_count(string line) => Assert.Null(ProcLocks.Parse(line, File));

    [Theory]
    [InlineData("1: FLOCK  ADVISORY  WRITE 4711 fe:00:1165 0 EOF", false)]
    [InlineData("1: -> FLOCK  ADVISORY  WRITE 4711 fe:00:1165 0 EOF", true)]
    [InlineData("1:     -> FLOCK  ADVISORY  WRITE 4711 fe:00:1165 0 EOF", true)]
    public void A_line_about_any_file_tells_which(string line, bool isWaiting) =>
        Assert.Equal(new ProcLocks.Entry(4711, LockMode.Exclusive, isWaiting, File), ProcLocks.Parse(line));

    [Theory]
    [InlineData("1: POSIX  ADVISORY  WRITE 4711 fe:00:1165 0 EOF")]
    [InlineData("1: -> LEASE  ACTIVE    READ  4711 fe:00:1165 0 EOF")]
    [InlineData("1: FLOCK  ADVISORY  WRITE 4711 <none>:0 0 EOF")]
    [InlineData("1:")]
    [InlineData("1: ->")]
    [InlineData("")]
    public void Other_lines_tell_nothing(string line) => Assert.Null(ProcLocks.Parse(line));

    [SkippableFact]
    public void A_file_that_is_not_there_has_no_holders()
    {
        Linux.Require();
        Assert.Empty(ProcLocks.FindHolders("/nowhere/.ns-lock", LockMode.Exclusive));
    }
}
