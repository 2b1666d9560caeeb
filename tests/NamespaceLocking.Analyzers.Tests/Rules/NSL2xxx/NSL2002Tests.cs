namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>The guard is kept in a variable and never disposed.</summary>
public static class NSL2002Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("var guard = {|NSL2002:locks.AcquireShared(ns)|}; store.Backup(ns);")]
        [InlineData("var guard = await {|NSL2002:locks.AcquireSharedAsync(ns)|}; store.Backup(ns);")]
        [InlineData("var guard = await {|NSL2002:locks.AcquireSharedAsync(ns)|}.ConfigureAwait(false); store.Backup(ns);")]
        [InlineData("var guard = {|NSL2002:locks.AcquireExclusive(ns)|}; await store.DeleteAsync(ns);")]
        [InlineData("var guard = {|NSL2002:locks.AcquireExclusive(ns, ns2)|}; store.Move(ns, ns2);")]
        [InlineData("NamespaceLockGuard guard = {|NSL2002:locks.AcquireShared(ns)|};")]
        [InlineData("IDisposable guard = {|NSL2002:locks.AcquireShared(ns)|};")]
        public Task Declared_and_never_disposed(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Assigned_and_never_disposed() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            guard = {|NSL2002:locks.AcquireShared(ns)|};
            store.Backup(ns);
            """);

        [Theory]
        [InlineData("var guard = {|NSL2002:locks.TryAcquireShared(ns)|}; if (guard is null) return; store.Backup(ns);")]
        [InlineData("var guard = {|NSL2002:locks.TryAcquireShared(ns)|}; if (guard != null) store.Backup(ns);")]
        [InlineData("if ({|NSL2002:locks.TryAcquireShared(ns)|} is { } guard) store.Backup(ns);")]
        [InlineData("if ({|NSL2002:locks.TryAcquireShared(ns)|} is not { } guard) return; store.Backup(ns);")]
        [InlineData("var guard = {|NSL2002:locks.TryAcquireShared(ns)|} ?? throw new InvalidOperationException(); store.Backup(ns);")]
        public Task Try_result_tested_and_never_disposed(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Kept_alive_is_not_disposed() => Verify.BodyAsync(
            """
            var guard = {|NSL2002:locks.AcquireShared(ns)|};
            store.Backup(ns);
            GC.KeepAlive(guard);
            """);

        [Fact]
        public Task Read_is_not_disposed() => Verify.BodyAsync(
            """
            var guard = {|NSL2002:locks.AcquireShared(ns)|};
            if (guard.IsHeld)
                store.Backup(guard.Namespace);
            """);

        [Fact]
        public Task Copied_and_neither_copy_disposed() => Verify.BodyAsync(
            """
            var guard = {|NSL2002:locks.AcquireShared(ns)|};
            var copy = guard;
            store.Backup(ns);
            """);

        [Fact]
        public Task Another_guard_is_disposed() => Verify.BodyAsync(
            """
            var guard = {|NSL2002:locks.AcquireShared(ns)|};
            using var guard2 = locks.AcquireShared(ns2);
            store.Backup(ns);
            """);

        [Fact]
        public Task Two_guards_never_disposed_are_two_mistakes() => Verify.BodyAsync(
            """
            var guard = {|NSL2002:locks.AcquireShared(ns)|};
            var guard2 = {|NSL2002:locks.AcquireShared(ns2)|};
            """);

        [Fact]
        public Task Lent_to_a_call() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Check(NamespaceLockGuard guard) => Console.WriteLine(guard.Mode);

                void M(BackupNamespace ns)
                {
                    var guard = {|NSL2002:locks.AcquireShared(ns)|};
                    Check(guard);
                }
            }
            """);

        [Fact]
        public Task Captured_by_a_lambda_that_only_reads_it() => Verify.BodyAsync(
            """
            var guard = {|NSL2002:locks.AcquireShared(ns)|};
            items.ForEach(item => Console.WriteLine(guard.Mode));
            """);

        [Fact]
        public Task Body_of_a_loop_declares_it_anew_in_each_round() => Verify.BodyAsync(
            """
            foreach (var item in items)
            {
                var guard = {|NSL2002:locks.AcquireShared(ns)|};
                store.Backup(ns);
            }
            """);

        [Fact]
        public Task Out_argument_never_disposed() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private bool TryLock(BackupNamespace ns, out NamespaceLockGuard? guard)
                {
                    guard = locks.TryAcquireShared(ns);
                    return guard is not null;
                }

                void M(Datastore store, BackupNamespace ns)
                {
                    if ({|NSL2002:TryLock(ns, out var guard)|})
                        store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Deconstructed_and_never_disposed() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var (guard, count) = {|NSL2002:Lock(ns)|};
                    Console.WriteLine(count);
                }
            }
            """);

        [Fact]
        public Task Tuple_kept_and_its_guard_never_disposed() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var result = {|NSL2002:Lock(ns)|};
                    Console.WriteLine(result.Count);
                }
            }
            """);

        [Fact]
        public Task Created_guard_without_a_namespace() => Verify.SourceAsync(
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
                    var snapshot = {|NSL2002:new Snapshot()|};
                    Console.WriteLine();
                }
            }
            """);

        [Fact]
        public Task Guard_of_an_unannotated_member() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

                void M(BackupNamespace ns)
                {
                    var guard = {|NSL2002:Lock(ns)|};
                    store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Parameter_that_takes_ownership_and_is_ignored() => Verify.SourceAsync(
            """
            class C
            {
                static void Release([TakesOwnership] NamespaceLockGuard {|NSL2002:guard|})
                {
                    Console.WriteLine(guard.Mode);
                }
            }
            """);

        [Fact]
        public Task Lambda_body() => Verify.BodyAsync(
            """
            Action later = () =>
            {
                var guard = {|NSL2002:locks.AcquireShared(ns)|};
                store.Backup(ns);
            };
            later();
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            Run();

            void Run()
            {
                var guard = {|NSL2002:locks.AcquireShared(ns)|};
                store.Backup(ns);
            }
            """);

        [Fact]
        public Task Iterator() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                IEnumerable<int> M(BackupNamespace ns)
                {
                    var guard = {|NSL2002:locks.AcquireShared(ns)|};
                    yield return store.Count(ns);
                }
            }
            """);

        [Fact]
        public Task Async_iterator() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                async IAsyncEnumerable<int> M(BackupNamespace ns)
                {
                    var guard = await {|NSL2002:locks.AcquireSharedAsync(ns)|};
                    yield return store.Count(ns);
                }
            }
            """);

        [Fact]
        public Task Constructor() => Verify.SourceAsync(
            """
            class C
            {
                C(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
                {
                    var guard = {|NSL2002:locks.AcquireShared(ns)|};
                    store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Property_getter() => Verify.SourceAsync(
            """
            record Job(NamespaceLockManager Locks, Datastore Store, BackupNamespace Namespace)
            {
                int Count
                {
                    get
                    {
                        var guard = {|NSL2002:Locks.AcquireShared(Namespace)|};
                        return Store.Count(Namespace);
                    }
                }
            }
            """);

        [Fact]
        public Task Generic_method() => Verify.SourceAsync(
            """
            class C
            {
                static T M<T>(NamespaceLockManager locks, BackupNamespace ns, Func<T> read)
                {
                    var guard = {|NSL2002:locks.AcquireShared(ns)|};
                    return read();
                }
            }
            """);

        [Fact]
        public Task Ref_struct() => Verify.SourceAsync(
            """
            ref struct Cursor(NamespaceLockManager locks, Datastore store)
            {
                void Open(BackupNamespace ns)
                {
                    var guard = {|NSL2002:locks.AcquireShared(ns)|};
                    store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            var guard = {|NSL2002:locks.AcquireShared(BackupNamespace.Root)|};
            new Datastore().Backup(BackupNamespace.Root);
            """);

        [Fact]
        public Task Member_that_returns_a_local_that_is_a_field_or_a_new_guard() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks, BackupNamespace ns, NamespaceLockGuard? guard)
            {
                private readonly NamespaceLockGuard? _guard = guard;

                private NamespaceLockGuard {|NSL4005:Current|}()
                {
                    var current = _guard;
                    current ??= locks.AcquireShared(ns);
                    return current;
                }

                public void Use()
                {
                    var current = {|NSL2002:Current()|};
                    Console.WriteLine(current.Mode);
                }
            }
            """);

        [Theory]
        [InlineData("var session = locks.AcquireShared(ns); return session;")]
        [InlineData("var session = locks.AcquireShared(ns); _names[ns] = session.Store; return session;")]
        [InlineData("if (_all.Remove(ns, out var old)) old.Dispose(); return locks.AcquireShared(ns);")]
        public Task Member_that_keeps_something_else_in_its_collection(string body) => Verify.SourceAsync(
            $$"""
            sealed class Sessions(NamespaceLockManager locks)
            {
                private readonly Dictionary<BackupNamespace, NamespaceLockGuard> _all = [];
                private readonly Dictionary<BackupNamespace, string> _names = [];

                private NamespaceLockGuard Get(BackupNamespace ns)
                {
                    {{body}}
                }

                void M(BackupNamespace ns)
                {
                    var session = {|NSL2002:Get(ns)|};
                    Console.WriteLine(session.Mode);
                }
            }
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
        [InlineData("await using var guard = await locks.AcquireSharedAsync(ns); await store.BackupAsync(ns);")]
        [InlineData("var guard = locks.AcquireShared(ns); using (guard) store.Backup(ns);")]
        [InlineData("var guard = locks.AcquireShared(ns); using var same = guard; store.Backup(ns);")]
        [InlineData("var guard = await locks.AcquireSharedAsync(ns); await using (guard) await store.BackupAsync(ns);")]
        [InlineData("var guard = await locks.AcquireSharedAsync(ns); await using (guard.ConfigureAwait(false)) await store.BackupAsync(ns);")]
        [InlineData("IDisposable guard = locks.AcquireShared(ns); using (guard) store.Backup(ns);")]
        public Task Using(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("guard.Dispose();")]
        [InlineData("await guard.DisposeAsync();")]
        [InlineData("await guard.DisposeAsync().ConfigureAwait(false);")]
        [InlineData("guard?.Dispose();")]
        [InlineData("if (guard != null) guard.Dispose();")]
        [InlineData("if (guard.IsHeld) guard.Dispose();")]
        public Task Disposed_in_finally(string release) => Verify.BodyAsync(
            $$"""
            var guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
            }
            finally
            {
                {{release}}
            }
            """);

        [Theory]
        [InlineData("guard?.Dispose();")]
        [InlineData("if (guard is not null) guard.Dispose();")]
        [InlineData("if (guard is { } held) held.Dispose();")]
        [InlineData("if (guard is not null) await guard.DisposeAsync();")]
        public Task Acquired_inside_the_try_and_disposed_in_finally(string release) => Verify.BodyAsync(
            $$"""
            NamespaceLockGuard? guard = null;
            try
            {
                guard = await locks.AcquireSharedAsync(ns);
                await store.BackupAsync(ns);
            }
            finally
            {
                {{release}}
            }
            """);

        [Fact]
        public Task Disposed_under_a_local_flag_in_finally() => Verify.BodyAsync(
            """
            var taken = false;
            NamespaceLockGuard? guard = null;
            try
            {
                guard = locks.AcquireShared(ns);
                taken = true;
                store.Backup(ns);
            }
            finally
            {
                if (taken)
                    guard!.Dispose();
            }
            """);

        [Theory]
        [InlineData("var guard = locks.TryAcquireShared(ns); if (guard is null) return; using (guard) store.Backup(ns);")]
        [InlineData("if (locks.TryAcquireShared(ns) is not { } guard) return; using (guard) store.Backup(ns);")]
        [InlineData("if (locks.TryAcquireShared(ns) is { } guard) using (guard) store.Backup(ns);")]
        [InlineData("using var guard = locks.TryAcquireShared(ns); if (guard != null) store.Backup(ns);")]
        public Task Try_result_tested_and_disposed(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Returned() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    return guard;
                }
            }
            """);

        [Fact]
        public Task Returned_in_a_tuple() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    return (guard, 1);
                }
            }
            """);

        [Fact]
        public Task Tuple_kept_and_its_guard_disposed() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var result = Lock(ns);
                    using (result.Guard)
                        store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Handed_out_by_an_out_parameter() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard)
                {
                    var taken = locks.AcquireShared(ns);
                    guard = taken;
                }
            }
            """);

        [Fact]
        public Task Passed_to_a_parameter_that_takes_ownership() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    Release(guard);
                }
            }
            """);

        [Theory]
        [InlineData("guard.Dispose();")]
        [InlineData("using (guard) Console.WriteLine();")]
        [InlineData("using var owned = guard; Console.WriteLine();")]
        [InlineData("_guard = guard;")]
        [InlineData("Pass(guard);")]
        public Task Parameter_that_takes_ownership_is_disposed_or_kept(string statement) => Verify.SourceAsync(
            $$"""
            sealed class Session : IDisposable
            {
                private NamespaceLockGuard? _guard;

                void Take([TakesOwnership] NamespaceLockGuard guard)
                {
                    {{statement}}
                }

                static void Pass([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                public void Dispose() => _guard?.Dispose();
            }
            """);

        [Fact]
        public Task Ordinary_parameter_is_the_caller_s_to_dispose() => Verify.SourceAsync(
            """
            class C
            {
                static void Check(NamespaceLockGuard guard) => Console.WriteLine(guard.Mode);
            }
            """);

        [Fact]
        public Task Stored_in_a_field_that_the_type_disposes() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    _guard = guard;
                }

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Owned_by_an_object_that_disposes_it() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                public void Dispose() => _guard.Dispose();
            }

            class C(NamespaceLockManager locks, Datastore store)
            {
                void M(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    using var session = new Session(guard);
                    store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Disposed_by_a_lambda_that_captures_it() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            token.Register(() => guard.Dispose());
            """);

        [Fact]
        public Task Disposed_by_a_local_function_in_finally() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
            }
            finally
            {
                Release();
            }

            void Release() => guard.Dispose();
            """);

        [Fact]
        public Task Collected_and_disposed_in_a_loop_on_every_path() => Verify.BodyAsync(
            """
            var guards = new List<NamespaceLockGuard>();
            try
            {
                var guard = locks.AcquireShared(ns);
                guards.Add(guard);
                store.Backup(ns);
            }
            finally
            {
                foreach (var guard in guards)
                    guard.Dispose();
            }
            """);

        [Fact]
        public Task Disposed_on_failure_and_on_success() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
            }
            catch
            {
                guard.Dispose();
                throw;
            }
            guard.Dispose();
            """);

        [Fact]
        public Task Chosen_by_a_conditional() => Verify.BodyAsync(
            """
            using var guard = flag ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task Chosen_by_a_switch_expression() => Verify.BodyAsync(
            """
            var guard = items.Count switch
            {
                0 => locks.AcquireShared(ns),
                _ => locks.AcquireExclusive(ns),
            };
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Loop_variable_over_guards_of_others() => Verify.SourceAsync(
            """
            class C
            {
                void M(IReadOnlyList<NamespaceLockGuard> guards)
                {
                    foreach (var guard in guards)
                        Console.WriteLine(guard.Mode);
                }
            }
            """);

        [Fact]
        public Task Element_of_a_collection_of_others() => Verify.SourceAsync(
            """
            class C
            {
                void M(IReadOnlyList<NamespaceLockGuard> guards)
                {
                    var first = guards[0];
                    Console.WriteLine(first.Mode);
                }
            }
            """);

        [Fact]
        public Task Member_that_returns_a_local_that_is_a_copy_of_a_field_only_lends() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private NamespaceLockGuard? Guard { get; } = guard;

                private NamespaceLockGuard? Checked()
                {
                    var current = Guard;
                    if (current is null)
                        return null;
                    if (!current.IsHeld)
                        throw new InvalidOperationException();
                    return current;
                }

                public void Use()
                {
                    var current = Checked();
                    Console.WriteLine(current?.Mode);
                }

                public void Dispose() => Guard?.Dispose();
            }
            """);

        [Theory]
        [InlineData("NamespaceLockGuard session; _all[ns] = session = locks.AcquireShared(ns); return session;")]
        [InlineData("var session = locks.AcquireShared(ns); _all[ns] = session; return session;")]
        [InlineData("var session = locks.AcquireShared(ns); this._all.TryAdd(ns, session); return session;")]
        [InlineData("if (!_all.TryGetValue(ns, out var session)) { session = locks.AcquireShared(ns); _all.TryAdd(ns, session); } return session;")]
        [InlineData("if (_all.TryGetValue(ns, out var found)) return found; return _all[ns] = locks.AcquireShared(ns);")]
        [InlineData("if (_all.TryGetValue(ns, out NamespaceLockGuard? found)) return found; var session = locks.AcquireShared(ns); _all[ns] = session; return session;")]
        [InlineData("NamespaceLockGuard? session; if (_all.TryGetValue(ns, out session)) return session; session = _all[ns] = locks.AcquireShared(ns); return session;")]
        [InlineData("return _all.GetOrAdd(ns, key => locks.AcquireShared(key));")]
        [InlineData("var session = _all.GetOrAdd(ns, key => locks.AcquireShared(key)); return session;")]
        [InlineData("return _all.Values.First(session => session.IsHeld);")]
        [InlineData("foreach (var session in _all.Values) { if (session.IsHeld) return session; } throw new InvalidOperationException();")]
        public Task Member_that_keeps_what_it_returns_in_its_collection_only_lends(string body) => Verify.SourceAsync(
            $$"""
            sealed class Sessions(NamespaceLockManager locks) : IDisposable
            {
                private readonly System.Collections.Concurrent.ConcurrentDictionary<BackupNamespace, NamespaceLockGuard> _all = new();

                private NamespaceLockGuard Get(BackupNamespace ns)
                {
                    {{body}}
                }

                void M(BackupNamespace ns)
                {
                    var session = Get(ns);
                    Console.WriteLine(session.Mode);
                }

                public void Dispose()
                {
                    foreach (var session in _all.Values)
                        session.Dispose();
                }
            }
            """);

        [Fact]
        public Task Derived_guard_type_that_is_given_a_guard() => Verify.SourceAsync(
            """
            class Wrapper(IDisposable inner) : IDisposable
            {
                public IDisposable Inner { get; } = inner;

                public void Dispose() { }
            }

            sealed class Derived : Wrapper
            {
                public Derived(NamespaceLockGuard guard) : base(inner: guard) { }
            }

            class C
            {
                Derived M(NamespaceLockManager locks, BackupNamespace ns) => new Derived(locks.AcquireShared(ns)) { };
            }
            """,
            "T:Wrapper;LockGuard");

        [Fact]
        public Task Member_that_returns_a_field_only_lends() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                public NamespaceLockGuard Current() => _guard;

                public NamespaceLockGuard Guard => _guard;

                public void Dispose() => _guard.Dispose();
            }

            class C
            {
                void M(Session session)
                {
                    var guard = session.Current();
                    var same = session.Guard;
                    Console.WriteLine(guard.Mode == same.Mode);
                }
            }
            """);

        [Fact]
        public Task Iterator_with_a_using_declaration() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                IEnumerable<int> M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    yield return store.Count(ns);
                    yield return store.Count(ns);
                }
            }
            """);

        [Fact]
        public Task Async_iterator_with_try_and_finally() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                async IAsyncEnumerable<int> M(BackupNamespace ns)
                {
                    var guard = await locks.AcquireSharedAsync(ns);
                    try
                    {
                        yield return store.Count(ns);
                    }
                    finally
                    {
                        await guard.DisposeAsync();
                    }
                }
            }
            """);

        [Fact]
        public Task Generic_owner() => Verify.SourceAsync(
            """
            [LockGuard]
            interface IGuard : IDisposable;

            sealed class Owner<TGuard>([TakesOwnership] TGuard guard) : IDisposable where TGuard : IGuard
            {
                private readonly TGuard _guard = guard;

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Unreachable_acquisition() => Verify.BodyAsync(
            """
            return;
            var guard = locks.AcquireShared(ns);
            """);

        [Fact]
        public Task Task_kept_in_a_variable_and_awaited_into_a_using() => Verify.BodyAsync(
            """
            var pending = locks.AcquireSharedAsync(ns).AsTask();
            await using var guard = await pending.ConfigureAwait(false);
            await store.BackupAsync(ns);
            """);

        [Fact]
        public Task Release_handed_on_as_a_delegate() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            Action release = guard.Dispose;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => release();
            """);
    }
}
