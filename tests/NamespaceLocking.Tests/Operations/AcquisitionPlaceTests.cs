using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace NamespaceLocking.Tests;

/// <summary>Where guards that are in the way were acquired.</summary>
public sealed class AcquisitionPlaceTests
{
    private static readonly BackupNamespace A = BackupNamespace.Parse("a");
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    private readonly InProcessLockProvider _provider = new();

    [Fact]
    public async Task A_refusal_tells_where_each_guard_in_the_way_was_acquired()
    {
        var locks = Manager();
        using var shared = AcquireHere(locks);
        await using var other = await AcquireThereAsync(locks);
        using var unconcerned = locks.AcquireShared(BackupNamespace.Parse("c"));
        // Through another manager, which captures nothing itself.
        var error = Assert.Throws<NamespaceLockedException>(
            () => { using var refused = new NamespaceLockManager("main", _provider).AcquireExclusive(A); });
        Assert.Equal(
            [$"this process, acquired by {Name(nameof(AcquireHere))}", $"this process, acquired by {Name(nameof(AcquireThereAsync))}"],
            error.Holders.Select(holder => holder.Description.Split(" (")[0]).Order());
        Assert.All(error.Holders, holder => Assert.Equal((Environment.ProcessId, LockMode.Shared), (holder.ProcessId!.Value, holder.Mode)));
        Assert.Contains("(AcquisitionPlaceTests.cs:", error.Message);
    }

    [Fact]
    public void A_guard_that_was_disposed_or_is_another_stores_is_no_holder()
    {
        var locks = Manager();
        AcquireHere(locks).Dispose();
        using var ofOther = new NamespaceLockManager("other", _provider, new() { CaptureAcquisitionPlaces = true }).AcquireExclusive(A);
        using var holder = locks.AcquireExclusive(A);
        var error = Assert.Throws<NamespaceLockedException>(() => { using var refused = locks.AcquireShared(Ab); });
        Assert.DoesNotContain(nameof(AcquireHere), Assert.Single(error.Holders).Description);
    }

    [SkippableFact]
    public void It_works_on_files_too()
    {
        using var temporary = new TemporaryDirectory();
        var locks = new NamespaceLockManager("main", Linux.CreateProvider(temporary.Path), new() { CaptureAcquisitionPlaces = true });
        using var holder = AcquireHere(locks);
        var error = Assert.Throws<NamespaceLockedException>(() => { using var refused = locks.AcquireExclusive(Ab); });
        Assert.Contains(nameof(AcquireHere), Assert.Single(error.Holders).Description);
    }

    [Fact]
    public void Refusals_are_logged_for_who_looks_for_them()
    {
        var loggers = new RecordingLoggers();
        var locks = new NamespaceLockManager("main", _provider, new() { LoggerFactory = loggers });
        using var holder = locks.AcquireExclusive(A);
        Assert.Null(locks.TryAcquireShared(Ab));
        Assert.Equal(
            [(LogLevel.Debug, "Store 'main': no shared lock on 'a/b', as 'a' is held by somebody else.")], loggers.Messages);
    }

    [Theory]
    [InlineData("App.Backup", "Run", "App.Backup.Run")]
    [InlineData("App.Backup+<RunAsync>d__3", "MoveNext", "App.Backup.RunAsync")]
    [InlineData("App.Backup+<>c", "<Run>b__0", "App.Backup.<Run>b__0")]
    public void Methods_are_called_by_the_names_that_the_source_has(string type, string method, string expected) =>
        Assert.Equal(expected, CallSite.Describe(type, method));

    private static string Name(string method) => $"{typeof(AcquisitionPlaceTests).FullName}.{method}";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NamespaceLockGuard AcquireHere(NamespaceLockManager locks) => locks.AcquireShared(Ab);

    private static async Task<NamespaceLockGuard> AcquireThereAsync(NamespaceLockManager locks)
    {
        await Task.Yield();
        return await locks.AcquireSharedAsync(A);
    }

    private NamespaceLockManager Manager() => new("main", _provider, new() { CaptureAcquisitionPlaces = true });
}
