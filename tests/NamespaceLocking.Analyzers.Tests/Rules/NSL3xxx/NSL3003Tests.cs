namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>Waiting for one namespace while holding a guard on another of the same store.</summary>
public static class NSL3003Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("TimeSpan.FromSeconds(5)")]
        [InlineData("TimeSpan.FromMilliseconds(1)")]
        [InlineData("new TimeSpan(0, 1, 0)")]
        [InlineData("TimeSpan.MaxValue")]
        [InlineData("Timeout.InfiniteTimeSpan")]
        [InlineData("timeout: TimeSpan.FromSeconds(5)")]
        [InlineData("cancellationToken: token, timeout: TimeSpan.FromSeconds(5)")]
        public Task Timeout_that_is_not_zero(string timeout) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireShared(ns);
            using var asked = {|NSL3003:locks.AcquireShared(ns2, {{timeout}})|};
            """);

        [Theory]
        [InlineData("using var asked = {|NSL3003:locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};")]
        [InlineData("using var asked = {|NSL3003:locks.TryAcquireShared(ns2, TimeSpan.FromSeconds(5))|};")]
        [InlineData("using var asked = {|NSL3003:locks.TryAcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};")]
        [InlineData("await using var asked = await {|NSL3003:locks.AcquireSharedAsync(ns2, TimeSpan.FromSeconds(5))|};")]
        [InlineData("await using var asked = await {|NSL3003:locks.TryAcquireExclusiveAsync(ns2, TimeSpan.FromSeconds(5))|};")]
        [InlineData("using ({|NSL3003:locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|}) store.Backup(ns2);")]
        [InlineData("{|NSL3003:locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|}.Dispose();")]
        public Task Every_acquiring_member(string ask) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireShared(ns);
            {{ask}}
            """);

        [Fact]
        public Task Exclusive_guard_held() => Verify.BodyAsync(
            """
            await using var held = await locks.AcquireExclusiveAsync(ns);
            await using var asked = await {|NSL3003:locks.AcquireExclusiveAsync(ns2, TimeSpan.FromSeconds(5))|};
            """);

        [Fact]
        public Task Third_namespace_while_two_are_held() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace first, BackupNamespace second, BackupNamespace third)
                {
                    using var held = locks.AcquireExclusive(first, second);
                    using var asked = {|NSL3003:locks.AcquireShared(third, TimeSpan.FromSeconds(5))|};
                }
            }
            """);

        [Fact]
        public Task Two_namespaces_while_a_third_is_held() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace first, BackupNamespace second, BackupNamespace third)
                {
                    using var held = locks.AcquireShared(third);
                    using var asked = {|NSL3003:locks.AcquireExclusive(first, second, TimeSpan.FromSeconds(5))|};
                }
            }
            """);

        [Fact]
        public Task Each_of_two_waits_under_one_guard() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace first, BackupNamespace second, BackupNamespace third, TimeSpan timeout)
                {
                    using var held = locks.AcquireShared(first);
                    using (var asked = {|NSL3003:locks.AcquireShared(second, timeout)|}) Console.WriteLine();
                    using (var asked = {|NSL3003:locks.AcquireShared(third, timeout)|}) Console.WriteLine();
                }
            }
            """);

        [Fact]
        public Task Timeout_from_the_caller() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
                {
                    using var held = locks.AcquireShared(ns);
                    using var asked = {|NSL3003:locks.AcquireShared(ns2, timeout)|};
                }
            }
            """);

        [Fact]
        public Task Timeout_in_a_field() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    using var held = locks.AcquireShared(ns);
                    using var asked = {|NSL3003:locks.AcquireShared(ns2, Patience)|};
                }
            }
            """);

        [Fact]
        public Task Siblings() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns.Child("a"));
            using var asked = {|NSL3003:locks.AcquireExclusive(ns.Child("b"), TimeSpan.FromSeconds(5))|};
            """);

        [Fact]
        public Task Constants() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(BackupNamespace.Parse("a"));
            using var asked = {|NSL3003:locks.AcquireShared(BackupNamespace.Parse("b"), TimeSpan.FromSeconds(5))|};
            """);

        [Fact]
        public Task Held_by_a_tested_Try() => Verify.BodyAsync(
            """
            using var held = locks.TryAcquireShared(ns);
            if (held is null)
                return;
            using var asked = {|NSL3003:locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|};
            """);

        [Fact]
        public Task Held_by_a_guard_that_was_waited_for() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns, TimeSpan.FromSeconds(5));
            using var asked = {|NSL3003:locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|};
            """);

        [Fact]
        public Task Held_because_the_member_requires_it() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    using var asked = {|NSL3003:locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|};
                }
            }
            """);

        [Fact]
        public Task Held_by_a_guard_parameter() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(NamespaceLockGuard guard, BackupNamespace ns)
                {
                    using var asked = {|NSL3003:locks.AcquireShared(ns, TimeSpan.FromSeconds(5))|};
                }
            }
            """);

        [Fact]
        public Task Inside_a_loop() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns);
            foreach (var item in items)
            {
                using var asked = {|NSL3003:locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|};
                store.Backup(ns2);
            }
            """);

        [Fact]
        public Task Inside_a_try_with_the_release_in_finally() => Verify.BodyAsync(
            """
            var held = locks.AcquireShared(ns);
            try
            {
                using var asked = {|NSL3003:locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|};
                store.Backup(ns2);
            }
            finally
            {
                held.Dispose();
            }
            """);

        [Fact]
        public Task Annotated_member_of_another_type() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns, TimeSpan timeout);
            }

            class C
            {
                void M(ILocks locks, BackupNamespace ns, BackupNamespace ns2)
                {
                    using var held = locks.Lock(ns, TimeSpan.Zero);
                    using var asked = {|NSL3003:locks.Lock(ns2, TimeSpan.FromSeconds(5))|};
                }
            }
            """);

        [Fact]
        public Task Async_iterator() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                async IAsyncEnumerable<int> M(BackupNamespace ns, BackupNamespace ns2)
                {
                    await using var held = await locks.AcquireSharedAsync(ns);
                    yield return store.Count(ns);
                    await using var asked = await {|NSL3003:locks.AcquireSharedAsync(ns2, TimeSpan.FromSeconds(5))|};
                    yield return store.Count(ns2);
                }
            }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            using var held = locks.AcquireShared(BackupNamespace.Parse("a"));
            using var asked = {|NSL3003:locks.AcquireShared(BackupNamespace.Parse("b"), TimeSpan.FromSeconds(5))|};
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("locks.AcquireShared(ns2)")]
        [InlineData("locks.AcquireShared(ns2, default)")]
        [InlineData("locks.AcquireShared(ns2, default(TimeSpan))")]
        [InlineData("locks.AcquireShared(ns2, TimeSpan.Zero)")]
        [InlineData("locks.AcquireShared(ns2, new TimeSpan())")]
        [InlineData("locks.AcquireShared(ns2, timeout: TimeSpan.Zero)")]
        [InlineData("locks.AcquireShared(ns2, TimeSpan.Zero, token)")]
        [InlineData("locks.AcquireShared(ns2, cancellationToken: token)")]
        [InlineData("locks.TryAcquireExclusive(ns2, TimeSpan.Zero)")]
        [InlineData("await locks.AcquireExclusiveAsync(ns2, cancellationToken: token)")]
        public Task Asked_without_waiting(string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireShared(ns);
            using var asked = {{asked}};
            """);

        [Fact]
        public Task Nothing_held() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns, TimeSpan.FromSeconds(5));
            store.Backup(ns);
            """);

        [Theory]
        [InlineData("using var both = locks.AcquireExclusive(ns, ns2, TimeSpan.FromSeconds(5));")]
        [InlineData("await using var both = await locks.AcquireExclusiveAsync(ns, ns2, TimeSpan.FromSeconds(5));")]
        public Task Both_in_one_call(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("using (locks.AcquireShared(ns)) store.Backup(ns);")]
        [InlineData("{ using var held = locks.AcquireShared(ns); store.Backup(ns); }")]
        [InlineData("locks.AcquireShared(ns).Dispose();")]
        [InlineData("var held = await locks.AcquireSharedAsync(ns); await held.DisposeAsync();")]
        public Task Released_before_the_wait(string before) => Verify.BodyAsync(
            $$"""
            {{before}}
            using var asked = locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
            store.Backup(ns2);
            """);

        [Fact]
        public Task Wait_first_and_then_ask_without_waiting() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns, TimeSpan.FromSeconds(5));
            using var asked = locks.AcquireShared(ns2);
            """);

        [Fact]
        public Task Same_namespace() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns);
            using var asked = locks.AcquireShared(ns, TimeSpan.FromSeconds(5));
            """);

        [Theory]
        [InlineData("var copy = ns;", "copy")]
        [InlineData("", "held.Namespace")]
        [InlineData("if (ns != ns2) return;", "ns2")]
        public Task Same_namespace_under_another_name(string before, string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireShared(ns);
            {{before}}
            using var asked = locks.AcquireShared({{asked}}, TimeSpan.FromSeconds(5));
            """);

        [Fact]
        public Task Same_constant() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(BackupNamespace.Parse("a/b"));
            using var asked = locks.AcquireShared(BackupNamespace.Parse("a").Child("b"), TimeSpan.FromSeconds(5));
            """);

        [Fact]
        public Task Two_stores() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockManager source, NamespaceLockManager target, BackupNamespace ns, BackupNamespace ns2)
                {
                    using var read = source.AcquireShared(ns);
                    using var write = target.AcquireExclusive(ns2, TimeSpan.FromSeconds(5));
                }
            }
            """);

        [Fact]
        public Task Stores_of_two_owners() => Verify.SourceAsync(
            """
            record Site(NamespaceLockManager Locks);

            class C
            {
                void M(Site source, Site target, BackupNamespace ns, BackupNamespace ns2)
                {
                    using var read = source.Locks.AcquireShared(ns);
                    using var write = target.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5));
                }
            }
            """);

        [Fact]
        public Task Try_result_not_tested() => Verify.BodyAsync(
            """
            using var held = locks.TryAcquireShared(ns);
            using var asked = locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
            """);

        [Fact]
        public Task Held_on_one_path_only() => Verify.BodyAsync(
            """
            using var held = flag ? locks.AcquireShared(ns) : null;
            using var asked = locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
            """);

        [Fact]
        public Task Branch_where_the_Try_failed() => Verify.BodyAsync(
            """
            using var held = locks.TryAcquireShared(ns);
            if (held is null)
            {
                using var asked = locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
                store.Backup(ns2);
            }
            """);

        [Fact]
        public Task One_wait_in_each_round() => Verify.BodyAsync(
            """
            foreach (var name in new[] { ns, ns2 })
            {
                using var guard = locks.AcquireShared(name, TimeSpan.FromSeconds(5));
                store.Backup(name);
            }
            """);

        [Fact]
        public Task One_wait_in_each_branch() => Verify.BodyAsync(
            """
            using var guard = flag
                ? locks.AcquireShared(ns, TimeSpan.FromSeconds(5))
                : locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
            """);

        [Fact]
        public Task Guard_without_a_namespace_has_no_part_in_it() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns)
                {
                    using var snapshot = new Snapshot();
                    using var guard = locks.AcquireShared(ns, TimeSpan.FromSeconds(5));
                }
            }
            """);

        [Fact]
        public Task Other_waits_than_for_a_lock() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns);
            await Task.Delay(TimeSpan.FromSeconds(5), token);
            store.Backup(ns);
            """);

        [Fact]
        public Task Lambda_handed_to_a_callee_whose_body_is_unknown() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns);
            items.ForEach(item =>
            {
                using var asked = locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
            });
            """);

        [Fact]
        public Task Given_away_before_the_wait() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    Release(locks.AcquireShared(ns));
                    using var asked = locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
                }
            }
            """);

        [Fact]
        public Task Unreachable_code() => Verify.BodyAsync(
            """
            using var held = locks.AcquireShared(ns);
            return;
            using var asked = locks.AcquireShared(ns2, TimeSpan.FromSeconds(5));
            """);
    }
}
