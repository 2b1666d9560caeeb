using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NamespaceLocking.Tests;

/// <summary>Locks by dependency injection.</summary>
public class ServicesTests
{
    private static readonly BackupNamespace A = BackupNamespace.Parse("a");

    [Fact]
    public void Managers_share_one_provider()
    {
        using var services = Build(options => options.IsInProcess = true);
        var managers = services.GetRequiredService<NamespaceLockManagers>();
        Assert.Same(managers.Get("main"), managers.Get("main"));
        using var guard = managers.Get("main").AcquireExclusive(A);
        Assert.Null(new NamespaceLockManager("main", services.GetRequiredService<ILockProvider>()).TryAcquireShared(A));
        Assert.Throws<ArgumentException>(() => managers.Get("a/b"));
        Assert.Throws<ArgumentNullException>("store", () => managers.Get(null!));
    }

    [SkippableFact]
    public void Locks_are_on_files_where_a_directory_is_given()
    {
        Linux.Require();
        using var temporary = new TemporaryDirectory();
        using var services = Build(options => options.Directory = temporary.Path);
        using var guard = services.GetRequiredService<NamespaceLockManagers>().Get("main").AcquireShared(A);
        Assert.True(File.Exists(Path.Combine(temporary.Path, "main/a/.ns-lock")));
    }

    [Fact]
    public void A_provider_that_was_registered_before_is_taken()
    {
        var own = new InProcessLockProvider();
        using var services = Build(options => options.IsInProcess = true, collection => collection.AddSingleton<ILockProvider>(own));
        Assert.Same(own, services.GetRequiredService<ILockProvider>());
    }

    [Fact]
    public void Managers_log_where_the_program_does_and_capture_as_told()
    {
        var loggers = new RecordingLoggers();
        using var services = Build(
            options => (options.IsInProcess, options.CaptureAcquisitionPlaces) = (true, true),
            collection => collection.AddSingleton<ILoggerFactory>(loggers));
        var locks = services.GetRequiredService<NamespaceLockManagers>().Get("main");
        using var guard = locks.AcquireExclusive(A);
        var error = Assert.Throws<NamespaceLockedException>(() => { using var refused = locks.AcquireShared(A); });
        Assert.Contains(nameof(ServicesTests), Assert.Single(error.Holders).Description);
        Assert.Single(loggers.Messages);
    }

    [Fact]
    public void Backup_locks_share_the_provider_log_where_the_program_does_and_capture_as_told()
    {
        var loggers = new RecordingLoggers();
        using var services = Build(
            options => (options.IsInProcess, options.CaptureAcquisitionPlaces) = (true, true),
            collection => collection.AddSingleton<ILoggerFactory>(loggers));
        using var inNamespace = services.GetRequiredService<NamespaceLockManagers>().Get("main").AcquireShared(A);
        var managers = services.GetRequiredService<BackupLockManagers>();
        Assert.Same(managers.Get("main"), managers.Get("main"));
        var group = BackupLockTarget.Group(A, "vm", "100");
        using var guard = managers.Get("main").Acquire(group, LockMode.Exclusive);
        var onProvider = new BackupLockManager("main", (InProcessLockProvider)services.GetRequiredService<ILockProvider>());
        Assert.Null(onProvider.TryAcquire(group, LockMode.Shared));
        var error = Assert.Throws<BackupLockedException>(() => { using var refused = managers.Get("main").Acquire(group, LockMode.Shared); });
        Assert.Contains(nameof(ServicesTests), Assert.Single(error.Holders).Description);
        Assert.Single(loggers.Messages);
        Assert.Throws<ArgumentException>(() => managers.Get("a/b"));
        Assert.Throws<ArgumentNullException>("store", () => managers.Get(null!));
    }

    [Fact]
    public void A_provider_of_somebody_else_has_no_backup_locks_and_that_is_told()
    {
        using var services = Build(
            options => options.IsInProcess = true, collection => collection.AddSingleton<ILockProvider>(new NamespacesAlone()));
        Assert.NotNull(services.GetRequiredService<NamespaceLockManagers>());
        var error = Assert.Throws<ArgumentException>(() => services.GetRequiredService<BackupLockManagers>());
        Assert.Contains($"{typeof(NamespacesAlone)} has locks of namespaces alone", error.Message);
    }

    public static TheoryData<Action<NamespaceLocksOptions>, string> Mistakes => new()
    {
        { _ => { }, "Directory is missing" },
        { options => options.Directory = "locks", "Directory is 'locks', which is not an absolute path" },
        { options => (options.Directory, options.IsInProcess) = ("/run/locks", true), "set one of them" },
        { options => (options.IsInProcess, options.Files) = (true, new() { KeptFiles = -1 }), "Files.KeptFiles is -1" },
        { options => (options.IsInProcess, options.Files) = (true, new() { FileMode = UnixFileMode.UserRead }), "Files.FileMode is UserRead" },
        { options => (options.IsInProcess, options.Files) = (true, new() { DirectoryMode = UnixFileMode.UserRead }), "Files.DirectoryMode is UserRead" },
        { options => (options.IsInProcess, options.Files) = (true, null!), "Files is null" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Options_that_cannot_work_are_found_at_the_start(Action<NamespaceLocksOptions> configure, string words)
    {
        using var services = Build(configure);
        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(words, error.Message);
    }

    [SkippableFact]
    public void A_provider_refuses_the_same_options()
    {
        Linux.Require();
        Assert.Throws<ArgumentException>("options", () => new FileLockProvider("/run/locks", new() { KeptFiles = -1 }));
    }

    private sealed class NamespacesAlone : ILockProvider
    {
        private readonly InProcessLockProvider _inner = new();

        public LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
            _inner.Acquire(request, timeout, cancellationToken);

        public ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
            _inner.AcquireAsync(request, timeout, cancellationToken);

        public IReadOnlyList<LockHolder> FindHolders(string store, BackupNamespace ns, LockMode mode) => _inner.FindHolders(store, ns, mode);
    }

    private static ServiceProvider Build(Action<NamespaceLocksOptions> configure, Action<ServiceCollection>? prepare = null)
    {
        var services = new ServiceCollection();
        prepare?.Invoke(services);
        services.AddNamespaceLocks(configure);
        return services.BuildServiceProvider();
    }
}
