namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>A guard that was only lent is disposed.</summary>
public static class NSL2006Tests
{
    private const string Vault =
        """
        class Vault(NamespaceLockManager locks) : IDisposable
        {
            private readonly NamespaceLockGuard _kept = locks.AcquireShared(BackupNamespace.Root);

            internal NamespaceLockGuard Kept => _kept;

            internal NamespaceLockGuard Made => locks.AcquireExclusive(BackupNamespace.Root);

            internal void Lend(out NamespaceLockGuard guard) => guard = _kept;

            internal bool TryLend(out NamespaceLockGuard guard)
            {
                guard = _kept;
                return true;
            }

            public void Dispose() => _kept.Dispose();
        }
        """;

    public class Flagged
    {
        [Theory]
        [InlineData("{|NSL2006:guard.Dispose()|};")]
        [InlineData("await {|NSL2006:guard.DisposeAsync()|};")]
        [InlineData("if (flag) {|NSL2006:guard.Dispose()|};")]
        [InlineData("if (guard.IsHeld) {|NSL2006:guard.Dispose()|};")]
        [InlineData("try { Console.WriteLine(); } finally { {|NSL2006:guard.Dispose()|}; }")]
        [InlineData("try { Console.WriteLine(); } catch { {|NSL2006:guard.Dispose()|}; throw; }")]
        [InlineData("var same = guard; {|NSL2006:same.Dispose()|};")]
        public Task Ordinary_parameter(string statements) => Verify.SourceAsync(
            $$"""
            class C
            {
                async Task M(NamespaceLockGuard guard, bool flag)
                {
                    await Task.Yield();
                    {{statements}}
                }
            }
            """);

        [Fact]
        public Task Expression_body() => Verify.SourceAsync(
            """
            static class Guards
            {
                public static void Release(NamespaceLockGuard guard) => {|NSL2006:guard.Dispose()|};
            }
            """);

        [Fact]
        public Task Receiver_of_an_extension_method() => Verify.SourceAsync(
            """
            static class Guards
            {
                public static void Release(this NamespaceLockGuard guard) => {|NSL2006:guard.Dispose()|};
            }
            """);

