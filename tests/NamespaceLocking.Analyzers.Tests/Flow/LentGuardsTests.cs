namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guards that are handed in: to dispose, to keep, or only to use.</summary>
public class LentGuardsTests
{
    [Fact]
    public Task A_lent_guard_in_a_using() => Verify.SourceAsync(
        """
        class C
        {
            void Statement(NamespaceLockGuard guard)
            {
                using ( {|NSL2006:guard|})
                {
                }
            }

            void Declaration(NamespaceLockGuard guard)
            {
                using var {|NSL2006:scoped = guard|};
            }

            async Task Awaited(NamespaceLockGuard guard)
            {
                await using ( {|NSL2006:guard|})
                {
                }
            }
        }
        """);

    [Fact]
    public Task Kept_on_one_path_only() => Verify.SourceAsync(
        """
        sealed class S : IDisposable
        {
            private NamespaceLockGuard? _g;
            void Take([TakesOwnership] NamespaceLockGuard {|NSL2003:g|}, bool keep)
            {
                if (keep)
                    _g = g;
            }

            public void Dispose() => _g?.Dispose();
        }
        """);

    [Fact]
    public Task Disposed_on_some_paths() => Verify.SourceAsync(
        """
        class S
        {
            void Take([TakesOwnership] NamespaceLockGuard {|NSL2003:g|}, bool keep)
            {
                if (keep)
                    g.Dispose();
            }

            void Take2([TakesOwnership] NamespaceLockGuard {|NSL2003:g|})
            {
                Console.WriteLine();
                g.Dispose();
            }

            void Take3([TakesOwnership] NamespaceLockGuard g)
            {
                using (g)
                {
                    Console.WriteLine();
                }
            }

            void Take4([TakesOwnership] NamespaceLockGuard? g)
            {
                g?.Dispose();
            }

            void Take5([TakesOwnership] NamespaceLockGuard g)
            {
                if (g.IsHeld)
                    g.Dispose();
            }
        }
        """);

    [Fact]
    public Task Neither_disposed_nor_kept() => Verify.SourceAsync(
        """
        class C
        {
            void Close([TakesOwnership] NamespaceLockGuard {|NSL2002:t|})
            {
                throw new InvalidOperationException();
            }
        }
        """);

    [Fact]
    public Task Handed_on() => Verify.SourceAsync(
        """
        class C
        {
            void A([TakesOwnership] NamespaceLockGuard t)
            {
                B(t);
            }

            void B([TakesOwnership] NamespaceLockGuard t)
            {
                try
                {
                    A2(t);
                }
                catch (Exception)
                {
                }
            }

            void A2([TakesOwnership] NamespaceLockGuard t) => t.Dispose();
            bool D([TakesOwnership] NamespaceLockGuard t)
            {
                try
                {
                    A2(t);
                    return true;
                }
                catch (Exception)
                {
                    t.Dispose();
                    return false;
                }
            }
        }
        """);

    [Fact]
    public Task A_composite_that_forgets_what_it_is_given() => Verify.SourceAsync(
        """
        [LockGuard]
        sealed class W : IDisposable
        {
            private readonly NamespaceLockGuard? _g;
            public W([TakesOwnership] NamespaceLockGuard {|NSL2002:g|})
            {
                _g = null;
            }

            public void Dispose() => _g?.Dispose();
        }
        """);

    [Fact]
    public Task A_composite_that_does_not_dispose_what_it_keeps() => Verify.SourceAsync(
        """
        [LockGuard]
        sealed class W : IDisposable
        {
            private readonly NamespaceLockGuard _g;
            public W([TakesOwnership] NamespaceLockGuard g)
            {
                {|NSL2005:_g = g|};
            }

            public void Dispose()
            {
            }
        }
        """);

    [Fact]
    public Task The_guard_of_an_object_in_a_field() => Verify.SourceAsync(
        """
        sealed class A(NamespaceLockGuard g) : IDisposable
        {
            public NamespaceLockGuard Guard { get; } = g;

            public void Dispose() => Guard.Dispose();
        }

        sealed class B(A a) : IDisposable
        {
            private readonly A _a = a;
            public void Dispose()
            {
                {|NSL2006:_a.Guard.Dispose()|};
                _a?.Dispose();
            }
        }

        sealed class D(A? a) : IDisposable
        {
            private readonly A? _a = a;
            public void Dispose()
            {
                _a?{|NSL2006:.Guard.Dispose()|};
            }
        }
        """);

    [Fact]
    public Task Taken_out_of_its_field_under_a_monitor() => Verify.SourceAsync(
        """
        sealed class S([TakesOwnership] NamespaceLockGuard guard) : IDisposable
        {
            private readonly object _gate = new();
            private NamespaceLockGuard? _g = guard;
            private bool _d;
            public void Dispose()
            {
                if (_d)
                    return;
                NamespaceLockGuard? x = null;
                lock (_gate)
                {
                    if (_d)
                        return;
                    _d = true;
                    x = _g;
                    _g = null;
                }

                x?.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_record_that_disposes_its_guard() => Verify.SourceAsync(
        """
        record R(NamespaceLockGuard Guard) : IDisposable
        {
            public void Dispose() => Guard.Dispose();
        }

        class C(NamespaceLockManager locks, Datastore store)
        {
            void M(BackupNamespace ns)
            {
                using var r = new R(locks.AcquireShared(ns));
                store.Backup(ns);
            }

            R N(BackupNamespace ns) => new(locks.AcquireShared(ns));
        }
        """);

    [Theory]
    [InlineData("Task<NamespaceLockGuard> Lend() => Task.FromResult(_guard);")]
    [InlineData("ValueTask<NamespaceLockGuard> Lend() => ValueTask.FromResult(_guard);")]
    [InlineData("ValueTask<NamespaceLockGuard> Lend() => new ValueTask<NamespaceLockGuard>(_guard);")]
    [InlineData("ValueTask<NamespaceLockGuard> Lend() => new(_guard);")]
    [InlineData("async Task<NamespaceLockGuard> Lend() { await Task.Yield(); return _guard; }")]
    public Task A_guard_lent_in_a_task(string member) => Verify.SourceAsync(
        $$"""
        sealed class Holder(NamespaceLockGuard guard) : IDisposable
        {
            private readonly NamespaceLockGuard _guard = guard;

            {{member}}

            public async Task<LockMode> ModeAsync()
            {
                var guard = await Lend();
                return guard.Mode;
            }

            public void Dispose() => _guard.Dispose();
        }
        """);
}
