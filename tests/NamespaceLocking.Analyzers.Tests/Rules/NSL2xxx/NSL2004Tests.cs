namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>The variable is overwritten while its guard is held.</summary>
public static class NSL2004Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("{|NSL2004:guard = locks.AcquireShared(ns2)|};")]
        [InlineData("{|NSL2004:guard = await locks.AcquireSharedAsync(ns2)|};")]
        [InlineData("{|NSL2004:guard = flag ? locks.AcquireShared(ns2) : locks.AcquireShared(ns2.Parent)|};")]
        public Task Second_acquisition_into_the_same_variable(string overwrite) => Verify.BodyAsync(
            $$"""
            var guard = locks.AcquireShared(ns);
            {{overwrite}}
            guard.Dispose();
            """);

        [Fact]
        public Task Overwritten_between_operations() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
                {|NSL2004:guard = locks.AcquireShared(ns2)|};
                store.Backup(ns2);
            }
            finally
            {
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Same_namespace_again() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            {|NSL2004:guard = locks.AcquireShared(ns)|};
            guard.Dispose();
            """);

        [Fact]
        public Task Overwritten_with_null() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = locks.AcquireShared(ns);
            {|NSL2004:guard = null|};
            """);

        [Fact]
        public Task Overwritten_with_another_guard() => Verify.BodyAsync(
            """
            using var guard2 = locks.AcquireShared(ns2);
            var guard = locks.AcquireShared(ns);
            {|NSL2004:guard = guard2|};
            """);

        [Fact]
        public Task Overwritten_in_a_using_statement() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            using ({|NSL2004:guard = locks.AcquireShared(ns2)|})
                store.Backup(ns2);
            """);

        [Fact]
        public Task Overwritten_in_one_branch() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            if (flag)
                {|NSL2004:guard = locks.AcquireShared(ns2)|};
            guard.Dispose();
            """);

        [Fact]
        public Task Overwritten_in_each_round() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            for (var round = 0; round < 3; round++)
                {|NSL2004:guard = locks.AcquireShared(ns2)|};
            guard.Dispose();
            """);

        [Fact]
        public Task Acquired_on_each_path_and_then_overwritten() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            if (flag)
                guard = locks.AcquireShared(ns);
            else
                guard = locks.AcquireExclusive(ns);
            {|NSL2004:guard = locks.AcquireShared(ns2)|};
            guard.Dispose();
            """);

        [Theory]
        [InlineData("if (guard is null) return;")]
        [InlineData("if (guard == null) return;")]
        public Task Tested_Try(string test) => Verify.BodyAsync(
            $$"""
            var guard = locks.TryAcquireShared(ns);
            {{test}}
            {|NSL2004:guard = locks.AcquireShared(ns2)|};
            guard.Dispose();
            """);

        [Fact]
        public Task Try_result_in_the_branch_where_it_is_not_null() => Verify.BodyAsync(
            """
            var guard = locks.TryAcquireShared(ns);
            if (guard is not null)
                {|NSL2004:guard = locks.AcquireShared(ns2)|};
            guard?.Dispose();
            """);

        [Fact]
        public Task Out_argument() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    Lock(ns, out var guard);
                    {|NSL2004:guard = locks.AcquireShared(ns2)|};
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Deconstructed_guard() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    var (guard, _) = Lock(ns);
                    {|NSL2004:guard = locks.AcquireShared(ns2)|};
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Parameter_that_takes_ownership() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M([TakesOwnership] NamespaceLockGuard guard, BackupNamespace ns)
                {
                    {|NSL2004:guard = locks.AcquireShared(ns)|};
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Field_of_a_type_that_disposes_it() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private NamespaceLockGuard? _guard;

                public void Enter(BackupNamespace ns, BackupNamespace ns2)
                {
                    _guard = locks.AcquireShared(ns);
                    {|NSL2004:_guard = locks.AcquireShared(ns2)|};
                }

                public void Dispose() => _guard?.Dispose();
            }
            """);

        [Fact]
        public Task Guard_of_an_unannotated_member() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    var guard = Lock(ns);
                    {|NSL2004:guard = Lock(ns2)|};
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Guard_without_a_namespace() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                void M()
                {
                    var snapshot = new Snapshot();
                    {|NSL2004:snapshot = new Snapshot()|};
                    snapshot.Dispose();
                }
            }
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            Run();

            void Run()
            {
                var guard = locks.AcquireShared(ns);
                {|NSL2004:guard = locks.AcquireShared(ns2)|};
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Lambda_body() => Verify.BodyAsync(
            """
            Action run = () =>
            {
                var guard = locks.AcquireShared(ns);
                {|NSL2004:guard = locks.AcquireShared(ns2)|};
                guard.Dispose();
            };
            run();
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            var guard = locks.AcquireShared(BackupNamespace.Root);
            {|NSL2004:guard = locks.AcquireShared(BackupNamespace.Parse("a"))|};
            guard.Dispose();
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("guard.Dispose();")]
        [InlineData("await guard.DisposeAsync();")]
        [InlineData("using (guard) store.Backup(ns);")]
        [InlineData("guard?.Dispose();")]
        public Task Disposed_before_it_is_overwritten(string release) => Verify.BodyAsync(
            $$"""
            var guard = locks.AcquireShared(ns);
            {{release}}
            guard = locks.AcquireShared(ns2);
            guard.Dispose();
            """);

        [Fact]
        public Task Initialised_with_null() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            try
            {
                guard = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            finally
            {
                guard?.Dispose();
            }
            """);

        [Fact]
        public Task Two_variables() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            using var guard2 = locks.AcquireShared(ns2);
            store.Backup(ns);
            """);

        [Fact]
        public Task Variable_of_each_round() => Verify.BodyAsync(
            """
            foreach (var item in items)
            {
                var guard = locks.AcquireShared(ns);
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Variable_outside_the_loop_disposed_in_each_round() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            foreach (var item in items)
            {
                guard = locks.AcquireShared(ns);
                using (guard)
                    store.Backup(ns);
            }
            """);

        [Theory]
        [InlineData("while (guard is null) guard = locks.TryAcquireShared(ns);")]
        [InlineData("while (guard == null) { guard = locks.TryAcquireShared(ns); }")]
        [InlineData("guard ??= locks.AcquireShared(ns);")]
        [InlineData("if (guard is null) guard = locks.AcquireShared(ns);")]
        public Task Overwritten_only_while_it_is_null(string statement) => Verify.BodyAsync(
            $$"""
            var guard = locks.TryAcquireShared(ns);
            {{statement}}
            using (guard)
                items.Clear();
            """);

        [Fact]
        public Task Retry_in_the_condition_of_a_loop() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard;
            while ((guard = locks.TryAcquireShared(ns)) is null)
                await Task.Delay(10, token);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Second_choice_where_the_first_was_refused() => Verify.BodyAsync(
            """
            var guard = locks.TryAcquireExclusive(ns);
            if (guard == null)
                guard = locks.AcquireShared(ns);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Copied_first() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            using var first = guard;
            guard = locks.AcquireShared(ns2);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Disposed_by_its_using_under_another_name() => Verify.BodyAsync(
            """
            using var owner = locks.AcquireShared(ns);
            var guard = owner;
            guard = null;
            store.Backup(ns);
            """);

        [Fact]
        public Task Swapped() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null, guard2 = null;
            try
            {
                guard = locks.AcquireShared(ns);
                guard2 = locks.AcquireShared(ns2);
                (guard, guard2) = (guard2, guard);
            }
            finally
            {
                guard?.Dispose();
                guard2?.Dispose();
            }
            """);

        [Fact]
        public Task Collected_first() => Verify.BodyAsync(
            """
            var guards = new List<NamespaceLockGuard>();
            try
            {
                var guard = locks.AcquireShared(ns);
                guards.Add(guard);
                guard = locks.AcquireShared(ns2);
                guards.Add(guard);
            }
            finally
            {
                foreach (var guard in guards)
                    guard.Dispose();
            }
            """);

        [Fact]
        public Task Given_away_first() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    var guard = locks.AcquireShared(ns);
                    Release(guard);
                    guard = locks.AcquireShared(ns2);
                    Release(guard);
                }
            }
            """);

        [Fact]
        public Task Ordinary_parameter_is_the_caller_s_to_dispose() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(NamespaceLockGuard guard, BackupNamespace ns)
                {
                    guard = locks.AcquireShared(ns);
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Lent_guards_in_turn() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockGuard first, NamespaceLockGuard second)
                {
                    var current = first;
                    Console.WriteLine(current.Mode);
                    current = second;
                    Console.WriteLine(current.Mode);
                }
            }
            """);

        [Fact]
        public Task Field_is_taken_as_empty_on_entry() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private NamespaceLockGuard? _guard;

                public void Enter(BackupNamespace ns) => _guard = locks.AcquireShared(ns);

                public void Dispose() => _guard?.Dispose();
            }
            """);

        [Fact]
        public Task Field_disposed_first() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private NamespaceLockGuard? _guard;

                public void Enter(BackupNamespace ns)
                {
                    _guard?.Dispose();
                    _guard = locks.AcquireShared(ns);
                }

                public void Leave()
                {
                    _guard?.Dispose();
                    _guard = null;
                }

                public void Dispose() => Leave();
            }
            """);

        [Fact]
        public Task Field_exchanged_and_the_old_guard_disposed() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private NamespaceLockGuard? _guard;

                public void Enter(BackupNamespace ns, BackupNamespace ns2)
                {
                    _guard = locks.AcquireShared(ns);
                    Interlocked.Exchange(ref _guard, locks.AcquireShared(ns2))?.Dispose();
                }

                public void Dispose() => Interlocked.Exchange(ref _guard, null)?.Dispose();
            }
            """);

        [Fact]
        public Task Fields_of_two_objects() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                public NamespaceLockGuard? Guard { get; set; }

                public void Dispose() => Guard?.Dispose();
            }

            class C(NamespaceLockManager locks)
            {
                void M(Session first, Session second, BackupNamespace ns)
                {
                    first.Guard = locks.AcquireShared(ns);
                    second.Guard = locks.AcquireShared(ns);
                }
            }
            """);

        [Fact]
        public Task Each_branch_acquires() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            if (flag)
                guard = locks.AcquireShared(ns);
            else
                guard = locks.AcquireExclusive(ns);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Set_to_null_after_the_release() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
                guard.Dispose();
                guard = null;
                items.Clear();
            }
            finally
            {
                guard?.Dispose();
            }
            """);

        [Fact]
        public Task Set_to_null_once_it_is_handed_out() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    NamespaceLockGuard? guard = null;
                    try
                    {
                        guard = locks.AcquireShared(ns);
                        store.Backup(ns);
                        var result = guard;
                        guard = null;
                        return result;
                    }
                    finally
                    {
                        guard?.Dispose();
                    }
                }
            }
            """);

        [Fact]
        public Task Namespace_variable_overwritten() => Verify.BodyAsync(
            """
            var current = ns;
            using var guard = locks.AcquireShared(current);
            store.Backup(current);
            current = ns2;
            """);
    }
}
