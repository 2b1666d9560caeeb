namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Arrays, lists and dictionaries of guards.</summary>
public class GuardCollectionsTests
{
    [Fact]
    public Task A_list_made_with_a_guard_that_nobody_disposes() => Verify.BodyAsync(
        """
        var guards = new List<NamespaceLockGuard> { {|NSL2005:locks.AcquireShared(ns)|} };
        Console.WriteLine(guards.Count);
        """);

    [Fact]
    public Task A_list_made_with_guards_that_a_loop_disposes() => Verify.BodyAsync(
        """
        var guards = new List<NamespaceLockGuard>
        {
            locks.AcquireShared(ns),
            locks.AcquireShared(ns2)
        };
        foreach (var g in guards)
            g.Dispose();
        """);

    [Fact]
    public Task An_array_made_with_a_guard_that_nobody_disposes() => Verify.BodyAsync(
        """
        var guards = new[] { {|NSL2005:locks.AcquireShared(ns)|} };
        Console.WriteLine(guards.Length);
        """);

    [Fact]
    public Task An_array_made_with_guards_that_a_loop_disposes() => Verify.BodyAsync(
        """
        var guards = new[]
        {
            locks.AcquireShared(ns),
            locks.AcquireShared(ns2)
        };
        foreach (var g in guards)
            g.Dispose();
        """);

    [Fact]
    public Task A_collection_expression_that_nobody_disposes() => Verify.BodyAsync(
        """
        NamespaceLockGuard[] guards = [ {|NSL2005:locks.AcquireShared(ns)|}];
        Console.WriteLine(guards.Length);
        """);

    [Fact]
    public Task An_array_assigned_later() => Verify.BodyAsync(
        """
        NamespaceLockGuard[] all;
        all = new[] { {|NSL2005:locks.AcquireShared(ns)|} };
        Console.WriteLine(all.Length);
        """);

    [Fact]
    public Task A_dictionary_made_with_a_guard_that_nobody_disposes() => Verify.BodyAsync(
        """
        var map = new Dictionary<int, NamespaceLockGuard> { {|NSL2005:{ 1, locks.AcquireShared(ns) }|} };
        Console.WriteLine(map.Count);
        """);

    [Fact]
    public Task A_dictionary_made_with_guards_that_a_loop_disposes() => Verify.BodyAsync(
        """
        var map = new Dictionary<int, NamespaceLockGuard>
        {
            [1] = locks.AcquireShared(ns),
            [2] = locks.AcquireShared(ns2)
        };
        foreach (var g in map.Values)
            g.Dispose();
        """);