        [Fact]
        public Task Nullable_parameter_after_a_test() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockGuard? guard)
                {
                    if (guard is null)
                        return;
                    {|NSL2006:guard.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task Parameter_with_a_requirement() => Verify.SourceAsync(
            """
            class C
            {
                void M(BackupNamespace ns, [RequiresLock(LockMode.Shared, nameof(ns))] NamespaceLockGuard guard)
                {
                    {|NSL2006:guard.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task Parameter_of_a_constructor() => Verify.SourceAsync(
            """
            class C
            {
                C(NamespaceLockGuard guard)
                {
                    {|NSL2006:guard.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task Parameter_of_an_indexer() => Verify.SourceAsync(
            """
            class C
            {
                int this[NamespaceLockGuard guard]
                {
                    get
                    {
                        {|NSL2006:guard.Dispose()|};
                        return 0;
                    }
                }
            }
            """);

        [Fact]
        public Task Parameter_of_a_local_function() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            Release(guard);

            static void Release(NamespaceLockGuard lent) => {|NSL2006:lent.Dispose()|};
            """);

        [Fact]
        public Task Parameter_captured_by_a_local_function() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockGuard guard)
                {
                    Release();

                    void Release() => {|NSL2006:guard.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task Parameter_captured_by_a_lambda() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockGuard guard, CancellationToken token)
                {
                    token.Register(() => {|NSL2006:guard.Dispose()|});
                }
            }
            """);

        [Fact]
        public Task Parameter_of_a_guard_type_without_a_namespace() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                void M(Snapshot snapshot) => {|NSL2006:snapshot.Dispose()|};
            }
            """);

        [Fact]
        public Task Parameter_of_an_override_whose_base_only_lends() => Verify.SourceAsync(
            """
            abstract class Base
            {
                public abstract void Use(NamespaceLockGuard guard);
            }

            class Derived : Base
            {
                public override void Use(NamespaceLockGuard guard) => {|NSL2006:guard.Dispose()|};
            }
            """);

        [Fact]
        public Task Parameter_in_an_iterator() => Verify.SourceAsync(
            """
            class C
            {
                IEnumerable<int> M(NamespaceLockGuard guard)
                {
                    yield return 1;
                    {|NSL2006:guard.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task Field_of_another_object() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                public readonly NamespaceLockGuard Guard = guard;

                public void Dispose() => Guard.Dispose();
            }

            class C
            {
                void M(Session session) => {|NSL2006:session.Guard.Dispose()|};
            }
            """);

        [Fact]
        public Task Property_of_another_object() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                public NamespaceLockGuard Guard { get; } = guard;

                public void Dispose() => Guard.Dispose();
            }

            class C
            {
                async Task M(Session session) => await {|NSL2006:session.Guard.DisposeAsync()|};
            }
            """);

        [Fact]
        public Task Copy_of_a_field_of_another_object() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                public NamespaceLockGuard Guard { get; } = guard;

                public void Dispose() => Guard.Dispose();
            }

            class C
            {
                void M(Session session)
                {
                    var guard = session.Guard;
                    {|NSL2006:guard.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task Guard_lent_by_a_member_that_returns_a_field() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                public NamespaceLockGuard Current() => _guard;

                public void Dispose() => _guard.Dispose();
            }

            class C
            {
                void M(Session session)
                {
                    var guard = session.Current();
                    {|NSL2006:guard.Dispose()|};
                }
            }
            """);

        [Theory]
        [InlineData("vault.Lend(out var lent); {|NSL2006:lent.Dispose()|};")]
        [InlineData("NamespaceLockGuard lent; vault.Lend(out lent); {|NSL2006:lent.Dispose()|};")]
        [InlineData("if (vault.TryLend(out var lent)) {|NSL2006:lent.Dispose()|};")]
        [InlineData("for (var i = 0; i < 2; i++) { vault.Lend(out var lent); {|NSL2006:lent.Dispose()|}; }")]
        public Task Guard_lent_by_out(string statements) => Verify.SourceAsync(
            $$"""
            {{Vault}}

            class C
            {
                void M(Vault vault)
                {
                    {{statements}}
                }
            }
            """);

        [Fact]
        public Task Guard_lent_by_a_member_that_keeps_it_in_a_collection() => Verify.SourceAsync(
            """
            sealed class Sessions(NamespaceLockManager locks) : IDisposable
            {
                private readonly Dictionary<BackupNamespace, NamespaceLockGuard> _all = [];

                public NamespaceLockGuard Get(BackupNamespace ns)
                {
                    if (!_all.TryGetValue(ns, out var session))
                        _all[ns] = session = locks.AcquireShared(ns);
                    return session;
                }

                public void Dispose()
                {
                    foreach (var session in _all.Values)
                        session.Dispose();
                }
            }

            class C
            {
                void M(Sessions sessions, BackupNamespace ns)
                {
                    var session = sessions.Get(ns);
                    {|NSL2006:session.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task Two_releases_are_two_mistakes() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockGuard first, NamespaceLockGuard second)
                {
                    {|NSL2006:first.Dispose()|};
                    {|NSL2006:second.Dispose()|};
                }
            }
            """);

        [Fact]
        public Task A_property_that_only_lends() => Verify.SourceAsync(
            $$"""
            {{Vault}}

            class C
            {
                void M(Vault vault) => {|NSL2006:vault.Kept.Dispose()|};
            }
            """);

        [Theory]
        [InlineData("NamespaceLockGuard Guard => _session.Guard;", "{|NSL2006:Guard.Dispose()|}")]
        [InlineData("NamespaceLockGuard Guard { get { return this._session.Guard; } }", "{|NSL2006:Guard.Dispose()|}")]
        [InlineData("NamespaceLockGuard Guard => session.Guard;", "{|NSL2006:Guard.Dispose()|}")]
        [InlineData("NamespaceLockGuard Guard => _session.Outer!.Guard;", "{|NSL2006:this.Guard.Dispose()|}")]
        [InlineData("NamespaceLockGuard? Guard => _session.Outer?.Guard;", "Guard?{|NSL2006:.Dispose()|}")]
        public Task Own_property_that_lends_what_another_object_keeps(string property, string statement) => HolderAsync($"{property} void M() {{ {statement}; }}");
    }

    private static Task HolderAsync(string members) => Verify.SourceAsync(
        $$"""
        sealed class Session(NamespaceLockGuard guard)
        {
            public NamespaceLockGuard Guard { get; } = guard;

            public Session? Outer { get; }
        }

        class C(NamespaceLockManager locks, BackupNamespace ns, Session session) : IDisposable
        {
            private readonly Session _session = session;
            private readonly (NamespaceLockGuard Guard, int Count) _pair = (locks.AcquireShared(ns), 1);
            private readonly Lazy<NamespaceLockGuard> _late = new(() => locks.AcquireShared(ns));

            public void Dispose()
            {
                _pair.Guard.Dispose();
                _late.Value.Dispose();
            }

            {{members}}
        }
        """);

    public class Clean
    {
        [Theory]
        [InlineData("guard.Dispose();")]
        [InlineData("await guard.DisposeAsync();")]
        [InlineData("using (guard) Console.WriteLine();")]
        [InlineData("await using var owned = guard; Console.WriteLine();")]
        [InlineData("try { Console.WriteLine(); } finally { guard.Dispose(); }")]
        public Task Parameter_that_takes_ownership(string statements) => Verify.SourceAsync(
            $$"""
            class C
            {
                static async Task M([TakesOwnership] NamespaceLockGuard guard)
                {
                    {{statements}}
                    await Task.CompletedTask;
                }
            }
            """);

        [Fact]
        public Task Ordinary_parameter_that_is_only_used() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockGuard guard, Datastore store, BackupNamespace ns)
                {
                    guard.ThrowIfNotShared(ns);
                    store.Backup(ns);
                }
            }
            """);

        [Theory]
        [InlineData("var guard = locks.AcquireShared(ns); guard.Dispose();")]
        [InlineData("locks.AcquireShared(ns).Dispose();")]
        [InlineData("locks.TryAcquireShared(ns)?.Dispose();")]
        [InlineData("using var guard = locks.AcquireShared(ns); guard.Dispose();")]
        [InlineData("var guard = locks.AcquireShared(ns); var same = guard; same.Dispose();")]
        public Task Guard_acquired_here(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Parameter_that_was_overwritten_with_an_acquisition() => Verify.SourceAsync(
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
        public Task Own_field() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Own_property() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                public NamespaceLockGuard Guard { get; } = guard;

                public void Dispose() => this.Guard.Dispose();
            }
            """);

        [Theory]
        [InlineData("NamespaceLockGuard Guard => _pair.Guard;")]
        [InlineData("NamespaceLockGuard Guard => _late.Value;")]
        [InlineData("protected virtual NamespaceLockGuard Guard => _session.Guard;")]
        public Task Own_property_that_answers_with_an_own_guard(string property) => HolderAsync($"{property} void M() => Guard.Dispose();");

        [Fact]
        public Task Own_property_by_another_one() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                public Session(NamespaceLockManager locks, BackupNamespace ns) => Guard = locks.AcquireShared(ns);

                public NamespaceLockGuard Guard { get; }

                private NamespaceLockGuard Same => Guard;

                public void Dispose() => Same.Dispose();
            }
            """);

        [Fact]
        public Task Own_primary_constructor_parameter() => Verify.SourceAsync(
            """
            sealed class Session([TakesOwnership] NamespaceLockGuard guard) : IDisposable
            {
                public void Dispose() => guard.Dispose();
            }
            """);

        [Fact]
        public Task Own_field_by_a_copy() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private NamespaceLockGuard? _guard = guard;

                public void Dispose()
                {
                    var held = _guard;
                    _guard = null;
                    held?.Dispose();
                }
            }
            """);

        [Fact]
        public Task Own_field_exchanged() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private NamespaceLockGuard? _guard = guard;

                public void Dispose() => Interlocked.Exchange(ref _guard, null)?.Dispose();
            }
            """);

        [Fact]
        public Task Field_of_the_base() => Verify.SourceAsync(
            """
            abstract class Base(NamespaceLockGuard guard)
            {
                protected readonly NamespaceLockGuard Guard = guard;
            }

            sealed class Session(NamespaceLockGuard guard) : Base(guard), IDisposable
            {
                public void Dispose() => Guard.Dispose();
            }
            """);

        [Fact]
        public Task Own_static_field() => Verify.SourceAsync(
            """
            static class Session
            {
                private static NamespaceLockGuard? s_guard;

                public static void Enter(NamespaceLockManager locks, BackupNamespace ns) => s_guard = locks.AcquireShared(ns);

                public static void Leave() => s_guard?.Dispose();
            }
            """);

        [Fact]
        public Task Items_of_an_own_collection() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private readonly List<NamespaceLockGuard> _guards = [];

                public void Enter(BackupNamespace ns) => _guards.Add(locks.AcquireShared(ns));

                public void Dispose()
                {
                    foreach (var guard in _guards)
                        guard.Dispose();
                    _guards.Clear();
                }
            }
            """);

        [Fact]
        public Task Items_of_a_local_collection() => Verify.BodyAsync(
            """
            var guards = new List<NamespaceLockGuard>();
            try
            {
                guards.Add(locks.AcquireShared(ns));
            }
            finally
            {
                guards.ForEach(guard => guard.Dispose());
            }
            """);

        [Fact]
        public Task Override_inherits_the_ownership_of_what_it_overrides() => Verify.SourceAsync(
            """
            abstract class Base
            {
                public abstract void Take([TakesOwnership] NamespaceLockGuard guard);
            }

            class Derived : Base
            {
                public override void Take(NamespaceLockGuard guard) => guard.Dispose();
            }
            """);

        [Fact]
        public Task Implementation_inherits_the_ownership_of_the_interface() => Verify.SourceAsync(
            """
            interface ITaker
            {
                void Take([TakesOwnership] NamespaceLockGuard guard);
            }

            class Taker : ITaker
            {
                public void Take(NamespaceLockGuard guard) => guard.Dispose();
            }
            """);

        [Fact]
        public Task Guard_handed_out_by_an_out_argument() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);

                void M(BackupNamespace ns)
                {
                    Lock(ns, out var guard);
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Guard_handed_out_by_an_unannotated_member() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

                void M(BackupNamespace ns) => Lock(ns).Dispose();
            }
            """);

        [Fact]
        public Task Captured_local_disposed_by_a_lambda() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            token.Register(() => guard.Dispose());
            """);

        [Fact]
        public Task Guard_type_disposes_itself() => Verify.SourceAsync(
            """
            [LockGuard]
            class Ticket : IDisposable
            {
                public void Close() => this.Dispose();

                public void Dispose() => Dispose(true);

                protected virtual void Dispose(bool disposing) { }
            }

            sealed class NamedTicket : Ticket
            {
                protected override void Dispose(bool disposing) => base.Dispose(disposing);
            }
            """);

        [Fact]
        public Task Parameter_that_is_no_guard() => Verify.SourceAsync(
            """
            class C
            {
                void M(System.IO.Stream stream) => stream.Dispose();
            }
            """);

        [Fact]
        public Task Type_parameter_that_takes_ownership() => Verify.SourceAsync(
            """
            [LockGuard]
            interface IGuard : IDisposable;

            class C
            {
                static void Release<TGuard>([TakesOwnership] TGuard guard) where TGuard : IGuard => guard.Dispose();
            }
            """);

        [Fact]
        public Task Awaited_guard_of_a_task_variable() => Verify.BodyAsync(
            """
            var pending = locks.AcquireSharedAsync(ns);
            var guard = await pending;
            await guard.DisposeAsync();
            """);

        [Fact]
        public Task What_a_property_makes_is_whose_reads_it() => Verify.SourceAsync(
            $$"""
            {{Vault}}

            class C
            {
                void M(Vault vault, Datastore store)
                {
                    using var made = vault.Made;
                    store.Delete(BackupNamespace.Root);
                }

                void N(Vault vault)
                {
                    var made = {|NSL2002:vault.Made|};
                }

                void Borrow(Vault vault)
                {
                    var kept = vault.Kept;
                    vault.Lend(out var lent);
                    vault.TryLend(out var tried);
                }
            }
            """);

        [Theory]
        [InlineData("vault.Lend(out var lent); lent = locks.AcquireShared(ns); lent.Dispose();")]
        [InlineData("vault.Lend(out var lent); var mine = locks.AcquireShared(ns); mine.Dispose();")]
        [InlineData("var guard = locks.AcquireShared(ns); guard.Dispose(); vault.Lend(out guard);")]
        [InlineData("vault.Lend(out _);")]
        [InlineData("vault.TryLend(out var lent); if (lent is null) {|NSL1001:store.Backup(ns)|};")]
        public Task A_guard_lent_by_out_stays_open(string statements) => Cases.BodyAsync(Vault, "var vault = new Vault(locks);\n" + statements);
    }
}
