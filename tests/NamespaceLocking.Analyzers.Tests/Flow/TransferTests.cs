namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guards that are lent, given away, or passed on.</summary>
public class TransferTests
{
    private const string Tools =
        """
        static class Tools
        {
            public static void Look(NamespaceLockGuard guard) { }

            public static int Depth(NamespaceLockGuard? guard) => guard?.Namespace.Depth ?? 0;

            public static void Consume([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

            public static async Task ConsumeAsync([TakesOwnership] NamespaceLockGuard guard) => await guard.DisposeAsync();
        }
        """;

    [Theory]
    [InlineData("Tools.Look(guard);")]
    [InlineData("var depth = Tools.Depth(guard);")]
    [InlineData("var held = guard.IsHeld;")]
    [InlineData("guard.ThrowIfNotShared(ns);")]
    [InlineData("var text = guard.ToString();")]
    [InlineData("using var lost = CancellationTokenSource.CreateLinkedTokenSource(guard.LostToken, token);")]
    public Task A_guard_that_is_only_looked_at_stays_held(string use) => Cases.BodyAsync(
        Tools,
        $$"""
        using var guard = locks.AcquireShared(ns);
        {{use}}
        store.Backup(ns);
        """);

    [Theory]
    [InlineData("Tools.Consume(guard);")]
    [InlineData("Tools.Consume(guard: guard);")]
    [InlineData("await Tools.ConsumeAsync(guard);")]
    public Task A_guard_that_is_given_away_is_released(string use) => Cases.BodyAsync(
        Tools,
        $$"""
        var guard = locks.AcquireShared(ns);
        {{use}}
        {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_guard_given_away_on_one_path() => Cases.BodyAsync(
        Tools,
        """
        using var guard = locks.AcquireShared(ns);
        if (flag)
            Tools.Consume(guard);
        {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_guard_given_away_where_the_path_ends() => Cases.BodyAsync(
        Tools,
        """
        using var guard = locks.AcquireShared(ns);
        if (flag)
        {
            Tools.Consume(guard);
            return;
        }
        store.Backup(ns);
        """);

    [Fact]
    public Task A_composite_made_of_a_guard_in_a_variable() => Cases.BodyAsync(
        Cases.Wrapper,
        """
        var guard = locks.AcquireShared(ns);
        using var wrapper = new Wrapper(guard);
        store.Backup(ns);
        """);

    [Fact]
    public Task A_composite_made_of_a_composite() => Cases.BodyAsync(
        Cases.Wrapper + """

        [LockGuard]
        sealed class Outer([TakesOwnership] Wrapper inner) : IDisposable
        {
            private readonly Wrapper _inner = inner;

            public void Dispose() => _inner.Dispose();
        }
        """,
        """
        using (var outer = new Outer(new Wrapper(locks.AcquireShared(ns))))
            store.Backup(ns);
        {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_guard_type_of_a_user_that_is_annotated_like_the_library_s() => Cases.BodyAsync(
        """
        [LockGuard]
        sealed class Ticket : IDisposable
        {
            [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public Ticket(BackupNamespace ns) => Namespace = ns;

            public BackupNamespace Namespace { get; }

            public void Dispose() { }
        }

        sealed class Office
        {
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public Ticket Take(BackupNamespace ns) => new(ns);
        }
        """,
        """
        var office = new Office();
        using (var ticket = office.Take(ns))
        {
            store.Delete(ns);
            store.Delete(ticket.Namespace);
        }
        {|NSL1004:store.Delete(ns)|};
        """);

    [Fact]
    public Task A_guard_handed_to_a_callee_that_works_under_it() => Cases.MembersAsync(
        """
        void M(BackupNamespace ns)
        {
            using var guard = _locks.AcquireShared(ns);
            Work(guard);
            Work(ns);
        }

        void Work(NamespaceLockGuard guard) => _store.Backup(guard.Namespace);

        [RequiresLock(LockMode.Shared, nameof(ns))]
        void Work(BackupNamespace ns) => _store.Backup(ns);
        """);

    [Fact]
    public Task A_callee_that_requires_more_than_its_caller_holds() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Shared, nameof(ns))]
        void Outer(BackupNamespace ns) => {|NSL1002:Inner(ns)|};

        [RequiresLock(LockMode.Exclusive, nameof(ns))]
        void Inner(BackupNamespace ns) => _store.Delete(ns);
        """);
}
