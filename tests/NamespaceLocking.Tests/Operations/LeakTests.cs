using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace NamespaceLocking.Tests;

[Collection(Measurements.Collection)]
public sealed class LeakTests : IDisposable
{
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    private readonly RecordingLoggers _loggers = new();
    private readonly InProcessLockProvider _provider = new();
    private readonly string _store = Guid.NewGuid().ToString();
    private readonly Measurements _measurements;

    public LeakTests() => _measurements = new(_store);

    public void Dispose() => _measurements.Dispose();

    [Theory]
    [InlineData(LockMode.Shared)]
    [InlineData(LockMode.Exclusive)]
    public void A_guard_that_is_collected_gives_its_lock_back_and_is_counted_and_logged(LockMode mode)
    {
        var locks = Manager(capture: false);
        Leak(locks, mode);
        Collect();
        using var guard = locks.TryAcquireExclusive(BackupNamespace.Root);
        Assert.NotNull(guard);
        var name = mode == LockMode.Shared ? "shared" : "exclusive";
        Assert.Equal([KeyValuePair.Create(name, 1.0)], _measurements.SumsOf("namespace_locking.leaks"));
        var (level, message) = Assert.Single(_loggers.Messages);
        Assert.Equal(LogLevel.Error, level);
        Assert.StartsWith($"Store '{_store}': the guard of the {name} lock on 'a/b' was collected without having been disposed", message);
        Assert.Contains("Set CaptureAcquisitionPlaces to learn where", message);
    }

    [Fact]
    public void Where_places_are_captured_the_report_says_where_it_was_acquired_and_it_is_no_holder_any_more()
    {
        var locks = Manager(capture: true);
        Leak(locks, LockMode.Shared);
        Collect();
        Assert.Contains($"It was acquired by {typeof(LeakTests).FullName}.{nameof(Leak)} (LeakTests.cs:", Assert.Single(_loggers.Messages).Message);
        using var guard = locks.AcquireExclusive(Ab);
        var error = Assert.Throws<NamespaceLockedException>(() => { using var refused = locks.AcquireExclusive(Ab); });
        Assert.DoesNotContain($".{nameof(Leak)} (", Assert.Single(error.Holders).Description);
    }

    [Fact]
    public void A_guard_that_was_disposed_is_no_leak_however_often_what_goes_with_it_is_used_again()
    {
        var locks = Manager(capture: false);
        for (var round = 0; round < 3; round++)
        {
            var guards = Enumerable.Range(0, 100).Select(_ => locks.AcquireShared(Ab)).ToList();
            Parallel.ForEach(guards, guard => guard.Dispose());
            Collect();
        }
        Assert.Empty(_loggers.Messages);
        Assert.Empty(_measurements.SumsOf("namespace_locking.leaks"));
    }

    [Fact]
    public void A_guard_that_is_held_is_no_leak()
    {
        var locks = Manager(capture: false);
        var guard = locks.AcquireExclusive(Ab);
        Collect();
        Assert.True(guard.IsHeld);
        Assert.Empty(_loggers.Messages);
        Assert.Null(locks.TryAcquireShared(Ab));
        guard.Dispose();
    }

    [Fact]
    public void A_logger_that_fails_keeps_no_lock()
    {
        var locks = new NamespaceLockManager(_store, _provider, new() { LoggerFactory = new FailingLoggers() });
        Leak(locks, LockMode.Exclusive);
        Collect();
        using var guard = locks.AcquireExclusive(Ab);
        Assert.True(guard.IsHeld);
    }

    [SkippableFact]
    public void A_guard_on_files_is_collected_with_its_provider_and_all()
    {
        using var temporary = new TemporaryDirectory();
        LeakOnFiles(temporary.Path);
        Collect();
        using var guard = new NamespaceLockManager("main", Linux.CreateProvider(temporary.Path)).TryAcquireExclusive(BackupNamespace.Root);
        Assert.NotNull(guard);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void LeakOnFiles(string directory) => Leak(new("main", Linux.CreateProvider(directory)), LockMode.Exclusive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leak(NamespaceLockManager locks, LockMode mode)
    {
#pragma warning disable NSL2001, NSL2002 // The mistake is what is tested.
        _ = mode == LockMode.Shared ? locks.AcquireShared(Ab) : locks.AcquireExclusive(Ab);
#pragma warning restore NSL2001, NSL2002
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private NamespaceLockManager Manager(bool capture) =>
        new(_store, _provider, new() { CaptureAcquisitionPlaces = capture, LoggerFactory = _loggers });

    private sealed class FailingLoggers : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The disk with the log is full.");

        public void Dispose() { }
    }
}
