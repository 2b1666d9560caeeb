namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>The ways in which a guard comes out of what acquires it.</summary>
public class HandedOutTests
{
    [Theory]
    [InlineData("var (guard, count) = opener.Open(ns); using (guard) store.Backup(ns);")]
    [InlineData("(NamespaceLockGuard guard, _) = opener.Open(ns); using (guard) store.Backup(ns);")]
    [InlineData("var opened = opener.Open(ns); using (opened.Guard) store.Backup(ns);")]
    [InlineData("var opened = opener.Open(ns); using (opened.Item1) store.Backup(ns);")]
    [InlineData("using var guard = opener.Open(ns).Guard; store.Backup(ns);")]
    [InlineData("var (guard, count) = await opener.OpenAsync(ns); using (guard) store.Backup(ns);")]
    [InlineData("var opened = await opener.OpenAsync(ns); using var guard = opened.Guard; store.Backup(ns);")]
    public Task An_element_of_a_tuple(string body) => Cases.BodyAsync(
        Cases.Opener,
        $$"""
        var opener = new Opener(locks);
        {{body}}
        """);

    [Fact]
    public Task An_element_of_a_tuple_after_its_release() => Cases.BodyAsync(
        Cases.Opener,
        """
        var opener = new Opener(locks);
        var (guard, count) = opener.Open(ns);
        using (guard)
            store.Backup(ns);
        {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task An_element_of_a_tuple_holds_no_more_than_was_said() => Cases.BodyAsync(
        Cases.Opener,
        """
        var opener = new Opener(locks);
        var (guard, count) = opener.Open(ns);
        using (guard)
            {|NSL1002:store.Delete(ns)|};
        """);

    [Theory]
    [InlineData("opener.Open(ns, out var guard); using (guard) store.Backup(ns);")]
    [InlineData("opener.Open(ns, out NamespaceLockGuard guard); using (guard) store.Backup(ns);")]
    [InlineData("NamespaceLockGuard guard; opener.Open(ns, out guard); using (guard) store.Backup(ns);")]
    [InlineData("if (opener.TryOpen(ns, out var guard)) { using (guard) store.Backup(ns); }")]
    [InlineData("if (!opener.TryOpen(ns, out var guard)) return; using (guard) store.Backup(ns);")]
    [InlineData("var opened = opener.TryOpen(ns, out var guard); using (guard) { if (opened) store.Backup(ns); }")]
    [InlineData("opener.TryOpen(ns, out var guard); using (guard) { if (guard is not null) store.Backup(ns); }")]
    public Task An_out_argument(string body) => Cases.BodyAsync(
        Cases.Opener,
        $$"""
        var opener = new Opener(locks);
        {{body}}
        """);

    [Theory]
    [InlineData("opener.TryOpen(ns, out var guard); using (guard) {|NSL1005:store.Backup(ns)|};")]
    [InlineData("if (!opener.TryOpen(ns, out var guard)) {|NSL1005:store.Backup(ns)|}; else guard.Dispose();")]
    [InlineData("if (opener.TryOpen(ns, out var guard)) { using (guard) {|NSL1002:store.Delete(ns)|}; }")]
    [InlineData("opener.Open(ns, out var guard); using (guard) {|NSL1003:store.Backup(ns2)|};")]
    public Task An_out_argument_that_does_not_do(string body) => Cases.BodyAsync(
        Cases.Opener,
        $$"""
        var opener = new Opener(locks);
        {{body}}
        """);

    [Theory]
    [InlineData("using var guard = await locks.AcquireSharedAsync(ns).AsTask();")]
    [InlineData("using var guard = locks.AcquireSharedAsync(ns).AsTask().Result;")]
    [InlineData("using var guard = locks.AcquireSharedAsync(ns).Result;")]
    [InlineData("using var guard = locks.AcquireSharedAsync(ns).GetAwaiter().GetResult();")]
    [InlineData("using var guard = locks.AcquireSharedAsync(ns).AsTask().GetAwaiter().GetResult();")]
    [InlineData("using var guard = await locks.AcquireSharedAsync(ns).AsTask().ConfigureAwait(false);")]
    [InlineData("var asking = locks.AcquireSharedAsync(ns); using var guard = await asking;")]
    [InlineData("var asking = locks.AcquireSharedAsync(ns).AsTask(); using var guard = await asking;")]
    [InlineData("var asking = locks.AcquireSharedAsync(ns).ConfigureAwait(false); using var guard = await asking;")]
    public Task A_guard_out_of_a_task(string acquire) => Verify.BodyAsync(acquire + " store.Backup(ns);");

    [Theory]
    [InlineData("var asking = locks.TryAcquireSharedAsync(ns); using var guard = await asking; {|NSL1005:store.Backup(ns)|};")]
    [InlineData("var asking = locks.AcquireSharedAsync(ns); using (await asking) { } {|NSL1004:store.Backup(ns)|};")]
    [InlineData("var asking = locks.AcquireSharedAsync(ns); using var guard = await asking; {|NSL1002:store.Delete(ns)|};")]
    public Task A_guard_out_of_a_task_that_does_not_do(string body) => Verify.BodyAsync(body);

    [Theory]
    [InlineData("flag ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns)")]
    [InlineData("flag ? await locks.AcquireSharedAsync(ns) : locks.AcquireShared(ns)")]
    [InlineData("locks.TryAcquireShared(ns) ?? locks.AcquireShared(ns)")]
    [InlineData("locks.TryAcquireExclusive(ns) ?? throw new TimeoutException()")]
    [InlineData("items.Count switch { 0 => locks.AcquireShared(ns), _ => locks.AcquireExclusive(ns) }")]
    [InlineData("items.Count switch { 0 => throw new InvalidOperationException(), _ => locks.AcquireShared(ns) }")]
    [InlineData("(NamespaceLockGuard)locks.AcquireShared(ns)")]
    [InlineData("(locks.AcquireShared(ns))")]
    public Task An_expression_each_of_whose_ways_acquires(string expression) => Verify.BodyAsync(
        $$"""
        using var guard = {{expression}};
        store.Backup(ns);
        """);

    [Theory]
    [InlineData("flag ? locks.AcquireShared(ns) : null")]
    [InlineData("flag ? null : locks.AcquireShared(ns)")]
    [InlineData("flag ? locks.AcquireShared(ns) : locks.TryAcquireShared(ns)")]
    [InlineData("locks.TryAcquireShared(ns) ?? locks.TryAcquireShared(ns)")]
    [InlineData("items.Count switch { 0 => locks.AcquireShared(ns), _ => null }")]
    [InlineData("flag ? locks.AcquireShared(ns) : default(NamespaceLockGuard)")]
    public Task An_expression_one_of_whose_ways_does_not(string expression) => Verify.BodyAsync(
        $$"""
        using var guard = {{expression}};
        {|NSL1005:store.Backup(ns)|};
        """);

    [Theory]
    [InlineData("NamespaceLockGuard Open(BackupNamespace n) => _locks.AcquireShared(n);")]
    [InlineData("NamespaceLockGuard Open(BackupNamespace n) { return _locks.AcquireShared(n); }")]
    [InlineData("NamespaceLockGuard Open(BackupNamespace n) { var opened = _locks.AcquireShared(n); return opened; }")]
    [InlineData("NamespaceLockGuard Open(BackupNamespace n) => Inner(n); NamespaceLockGuard Inner(BackupNamespace n) => _locks.AcquireShared(n);")]
    public Task A_member_that_only_passes_an_acquisition_on(string member) => Cases.MembersAsync(
        $$"""
        {{member}}

        void M(BackupNamespace ns)
        {
            using (Open(ns))
            {
                _store.Backup(ns);
                {|NSL1002:_store.Delete(ns)|};
            }
            {|NSL1004:_store.Backup(ns)|};
        }
        """);

    [Theory]
    [InlineData("ValueTask<NamespaceLockGuard> OpenAsync(BackupNamespace n) => _locks.AcquireSharedAsync(n);")]
    [InlineData("async Task<NamespaceLockGuard> OpenAsync(BackupNamespace n) => await _locks.AcquireSharedAsync(n);")]
    [InlineData("Task<NamespaceLockGuard> OpenAsync(BackupNamespace n) => _locks.AcquireSharedAsync(n).AsTask();")]
    [InlineData("Task<NamespaceLockGuard> OpenAsync(BackupNamespace n) => Task.FromResult(_locks.AcquireShared(n));")]
    [InlineData("ValueTask<NamespaceLockGuard> OpenAsync(BackupNamespace n) => new ValueTask<NamespaceLockGuard>(_locks.AcquireShared(n));")]
    public Task A_member_that_only_passes_a_task_on(string member) => Cases.MembersAsync(
        $$"""
        {{member}}

        async Task M(BackupNamespace ns)
        {
            using var guard = await OpenAsync(ns);
            await _store.BackupAsync(ns);
        }
        """);

    [Fact]
    public Task A_member_that_passes_a_Try_on_needs_a_test_as_well() => Cases.MembersAsync(
        """
        NamespaceLockGuard? Open(BackupNamespace n) => _locks.TryAcquireShared(n);

        void M(BackupNamespace ns)
        {
            using var guard = Open(ns);
            {|NSL1005:_store.Backup(ns)|};
            if (guard is not null)
                _store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_member_that_passes_on_an_acquisition_for_a_child() => Cases.MembersAsync(
        """
        NamespaceLockGuard Open(BackupNamespace n) => _locks.AcquireExclusive(n.Child("data"));

        void M(BackupNamespace ns)
        {
            using var guard = Open(ns);
            _store.Delete(ns.Child("data"));
            _store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_local_function_that_only_passes_an_acquisition_on() => Verify.BodyAsync(
        """
        using var guard = Open(ns);
        store.Backup(ns);

        NamespaceLockGuard Open(BackupNamespace n) => locks.AcquireShared(n);
        """);

    [Fact]
    public Task An_annotated_member_of_one_s_own() => Cases.BodyAsync(
        Cases.Store,
        """
        var own = new Store(locks);
        using (own.LockExclusive(ns))
            own.Write(ns);
        {|NSL1004:own.Write(ns)|};
        """);

    [Fact]
    public Task An_override_inherits_what_its_base_acquires() => Cases.MembersAsync(
        """
        void M(Derived opener, BackupNamespace ns)
        {
            using var guard = opener.Open(ns);
            _store.Delete(ns);
        }
        """,
        """
        abstract class Base
        {
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public abstract NamespaceLockGuard Open(BackupNamespace ns);
        }

        sealed class Derived(NamespaceLockManager locks) : Base
        {
            public override NamespaceLockGuard Open(BackupNamespace ns) => locks.AcquireExclusive(ns);
        }
        """);

    [Fact]
    public Task A_guard_assigned_within_an_expression() => Verify.BodyAsync(
        """
        NamespaceLockGuard guard;
        using (guard = locks.AcquireShared(ns))
            store.Backup(ns);
        """);

    [Fact]
    public Task Both_namespaces_of_one_acquisition() => Verify.BodyAsync(
        """
        using (await locks.AcquireExclusiveAsync(ns, ns2))
        {
            store.Move(ns, ns2);
            store.Delete(ns2.Child("a"));
        }
        {|NSL1004:store.Delete(ns2)|};
        """);

    [Theory]
    [InlineData("", "var session = _all[ns] = locks.AcquireShared(ns); return session;", "store.Backup(ns);")]
    [InlineData("", "var session = locks.AcquireExclusive(ns); _all[ns] = session; return session;", "store.Delete(ns);")]
    [InlineData("", "if (!_all.TryGetValue(ns, out var session)) _all[ns] = session = locks.AcquireShared(ns); return session;", "store.Backup(session.Namespace); {|NSL1003:store.Backup(ns)|};")]
    [InlineData("[return: InNamespace(nameof(ns))]", "if (!_all.TryGetValue(ns, out var session)) _all[ns] = session = locks.AcquireShared(ns); return session;", "store.Backup(ns);")]
    [InlineData("", "return _all[ns];", "{|NSL1001:store.Backup(ns)|};")]
    public Task A_member_that_keeps_the_guard_that_it_hands_out(string says, string body, string use) => Verify.SourceAsync(
        $$"""
        sealed class Sessions(NamespaceLockManager locks) : IDisposable
        {
            private readonly Dictionary<BackupNamespace, NamespaceLockGuard> _all = [];

            {{says}}
            internal NamespaceLockGuard Get(BackupNamespace ns)
            {
                {{body}}
            }

            public void Dispose()
            {
                foreach (var session in _all.Values)
                    session.Dispose();
            }
        }

        class C
        {
            void M(Sessions sessions, Datastore store, BackupNamespace ns)
            {
                var session = sessions.Get(ns);
                {{use}}
            }
        }
        """);

    [Theory]
    [InlineData("using var guard = store.LockExclusive(NewName()); store.Write(guard.Namespace);")]
    [InlineData("var guard = store.LockExclusive(NewName()); using (guard) store.Write(guard.Namespace.Child(\"a\"));")]
    [InlineData("using var guard = store.TryLock(NewName()); if (guard is not null) store.Read(guard.Namespace);")]
    [InlineData("using var guard = store.Lock(NewName()); {|NSL1002:store.Write(guard.Namespace)|};")]
    [InlineData("using var guard = store.Lock(NewName()); {|NSL1003:store.Read(NewName())|};")]
    [InlineData("using var guard = store.Lock(NewName()); using var other = store.Lock(NewName()); store.Read(other.Namespace); {|NSL1002:store.Write(guard.Namespace)|};")]
    public Task A_guard_on_a_namespace_that_has_no_other_name(string body) => Verify.SourceAsync(
        $$"""
        {{Cases.Store}}

        class C
        {
            static BackupNamespace NewName() => BackupNamespace.Root.Child(Guid.NewGuid().ToString("N"));

            static BackupNamespace Upper(BackupNamespace ns) => ns.IsRoot ? ns : ns.Parent;

            [AcquiresLock(LockMode.Shared, nameof(ns))]
            NamespaceLockGuard Lock(Store store, BackupNamespace ns) => store.Lock(Upper(ns));

            void M(Store store)
            {
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireExclusive(ns);", "store.Delete(ns);")]
    [InlineData("private bool Lock(BackupNamespace ns, out NamespaceLockGuard guard) { guard = locks.AcquireShared(ns); return true; }", "{|NSL1005:store.Backup(ns)|}; if (guard is not null) store.Backup(ns);")]
    [InlineData("private void {|NSL4005:Lock|}(BackupNamespace ns, out NamespaceLockGuard guard) => guard = ns.IsRoot ? locks.AcquireShared(ns) : locks.AcquireShared(ns.Parent);", "{|NSL1003:store.Backup(ns)|};")]
    public Task A_member_that_only_passes_an_acquisition_on_by_out(string member, string use) => Cases.MembersAsync(
        $$"""
        {{member}}

        void M(BackupNamespace ns)
        {
            Lock(ns, out var guard);
            try
            {
                {{use}}
            }
            finally
            {
                guard.Dispose();
            }
        }
        """.Replace("store.", "_store.", StringComparison.Ordinal).Replace("locks.", "_locks.", StringComparison.Ordinal));

    [Theory]
    [InlineData("static T Pass<T>(T value) => value;")]
    [InlineData("static T Pass<T>(T value) where T : class, IDisposable { Console.WriteLine(value); return value; }")]
    [InlineData("NamespaceLockGuard Pass(NamespaceLockGuard value) => value;")]
    public Task A_call_that_answers_with_what_it_is_given(string member) => Cases.MembersAsync(
        $$"""
        {{member}}

        private NamespaceLockGuard Open(BackupNamespace ns) => Pass(_locks.AcquireExclusive(ns));

        void M(BackupNamespace ns)
        {
            using var guard = Open(ns);
            _store.Delete(ns);
        }

        void N(BackupNamespace ns)
        {
            using var guard = Pass(_locks.AcquireShared(ns));
            {|NSL1002:_store.Delete(ns)|};
        }
        """);
}
