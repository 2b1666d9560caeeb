namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Fields and properties that hold guards, from one acquisition to the next.</summary>
public class GuardFieldsTests
{
    /// <summary>Members of a class that keeps a guard in a field, and disposes it.</summary>
    private static Task FieldAsync(string members) => Verify.SourceAsync(
        $$"""
        sealed class S(NamespaceLockManager locks) : IDisposable
        {
            private NamespaceLockGuard? _g;

            {{members}}

            public void Dispose() => _g?.Dispose();
        }
        """);

    /// <summary>Members of a class whose property disposes what it overwrites.</summary>
    private static Task RenewedAsync(string members, string others = "") => Verify.SourceAsync(
        $$"""
        sealed class S : IDisposable
        {
            private NamespaceLockGuard? _g;
            public NamespaceLockGuard? Guard
            {
                get => _g;
                set
                {
                    if (ReferenceEquals(_g, value))
                        return;
                    _g?.Dispose();
                    _g = value;
                }
            }

            public void Dispose() => _g?.Dispose();

            {{members}}
        }

        {{others}}
        """);

    /// <summary>The constructor of a class that keeps two guards, and disposes them.</summary>
    private static Task ConstructorAsync(string statements) => Verify.SourceAsync(
        $$"""
        sealed class S : IDisposable
        {
            private readonly NamespaceLockGuard _a, _b;

            public S(NamespaceLockManager locks, BackupNamespace a, BackupNamespace b)
            {
                {{statements}}
            }

            public void Dispose()
            {
                _a.Dispose();
                _b.Dispose();
            }
        }
        """);

    [Fact]
    public Task Stored_under_a_null_test() => FieldAsync(
        """
        public void A(BackupNamespace ns)
        {
            if (_g == null)
                _g = locks.AcquireShared(ns);
        }

        public void B(BackupNamespace ns)
        {
            if (_g is null && ns.Depth > 1)
                _g = locks.AcquireShared(ns);
        }

        public void D(BackupNamespace ns)
        {
            if (ReferenceEquals(_g, null))
                _g = locks.AcquireShared(ns);
        }

        public void E(BackupNamespace ns)
        {
            if (_g is not null)
                return;
            _g = locks.AcquireShared(ns);
        }
        """);

    [Fact]
    public Task A_setter_that_disposes_what_it_overwrites() => RenewedAsync(
        """
        public void Renew(NamespaceLockManager locks, BackupNamespace ns)
        {
            Guard = locks.AcquireShared(ns);
            Guard = locks.AcquireShared(ns.Parent);
        }
        """);

    [Fact]
    public Task The_setter_of_another_object() => RenewedAsync(
        "",
        """
        class C(NamespaceLockManager l)
        {
            void M(S s, BackupNamespace ns)
            {
                s.Guard = l.AcquireShared(ns);
                s.Guard = l.AcquireShared(ns.Parent);
                s.Guard = null;
            }
        }
        """);

    [Fact]
    public Task A_setter_of_an_automatic_property() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            public NamespaceLockGuard? Guard
            {
                get;
                set
                {
                    field?.Dispose();
                    field = value;
                }
            }

