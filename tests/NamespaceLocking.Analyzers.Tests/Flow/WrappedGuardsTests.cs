namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guards in tuples, pairs and composites, and calls that hand on what they are given.</summary>
public class WrappedGuardsTests
{
    [Fact]
    public Task A_tuple_in_a_field_that_is_disposed() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly (NamespaceLockGuard Guard, int Count) _pair;
            public S(NamespaceLockManager locks, BackupNamespace ns)
            {
                _pair = (locks.AcquireShared(ns), 1);
            }

            public void Dispose() => _pair.Guard.Dispose();
        }
        """);

    [Fact]
    public Task A_tuple_in_a_field_that_is_not_disposed() => Verify.SourceAsync(
        """
        sealed class S
        {
            private readonly (NamespaceLockGuard A, int B) _t;
            public S(NamespaceLockManager locks, BackupNamespace a)
            {
                {|NSL2005:_t = (locks.AcquireShared(a), 1)|};
            }

            public LockMode Mode => _t.A.Mode;
        }
        """);

    [Fact]
    public Task A_tuple_object_in_a_field_that_is_disposed() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly Tuple<NamespaceLockGuard, int> _pair;
            public S(NamespaceLockManager locks, BackupNamespace ns)
            {
                _pair = Tuple.Create(locks.AcquireShared(ns), 1);
            }

            public void Dispose() => _pair.Item1.Dispose();
        }
        """);

    [Fact]
    public Task A_tuple_object_in_a_field_that_is_not_disposed() => Verify.SourceAsync(
        """
        class S
        {
            private readonly Tuple<NamespaceLockGuard, int> _t;
            public S(NamespaceLockManager l, BackupNamespace ns)
            {
                {|NSL2005:_t = Tuple.Create(l.AcquireShared(ns), 1)|};
            }

            LockMode M => _t.Item1.Mode;
        }
        """);

    [Fact]
    public Task A_tuple_object_in_a_local() => Verify.BodyAsync(
        """
        var t = Tuple.Create(locks.AcquireShared(ns), 1);
        using (t.Item1)
            store.Backup(ns);
        """);

    [Fact]
    public Task A_tuple_object_that_is_taken_apart() => Verify.BodyAsync(
        """
        var (guard, count) = Tuple.Create(locks.AcquireShared(ns), 1);
        using (guard)
            store.Backup(ns);
        """);

    [Fact]
    public Task A_tuple_object_made_with_new() => Verify.BodyAsync(
        """
        var t = new Tuple<NamespaceLockGuard, object>(locks.AcquireShared(ns), new object ());
        t.Item1.Dispose();
        """);

    [Fact]
    public Task A_tuple_object_that_is_never_disposed() => Verify.BodyAsync(
        """
        var t = Tuple.Create( {|NSL2002:locks.AcquireShared(ns)|}, 1);
        Console.WriteLine(t.Item2);
        """);

    [Fact]
    public Task A_tuple_object_that_is_returned() => Cases.MembersAsync(
        """
        private Tuple<NamespaceLockGuard, int> M(BackupNamespace ns) => Tuple.Create(_locks.AcquireShared(ns), 1);
        """);

    [Fact]
    public Task An_anonymous_object() => Verify.BodyAsync(
        """
        var x = new
        {
            Guard = locks.AcquireShared(ns),
            N = 1
        };
        using (x.Guard)
            store.Backup(ns);
        """);

    [Fact]
    public Task An_extension_that_returns_what_it_is_given() => Verify.SourceAsync(
        """
        static class Guards
        {
            public static NamespaceLockGuard Same(this NamespaceLockGuard guard) => guard;
        }

        class C(NamespaceLockManager locks, Datastore store)
        {
            void Kept(BackupNamespace ns)
            {
                using var guard = locks.AcquireShared(ns).Same();
                store.Backup(ns);
            }

            void AtOnce(BackupNamespace ns) => locks.AcquireShared(ns).Same().Dispose();
            void Dropped(BackupNamespace ns)
            {
                {|NSL2001:locks.AcquireShared(ns)|}.Same();
            }

            void Lent(NamespaceLockGuard lent)
            {
                {|NSL2006:lent.Same().Dispose()|};
            }
        }
        """);

    [Fact]
    public Task A_member_that_returns_its_object() => Verify.SourceAsync(
        Cases.Handle +
        """
        class C(NamespaceLockManager locks)
        {
            void Scoped(BackupNamespace ns)
            {
                using (new Handle(locks, ns).With(1))
                {
                }
            }

            void Declared(BackupNamespace ns)
            {
                using var handle = new Handle(locks, ns).With(1).With(2);
            }

            Handle Returned(BackupNamespace ns) => new Handle(locks, ns).With(1);
            void Dropped(BackupNamespace ns)
            {
                {|NSL2001:new Handle(locks, ns)|}.With(1);
            }

            void Between(BackupNamespace ns)
            {
                var handle = {|NSL2003:new Handle(locks, ns)|};
                handle.With(1);
                handle.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_member_that_returns_its_object_to_the_same_variable() => Verify.SourceAsync(
        Cases.Handle +
        """
        class C(NamespaceLockManager l)
        {
            void M(BackupNamespace ns)
            {
                var h = new Handle(l, ns);
                try
                {
                    h = h.With(1);
                    h = h.With(2);
                }
                finally
                {
                    h.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task A_member_that_returns_a_lent_object() => Verify.SourceAsync(
        Cases.Handle +
        """
        class C
        {
            void M(Handle h)
            {
                h.With(1);
                {|NSL2006:h.With(2).Dispose()|};
            }
        }
        """);

    [Fact]
    public Task A_check_that_returns_what_it_is_given() => Verify.SourceAsync(
        """
        static class Guards
        {
            public static NamespaceLockGuard Checked([System.Diagnostics.CodeAnalysis.NotNull] this NamespaceLockGuard? g)
            {
                if (g is null)
                    throw new InvalidOperationException();
                return g;
            }
        }

        class C(NamespaceLockManager l, Datastore store)
        {
            void M(BackupNamespace ns)
            {
                using var g = l.TryAcquireShared(ns).Checked();
                store.Backup(ns);
            }

            void N(BackupNamespace ns)
            {
                using var g = l.TryAcquireShared(ns);
                g.Checked().ThrowIfNotShared(ns);
            }
        }
        """);

    [Fact]
    public Task A_bag_that_disposes_what_is_added() => Verify.SourceAsync(
        Cases.Bag +
        """
        class C(NamespaceLockManager locks)
        {
            void M(BackupNamespace ns)
            {
                using var bag = new Bag();
                bag.Add(locks.AcquireShared(ns));
                var guard = locks.AcquireShared(ns.Parent);
                bag.Add(guard);
            }

            Bag N(BackupNamespace ns)
            {
                var bag = new Bag();
                bag.Add(locks.AcquireShared(ns));
                return bag;
            }
        }
        """);

    [Fact]
    public Task A_bag_that_is_never_disposed() => Verify.SourceAsync(
        Cases.Bag +
        """
        class C(NamespaceLockManager locks)
        {
            void M(BackupNamespace ns)
            {
                var bag = new Bag();
                {|NSL2005:bag.Add(locks.AcquireShared(ns))|};
            }
        }
        """);

    [Fact]
    public Task A_bag_in_a_field() => Verify.SourceAsync(
        Cases.Bag +
        """
        class C(NamespaceLockManager locks) : IDisposable
        {
            private readonly Bag _bag = new();
            void M(BackupNamespace ns)
            {
                _bag.Add(locks.AcquireShared(ns));
            }

            public void Dispose() => _bag.Dispose();
        }

        class D(NamespaceLockManager locks)
        {
            private readonly Bag _bag = new();
            void M(BackupNamespace ns)
            {
                {|NSL2005:_bag.Add(locks.AcquireShared(ns))|};
            }
        }
        """);

    [Fact]
    public Task A_generic_bag_in_a_using() => Verify.SourceAsync(
        """
        sealed class Bag<T> : IDisposable where T : IDisposable
        {
            private readonly List<T> _all = [];
            public void Add(T d) => _all.Add(d);
            public void Dispose()
            {
                foreach (var d in _all)
                    d.Dispose();
            }
        }

        class C(NamespaceLockManager locks)
        {
            void M(BackupNamespace ns)
            {
                using var bag = new Bag<NamespaceLockGuard>();
                bag.Add(locks.AcquireShared(ns));
            }

            void N(BackupNamespace ns)
            {
                using (var bag = new Bag<NamespaceLockGuard>())
                {
                    bag.Add(locks.AcquireShared(ns));
                }
            }
        }
        """);

    [Fact]
    public Task What_is_added_to_a_type_that_disposes_nothing_is_lent() => Verify.SourceAsync(
        """
        class Journal
        {
            public void Add(NamespaceLockGuard g) => Console.WriteLine(g.Mode);
        }

        class C(NamespaceLockManager locks, Datastore store)
        {
            void M(Journal j, BackupNamespace ns)
            {
                var g = {|NSL2002:locks.AcquireShared(ns)|};
                j.Add(g);
                store.Backup(ns);
            }
        }
        """);

    [Fact]
    public Task A_wrapper_that_may_leave_it_open() => Verify.SourceAsync(
        """
        sealed class Wrapper(NamespaceLockGuard guard, bool leaveOpen = false) : IDisposable
        {
            private readonly NamespaceLockGuard _g = guard;
            private readonly bool _leave = leaveOpen;
            public void Dispose()
            {
                if (!_leave)
                    _g.Dispose();
            }
        }

        class C(NamespaceLockManager locks, Datastore store)
        {
            void M(BackupNamespace ns)
            {
                var g = locks.AcquireShared(ns);
                using var w = new Wrapper(g);
                store.Backup(ns);
            }

            void N(BackupNamespace ns)
            {
                using var w = new Wrapper(locks.AcquireShared(ns), false);
                store.Backup(ns);
            }
        }
        """);

    private static Task WrapperAsync(string type, string arguments, string operation) => Verify.SourceAsync(
        $$"""
        class C
        {
            async Task M(NamespaceLockManager locks, Datastore store, BackupNamespace ns, bool flag)
            {
                await using var guard = await locks.AcquireSharedAsync(ns);
                using (new Wrapper({{arguments}}))
                    store.Backup(ns);
                {{operation}};
            }
        }

        {{type}}
        """);

    /// <summary>Wrappers whose second argument tells whether they dispose what they wrap.</summary>
    public static TheoryData<string> Wrappers(bool leaves) => leaves
        ?
        [
            "sealed class Wrapper(NamespaceLockGuard guard, bool leaveOpen) : IDisposable { public void Dispose() { if (!leaveOpen) guard.Dispose(); } }",
            "[LockGuard] sealed class Wrapper(NamespaceLockGuard guard, bool leaveOpen) : IDisposable { private readonly NamespaceLockGuard _g = guard; public void Dispose() { if (leaveOpen) return; _g.Dispose(); } }",
            "sealed class Wrapper : IDisposable { private readonly NamespaceLockGuard? _g; public Wrapper(NamespaceLockGuard guard, bool leaveOpen) => _g = leaveOpen ? null : guard; public void Dispose() => _g?.Dispose(); }",
            "sealed class Wrapper : IDisposable { private readonly NamespaceLockGuard _g; private readonly bool _owns; public Wrapper(NamespaceLockGuard guard, bool leaveOpen) => (_g, _owns) = (guard, !leaveOpen); public void Dispose() => Dispose(true); private void Dispose(bool disposing) { if (disposing && _owns) { _g.Dispose(); } } }",
        ]
        : ["sealed class Wrapper(NamespaceLockGuard guard, bool owns) : IDisposable { public ValueTask DisposeAsync() => owns ? guard.DisposeAsync() : default; public void Dispose() { if (owns) guard.Dispose(); } }"];

    [Theory]
    [MemberData(nameof(Wrappers), true)]
    public Task A_wrapper_that_is_told_to_leave_it_open(string type) => WrapperAsync(type, "guard, true", "store.Backup(ns)");

    [Theory]
    [MemberData(nameof(Wrappers), true)]
    public Task A_wrapper_that_is_told_to_dispose_it(string type) => WrapperAsync(type, "guard, false", "{|NSL1004:store.Backup(ns)|}");

    [Theory]
    [MemberData(nameof(Wrappers), true)]
    public Task A_wrapper_that_is_told_at_run_time(string type) => WrapperAsync(type, "guard, flag", "{|NSL1004:store.Backup(ns)|}");

    [Theory]
    [MemberData(nameof(Wrappers), false)]
    public Task A_wrapper_that_is_told_not_to_own_it(string type) => WrapperAsync(type, "guard, false", "store.Backup(ns)");

    [Theory]
    [MemberData(nameof(Wrappers), false)]
    public Task A_wrapper_that_is_told_to_own_it(string type) => WrapperAsync(type, "guard, true", "{|NSL1004:store.Backup(ns)|}");

    [Theory]
    [InlineData("if (log) Console.WriteLine(); guard.Dispose();")]
    [InlineData("if (log) { guard.Dispose(); return; } guard.Dispose();")]
    public Task A_wrapper_whose_flag_tells_something_else(string dispose) => WrapperAsync(
        $$"""
        sealed class Wrapper(NamespaceLockGuard guard, bool log) : IDisposable { public void Dispose() { {{dispose}} } }
        """,
        "guard, false",
        "{|NSL1004:store.Backup(ns)|}");

    [Fact]
    public Task A_wrapper_with_a_constructor_that_always_owns() => WrapperAsync(
        """
        sealed class Wrapper(NamespaceLockGuard guard, bool leaveOpen) : IDisposable
        {
            public Wrapper(NamespaceLockGuard guard) : this(guard, false) { }

            public void Dispose() { if (!leaveOpen) guard.Dispose(); }
        }
        """,
        "guard",
        "{|NSL1004:store.Backup(ns)|}");

    [Fact]
    public Task A_wrapper_in_the_variable_of_what_it_wraps() => Verify.SourceAsync(
        """
        [LockGuard]
        sealed class W([TakesOwnership] IDisposable inner) : IDisposable
        {
            public void Dispose() => inner.Dispose();
        }

        class C(NamespaceLockManager locks)
        {
            void A(BackupNamespace ns)
            {
                IDisposable g = locks.AcquireShared(ns);
                try
                {
                    g = new W(g);
                    Console.WriteLine();
                }
                finally
                {
                    g.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task A_wrapper_and_what_it_wraps_both_disposed() => Verify.SourceAsync(
        """
        [LockGuard]
        sealed class W([TakesOwnership] NamespaceLockGuard inner) : IDisposable
        {
            public void Dispose() => inner.Dispose();
        }

        class C(NamespaceLockManager locks)
        {
            void A(BackupNamespace ns)
            {
                var g = locks.AcquireShared(ns);
                var w = new W(g);
                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    try
                    {
                        w.Dispose();
                    }
                    finally
                    {
                        g.Dispose();
                    }
                }
            }
        }
        """);

    [Fact]
    public Task A_guard_made_in_a_constructor_initializer() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly NamespaceLockGuard _g;
            public S(NamespaceLockManager locks, BackupNamespace ns) : this(locks.AcquireShared(ns))
            {
            }

            private S(NamespaceLockGuard g)
            {
                _g = g;
            }

            public static S Create(NamespaceLockManager locks, BackupNamespace ns)
            {
                var g = locks.AcquireShared(ns);
                return new S(g);
            }

            public void Dispose() => _g.Dispose();
        }
        """);

    [Fact]
    public Task A_guard_made_for_the_base() => Verify.SourceAsync(
        """
        abstract class B(NamespaceLockGuard g) : IDisposable
        {
            protected NamespaceLockGuard Guard { get; } = g;

            public void Dispose() => Guard.Dispose();
        }

        sealed class S(NamespaceLockManager locks, BackupNamespace ns) : B(locks.AcquireShared(ns));
        """);
}
