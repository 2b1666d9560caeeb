namespace NamespaceLocking.Tests;

/// <summary>Processes that end, or are doubled, while they hold locks.</summary>
public sealed class ShutdownTests : IDisposable
{
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public void A_guard_may_be_disposed_and_a_lock_acquired_while_the_process_ends()
    {
        Linux.Require();
        using var helper = ChildProcess.StartHelper("dispose-at-exit", _temporary.Path);
        helper.WaitForLine("disposed");
        Assert.Equal(0, helper.WaitForExit());
        using var all = new NamespaceLockManager("main", new FileLockProvider(_temporary.Path)).TryAcquireExclusive(BackupNamespace.Root);
        Assert.NotNull(all);
    }

    [SkippableFact]
    public void A_child_that_was_forked_meanwhile_keeps_nothing_locked()
    {
        Linux.Require();
        using var helper = ChildProcess.StartHelper("dispose-after-fork", _temporary.Path);
        var child = int.Parse(helper.ReadLine()!);
        Assert.Contains(
            new DirectoryInfo($"/proc/{child}/fd").EnumerateFileSystemInfos().Select(file => file.LinkTarget),
            file => file == Path.Combine(_temporary.Path, "main", "a:b", ".ns-lock"));
        using (var guard = new NamespaceLockManager("main", new FileLockProvider(_temporary.Path)).TryAcquireExclusive(Ab))
            Assert.NotNull(guard);
        Assert.Equal(0, helper.Finish());
    }
}