            public void Dispose() => Guard?.Dispose();
        }

        class C(NamespaceLockManager l)
        {
            void M(S s, BackupNamespace ns)
            {
                s.Guard = l.AcquireShared(ns);
                s.Guard = l.AcquireShared(ns.Parent);
            }
        }
        """);

    [Fact]
    public Task The_former_guard_in_a_local() => FieldAsync(
        """
        public void Next(BackupNamespace ns)
        {
            var old = _g;
            _g = locks.AcquireShared(ns);
            old?.Dispose();
        }
        """);

    [Fact]
    public Task A_property_that_acquires_when_first_read() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private NamespaceLockGuard? _g;
            private bool _done;
            public NamespaceLockGuard Guard
            {
                get
                {
                    if (_done)
                        throw new ObjectDisposedException("S");
                    return _g ?? (_g = locks.AcquireShared(ns));
                }
            }

            public NamespaceLockGuard Guard2 => _g ??= locks.AcquireShared(ns);

            public void Dispose()
            {
                _done = true;
                _g?.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_lazy_guard() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private readonly Lazy<NamespaceLockGuard> _g = new(() => locks.AcquireShared(ns));
            public LockMode Mode => _g.Value.Mode;

            public void Dispose()
            {
                if (_g.IsValueCreated)
                    _g.Value.Dispose();
            }
        }
        """);

    [Fact]
    public Task Two_fields_of_one_guard() => ConstructorAsync(
        """
        _a = _b = locks.AcquireShared(a);
        """);

    [Fact]
    public Task Stored_on_one_side_of_a_choice() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly NamespaceLockGuard? _guard;
            public S(NamespaceLockManager locks, BackupNamespace ns, bool flag)
            {
                var taken = {|NSL2003:locks.AcquireShared(ns)|};
                _guard = flag ? null : taken;
            }

            public void Dispose() => _guard?.Dispose();
        }
        """);

    [Fact]
    public Task Stored_on_both_sides_of_a_choice() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly NamespaceLockGuard? _g;
            public S(NamespaceLockManager locks, BackupNamespace ns, bool flag)
            {
                var a = locks.AcquireShared(ns);
                _g = flag ? a : a;
            }

            public void Dispose() => _g?.Dispose();
        }
        """);

    [Fact]
    public Task Stored_unless_another_was_there() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks) : IDisposable
        {
            private NamespaceLockGuard? _g;
            public void Update(BackupNamespace ns)
            {
                var fresh = locks.AcquireShared(ns);
                if (Interlocked.CompareExchange(ref _g, fresh, null)is not null)
                    fresh.Dispose();
            }

            public void Dispose()
            {
                Interlocked.Exchange(ref _g, null)?.Dispose();
            }
        }
        """);

    [Fact]
    public Task Stored_unless_another_was_there_and_used() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks) : IDisposable
        {
            private NamespaceLockGuard? _g;
            public LockMode Get(BackupNamespace ns)
            {
                var fresh = locks.AcquireShared(ns);
                var winner = Interlocked.CompareExchange(ref _g, fresh, null);
                if (winner is null)
                    return fresh.Mode;
                fresh.Dispose();
                return winner.Mode;
            }

            public void Dispose() => Interlocked.Exchange(ref _g, null)?.Dispose();
        }
        """);

    [Fact]
    public Task Exchanged_and_the_former_guard_in_a_local() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks) : IDisposable
        {
            private NamespaceLockGuard? _g;
            public void Update(BackupNamespace ns)
            {
                var old = Interlocked.Exchange(ref _g, locks.AcquireShared(ns));
            }

            public void Dispose()
            {
                var old = Interlocked.Exchange(ref _g, null);
                old?.Dispose();
            }
        }
        """);

    [Fact]
    public Task Initializers_that_nobody_disposes() => Verify.SourceAsync(
        """
        class Field(NamespaceLockManager locks, BackupNamespace ns)
        {
            private readonly NamespaceLockGuard _guard = {|NSL2005:locks.AcquireShared(ns)|};
            LockMode Mode => _guard.Mode;
        }

        class Property(NamespaceLockManager locks, BackupNamespace ns)
        {
            private NamespaceLockGuard Guard { get; } = {|NSL2005:locks.AcquireShared(ns)|};

            LockMode Mode => Guard.Mode;
        }
        """);

    [Fact]
    public Task A_field_of_the_current_one_of_many() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks) : IDisposable
        {
            private readonly Dictionary<BackupNamespace, NamespaceLockGuard> _all = [];
            private NamespaceLockGuard? _current;
            public void Set(BackupNamespace ns)
            {
                _current = _all[ns];
            }

            public void Load(BackupNamespace ns)
            {
                _all[ns] = locks.AcquireShared(ns);
                _current = _all[ns];
            }

            public LockMode? Mode => _current?.Mode;

            public void Dispose()
            {
                foreach (var g in _all.Values)
                    g.Dispose();
            }
        }
        """);

    [Fact]
    public Task The_dispose_pattern() => Verify.SourceAsync(
        """
        class S(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private readonly NamespaceLockGuard _g = locks.AcquireShared(ns);
            private bool _d;
            ~S()
            {
                Dispose(false);
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (_d)
                    return;
                _d = true;
                if (disposing)
                {
                    _g.Dispose();
                }
            }
        }

        sealed class T(NamespaceLockManager locks, BackupNamespace ns) : S(locks, ns)
        {
            private readonly NamespaceLockGuard _h = locks.AcquireShared(ns);
            protected override void Dispose(bool disposing)
            {
                if (disposing)
                    _h.Dispose();
                base.Dispose(disposing);
            }
        }
        """);

    [Fact]
    public Task An_explicit_implementation() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private readonly NamespaceLockGuard _g = locks.AcquireShared(ns);
            void IDisposable.Dispose() => _g.Dispose();
        }
        """);

    [Fact]
    public Task A_partial_type() => Verify.SourceAsync(
        """
        partial class S(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private readonly NamespaceLockGuard _g = locks.AcquireShared(ns);
        }

        partial class S
        {
            public void Dispose() => _g.Dispose();
        }
        """);

    [Fact]
    public Task An_out_argument_to_a_field_that_nobody_disposes() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks)
        {
            private NamespaceLockGuard? _g;
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            void Lock(BackupNamespace ns, out NamespaceLockGuard g) => g = locks.AcquireShared(ns);
            public void Enter(BackupNamespace ns) => {|NSL2005:Lock(ns, out _g)|};
        }
        """);

    [Fact]
    public Task An_out_argument_to_a_field() => FieldAsync(
        """
        [AcquiresLock(LockMode.Shared, nameof(ns))]
        void Lock(BackupNamespace ns, out NamespaceLockGuard g) => g = locks.AcquireShared(ns);
        public void Enter(BackupNamespace ns) => Lock(ns, out _g);
        """);

    [Fact]
    public Task Two_fields_whose_second_acquisition_may_fail() => ConstructorAsync(
        """
        var x = {|NSL2003:locks.AcquireShared(a)|};
        var y = locks.AcquireShared(b);
        _a = x;
        _b = y;
        """);

    [Fact]
    public Task Two_fields_whose_second_acquisition_is_guarded() => ConstructorAsync(
        """
        _a = locks.AcquireShared(a);
        try
        {
            _b = locks.AcquireShared(b);
        }
        catch
        {
            _a.Dispose();
            throw;
        }
        """);

    [Fact]
    public Task A_chain_of_owners() => Verify.SourceAsync(
        """
        sealed class Chain(NamespaceLockManager locks) : IDisposable
        {
            private Node? _head;
            public void Add(BackupNamespace ns)
            {
                _head = new Node(_head, locks.AcquireShared(ns));
            }

            public void Dispose()
            {
                for (var n = _head; n is not null; n = n.Next)
                    n.Dispose();
            }

            sealed class Node(Node? next, NamespaceLockGuard g) : IDisposable
            {
                public Node? Next => next;

                private readonly NamespaceLockGuard _g = g;
                public void Dispose() => _g.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_guard_of_the_asynchronous_flow() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks)
        {
            private readonly AsyncLocal<NamespaceLockGuard?> _g = new();
            public void In(BackupNamespace ns) => _g.Value = locks.AcquireShared(ns);
            public void Out() => _g.Value?.Dispose();
        }
        """);

    [Theory]
    [InlineData("public void Dispose() => Tools.Retire(_guard);")]
    [InlineData("public void Dispose() { Close(); } private void Close() => Tools.Dispose(ref _guard);")]
    [InlineData("public ValueTask DisposeAsync() => Tools.RetireAsync(this._guard);")]
    public Task Given_to_a_helper_that_disposes_it(string member) => Verify.SourceAsync(
        $$"""
        sealed class Holder(NamespaceLockManager locks)
        {
            private NamespaceLockGuard? _guard;

            public void Open(BackupNamespace ns) => _guard = locks.AcquireShared(ns);

            {{member}}
        }

        static class Tools
        {
            public static void Retire([TakesOwnership] NamespaceLockGuard? guard) => guard?.Dispose();

            public static ValueTask RetireAsync([TakesOwnership] NamespaceLockGuard? guard) => guard?.DisposeAsync() ?? default;

            public static void Dispose(ref NamespaceLockGuard? guard)
            {
                guard?.Dispose();
                guard = null;
            }
        }
        """);

    [Fact]
    public Task A_local_handed_to_a_helper_by_reference() => Verify.SourceAsync(
        """
        class C
        {
            void M(NamespaceLockManager locks, BackupNamespace ns)
            {
                NamespaceLockGuard? guard = locks.AcquireShared(ns);
                Dispose(ref guard);
            }

            static void Dispose(ref NamespaceLockGuard? guard)
            {
                guard?.Dispose();
                guard = null;
            }
        }
        """);

    [Fact]
    public Task Only_mentioned_by_who_should_dispose_it() => Verify.SourceAsync(
        """
        sealed class Holder(NamespaceLockManager locks) : IDisposable
        {
            private NamespaceLockGuard? _guard;

            public void Open(BackupNamespace ns) => {|NSL2005:_guard = locks.AcquireShared(ns)|};

            public void Dispose() => Console.WriteLine(_guard?.Namespace);
        }
        """);
}