    [Fact]
    public Task An_array_in_a_field_initializer() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private readonly NamespaceLockGuard[] _g = [locks.AcquireShared(ns), locks.AcquireShared(ns.Parent)];
            public void Dispose()
            {
                foreach (var g in _g)
                    g.Dispose();
            }
        }

        sealed class T(NamespaceLockManager locks, BackupNamespace ns)
        {
            private readonly NamespaceLockGuard[] _g = [ {|NSL2005:locks.AcquireShared(ns)|}];
            int N => _g.Length;
        }
        """);

    [Fact]
    public Task An_array_in_a_field_that_nobody_disposes() => Verify.SourceAsync(
        """
        sealed class S
        {
            private readonly NamespaceLockGuard[] _g;
            public S(NamespaceLockManager l, BackupNamespace ns)
            {
                _g = [ {|NSL2005:l.AcquireShared(ns)|}];
            }

            int N => _g.Length;
        }
        """);

    [Fact]
    public Task An_array_filled_and_then_kept_in_a_field_that_is_disposed() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly NamespaceLockGuard[] _g;
            public S(NamespaceLockManager locks, BackupNamespace[] all)
            {
                var items = new NamespaceLockGuard[all.Length];
                for (var i = 0; i < all.Length; i++)
                    items[i] = locks.AcquireShared(all[i]);
                _g = items;
            }

            public void Dispose()
            {
                foreach (var g in _g)
                    g.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_list_filled_and_then_kept_in_a_field_that_is_not_disposed() => Verify.SourceAsync(
        """
        sealed class S
        {
            private readonly List<NamespaceLockGuard> _g;
            public S(NamespaceLockManager locks, BackupNamespace ns)
            {
                var items = new List<NamespaceLockGuard>();
                {|NSL2005:items.Add(locks.AcquireShared(ns))|};
                _g = items;
            }
        }
        """);

    [Fact]
    public Task An_array_field_filled_in_a_loop() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly NamespaceLockGuard? [] _g = new NamespaceLockGuard? [2];
            public S(NamespaceLockManager locks, BackupNamespace[] all)
            {
                for (var i = 0; i < 2; i++)
                {
                    var item = locks.AcquireShared(all[i]);
                    _g[i] = item;
                }
            }

            public void Dispose()
            {
                foreach (var g in _g)
                    g?.Dispose();
            }
        }
        """);

    [Fact]
    public Task An_array_field_filled_in_a_loop_that_nobody_disposes() => Verify.SourceAsync(
        """
        sealed class S
        {
            private readonly NamespaceLockGuard? [] _g = new NamespaceLockGuard? [2];
            public S(NamespaceLockManager locks, BackupNamespace[] all)
            {
                for (var i = 0; i < 2; i++)
                {
                    var item = locks.AcquireShared(all[i]);
                    {|NSL2005:_g[i] = item|};
                }
            }
        }
        """);

    [Fact]
    public Task Tuples_in_a_list_that_the_owner_disposes() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly List<(NamespaceLockGuard A, int N)> _xs = [];
            public S(NamespaceLockManager locks, BackupNamespace ns)
            {
                _xs.Add((locks.AcquireShared(ns), 1));
            }

            public void Dispose()
            {
                foreach (var x in _xs)
                    x.A.Dispose();
            }
        }
        """);

    [Fact]
    public Task Tuples_in_a_list_that_nobody_disposes() => Verify.SourceAsync(
        """
        sealed class S
        {
            private readonly List<(NamespaceLockGuard A, int N)> _xs = [];
            public S(NamespaceLockManager locks, BackupNamespace ns)
            {
                {|NSL2005:_xs.Add((locks.AcquireShared(ns), 1))|};
            }
        }
        """);

    [Fact]
    public Task Tuples_in_a_local_list_taken_apart_in_a_loop() => Verify.BodyAsync(
        """
        var bag = new List<(BackupNamespace Ns, NamespaceLockGuard G)>();
        try
        {
            bag.Add((ns, locks.AcquireShared(ns)));
            items.Clear();
        }
        finally
        {
            foreach (var(_, g)in bag)
                g.Dispose();
        }
        """);

    [Fact]
    public Task Tuples_in_a_local_list_that_nobody_disposes() => Verify.BodyAsync(
        """
        var bag = new List<(BackupNamespace Ns, NamespaceLockGuard G)>();
        {|NSL2005:bag.Add((ns, locks.AcquireShared(ns)))|};
        items.Clear();
        """);

    [Fact]
    public Task Tuples_that_are_taken_apart_where_they_are_taken_out() => Cases.MembersAsync(
        """
        void Declared(BackupNamespace ns)
        {
            var held = new Stack<(NamespaceLockGuard Guard, string Name)>();
            held.Push((_locks.AcquireShared(ns), "first"));
            while (held.Count > 0)
            {
                var (guard, name) = held.Pop();
                guard.Dispose();
            }
        }

        void Assigned(BackupNamespace ns)
        {
            var held = new Stack<(NamespaceLockGuard Guard, string Name)>();
            held.Push((_locks.AcquireShared(ns), "first"));
            NamespaceLockGuard guard;
            string name;
            (guard, name) = held.Pop();
            guard.Dispose();
        }

        void InAFunction(BackupNamespace ns)
        {
            var held = new Stack<(NamespaceLockGuard Guard, string Name)>();
            Acquire();
            Release();

            void Acquire()
            {
                var guard = _locks.TryAcquireShared(ns);
                if (guard is not null)
                    held.Push((guard, "first"));
            }

            void Release()
            {
                var (guard, _) = held.Pop();
                guard.Dispose();
            }
        }

        void Forgotten(BackupNamespace ns)
        {
            var held = new Stack<(NamespaceLockGuard Guard, string Name)>();
            {|NSL2005:held.Push((_locks.AcquireShared(ns), "first"))|};
            var (_, name) = held.Pop();
        }
        """);

    [Fact]
    public Task A_list_returned_as_another_sequence() => Cases.MembersAsync(
        """
        NamespaceLockGuard[] AsArray(BackupNamespace ns)
        {
            var all = new List<NamespaceLockGuard>();
            all.Add(_locks.AcquireShared(ns));
            return all.ToArray();
        }

        IReadOnlyList<NamespaceLockGuard> AsReadOnly(BackupNamespace ns)
        {
            var all = new List<NamespaceLockGuard>();
            all.Add(_locks.AcquireShared(ns));
            return all.AsReadOnly();
        }

        NamespaceLockGuard[] Spread(BackupNamespace ns)
        {
            var all = new List<NamespaceLockGuard>();
            all.Add(_locks.AcquireShared(ns));
            return[..all];
        }

        int Counted(BackupNamespace ns)
        {
            var all = new List<NamespaceLockGuard>();
            {|NSL2005:all.Add(_locks.AcquireShared(ns))|};
            return all.Count;
        }
        """);

    [Fact]
    public Task An_array_given_to_its_owner() => Verify.SourceAsync(
        """
        sealed class Many(NamespaceLockGuard[] all) : IDisposable
        {
            public void Dispose()
            {
                foreach (var guard in all)
                    guard.Dispose();
            }
        }

        class C(NamespaceLockManager locks)
        {
            Many FromLocal(BackupNamespace ns)
            {
                var all = new[]
                {
                    locks.AcquireShared(ns)
                };
                return new Many(all);
            }

            Many AtOnce(BackupNamespace ns) => new([locks.AcquireShared(ns)]);
            Many FromList(BackupNamespace ns)
            {
                var all = new List<NamespaceLockGuard>
                {
                    locks.AcquireShared(ns)
                };
                return new Many(all.ToArray());
            }
        }
        """);

    [Fact]
    public Task Disposed_by_a_lambda_for_each() => Verify.BodyAsync(
        """
        var all = new[]
        {
            locks.AcquireShared(ns)
        };
        Array.ForEach(all, g => g.Dispose());
        """);

    private static Task HeldAsync(string statements) => Cases.BodyAsync(
        "static class Tools { public static void DisposeAll(IEnumerable<IDisposable> all) { foreach (var one in all) one.Dispose(); } }",
        $$"""
        var guards = new List<NamespaceLockGuard> { locks.AcquireShared(ns) };
        {{statements}}
        foreach (var guard in guards)
            guard.Dispose();
        """);

    [Theory]
    [InlineData("")]
    [InlineData("Console.WriteLine(string.Join(\", \", guards));")]
    [InlineData("guards.ForEach(one => Console.WriteLine(one.Store));")]
    public Task An_item_that_is_held(string before) => HeldAsync(before + "using var exclusive = {|NSL3001:locks.AcquireExclusive(ns)|};");

    [Theory]
    [InlineData("foreach (var one in guards) one.Dispose();")]
    [InlineData("guards[0].Dispose();")]
    [InlineData("guards.ForEach(one => one.Dispose());")]
    [InlineData("Tools.DisposeAll(guards);")]
    public Task An_item_that_may_be_disposed(string before) => HeldAsync(before + "using var exclusive = locks.AcquireExclusive(ns);");

    [Fact]
    public Task Items_that_are_disposed_one_by_one() => Verify.BodyAsync(
        """
        NamespaceLockGuard[] guards = [locks.AcquireShared(ns), locks.AcquireShared(ns2)];
        using var one = guards[0];
        using var two = guards[1];
        store.Backup(ns);
        """);

    [Fact]
    public Task Disposed_asynchronously_all_at_once() => Verify.BodyAsync(
        """
        var all = new[]
        {
            locks.AcquireShared(ns)
        };
        await Task.WhenAll(all.Select(g => g.DisposeAsync().AsTask()));
        """);

    [Fact]
    public Task Disposed_by_an_extension() => Verify.SourceAsync(
        """
        static class E
        {
            public static void DisposeAll(this IEnumerable<IDisposable> all)
            {
                foreach (var d in all)
                    d.Dispose();
            }
        }

        class C(NamespaceLockManager locks)
        {
            void M(BackupNamespace ns)
            {
                var all = new List<NamespaceLockGuard>();
                try
                {
                    all.Add(locks.AcquireShared(ns));
                }
                finally
                {
                    all.DisposeAll();
                }
            }

            void N(BackupNamespace ns)
            {
                var all = new[]
                {
                    locks.AcquireShared(ns)
                };
                all.DisposeAll();
            }
        }
        """);

    [Fact]
    public Task An_element_that_is_chosen() => Verify.BodyAsync(
        """
        var all = new[]
        {
            flag ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns)
        };
        foreach (var g in all)
            g.Dispose();
        """);

    [Fact]
    public Task An_array_of_guards_that_their_using_disposes() => Verify.BodyAsync(
        """
        using var a = locks.AcquireShared(ns);
        using var b = locks.AcquireShared(ns2);
        var all = new[]
        {
            a,
            b
        };
        store.Backup(ns);
        List<NamespaceLockGuard> more = [a, b];
        store.Backup(ns2);
        """);

    [Fact]
    public Task Disposed_by_a_lambda_that_captures_the_array() => Verify.BodyAsync(
        """
        var all = new[]
        {
            locks.AcquireShared(ns)
        };
        token.Register(() =>
        {
            foreach (var g in all)
                g.Dispose();
        });
        """);

    [Fact]
    public Task A_dictionary_lends_what_is_found_in_it() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private readonly Dictionary<int, NamespaceLockGuard> _map = [];
            public bool Has(int i) => _map.TryGetValue(i, out _);
            public LockMode? Mode(int i) => _map.TryGetValue(i, out var g) ? g.Mode : null;
            public void Add(int i, NamespaceLockManager locks, BackupNamespace ns) => _map.Add(i, locks.AcquireShared(ns));
            public void Dispose()
            {
                foreach (var g in _map.Values)
                    g.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_dictionary_that_makes_what_it_lends() => Verify.SourceAsync(
        """
        sealed class S(NamespaceLockManager locks) : IDisposable
        {
            private readonly System.Collections.Concurrent.ConcurrentDictionary<BackupNamespace, NamespaceLockGuard> _map = new();
            public LockMode Mode(BackupNamespace ns)
            {
                var g = _map.GetOrAdd(ns, n => locks.AcquireShared(n));
                return g.Mode;
            }

            public void Dispose()
            {
                foreach (var g in _map.Values)
                    g.Dispose();
            }
        }
        """);

    [Theory]
    [InlineData("if (_idle.TryGetValue(ns, out var bag)) bag.Add(locks.AcquireShared(ns));")]
    [InlineData("var bag = _idle.GetOrAdd(ns, static _ => []); bag.Add(locks.AcquireShared(ns));")]
    [InlineData("var bag = _idle[ns]; bag.Add(locks.AcquireShared(ns));")]
    [InlineData("var bag = _forgotten[ns]; {|NSL2005:bag.Add(locks.AcquireShared(ns))|};")]
    [InlineData("var bag = new ConcurrentBag<NamespaceLockGuard>(); {|NSL2005:bag.Add(locks.AcquireShared(ns))|};")]
    public Task A_collection_among_others_of_the_object(string body) => Verify.SourceAsync(
        $$"""
        using System.Collections.Concurrent;

        sealed class Pool(NamespaceLockManager locks) : IDisposable
        {
            private readonly ConcurrentDictionary<BackupNamespace, ConcurrentBag<NamespaceLockGuard>> _idle = new();
            private readonly ConcurrentDictionary<BackupNamespace, ConcurrentBag<NamespaceLockGuard>> _forgotten = new();

            public void Add(BackupNamespace ns)
            {
                {{body}}
            }

            public void Dispose()
            {
                foreach (var idle in _idle.Values)
                {
                    while (idle.TryTake(out var guard))
                        guard.Dispose();
                }
            }
        }
        """);
}
