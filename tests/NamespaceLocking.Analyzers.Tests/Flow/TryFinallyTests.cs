namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Exceptions, and what is held where they are handled.</summary>
public class TryFinallyTests
{
    [Fact]
    public Task Disposed_in_finally() => Verify.BodyAsync(
        """
        var guard = locks.AcquireShared(ns);
        try
        {
            store.Backup(ns);
        }
        finally
        {
            guard.Dispose();
        }
        """);

    [Fact]
    public Task Disposed_asynchronously_in_finally() => Verify.BodyAsync(
        """
        var guard = await locks.AcquireSharedAsync(ns);
        try
        {
            await store.BackupAsync(ns);
        }
        finally
        {
            await guard.DisposeAsync();
        }
        """);

    [Fact]
    public Task Acquired_inside_the_try() => Verify.BodyAsync(
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
    public Task Disposed_under_a_null_test_in_finally() => Verify.BodyAsync(
        """
        NamespaceLockGuard? guard = null;
        try
        {
            guard = locks.TryAcquireShared(ns);
            if (guard is not null)
                store.Backup(ns);
        }
        finally
        {
            if (guard != null)
                guard.Dispose();
        }
        """);

    [Fact]
    public Task The_body_of_a_try_inside_the_scope() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        try
        {
            store.Backup(ns);
        }
        catch (InvalidOperationException)
        {
            store.Backup(ns);
        }
        finally
        {
            store.Backup(ns);
        }
        store.Backup(ns);
        """);

    [Fact]
    public Task A_retry_after_a_failure_under_the_same_guard() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                store.Backup(ns);
                break;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
            }
        }
        """);

    [Fact]
    public Task The_filter_of_a_catch_inside_the_scope() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        try
        {
            items.Clear();
        }
        catch (InvalidOperationException) when (store.Count(ns) > 0)
        {
        }
        """);

    [Fact]
    public Task The_catch_of_a_failed_acquisition_holds_nothing() => Verify.BodyAsync(
        """
        NamespaceLockGuard guard;
        try
        {
            guard = locks.AcquireShared(ns);
        }
        catch (NamespaceLockedException)
        {
            items.Clear();
            throw;
        }
        using (guard)
            store.Backup(ns);
        """);

    [Fact]
    public Task A_catch_that_takes_another_way_to_the_lock() => Verify.BodyAsync(
        """
        NamespaceLockGuard guard;
        try
        {
            guard = locks.AcquireExclusive(ns);
        }
        catch (NamespaceLockedException)
        {
            guard = locks.AcquireShared(ns);
        }
        using (guard)
            store.Backup(ns);
        """);

    [Fact]
    public Task The_finally_after_a_release_in_the_try() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        try
        {
            store.Backup(ns);
            guard.Dispose();
        }
        finally
        {
            {|NSL1004:store.Backup(ns)|};
        }
        """);

    [Fact]
    public Task After_the_catch_that_releases() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        try
        {
            items.Clear();
        }
        catch (InvalidOperationException)
        {
            guard.Dispose();
        }
        {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task After_the_catch_that_releases_and_throws_on() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        try
        {
            items.Clear();
        }
        catch (InvalidOperationException)
        {
            guard.Dispose();
            throw;
        }
        store.Backup(ns);
        """);

    [Fact]
    public Task A_finally_that_is_nested() => Verify.BodyAsync(
        """
        var outer = locks.AcquireExclusive(ns);
        try
        {
            var inner = locks.AcquireExclusive(ns2);
            try
            {
                store.Move(ns, ns2);
            }
            finally
            {
                inner.Dispose();
            }
            store.Delete(ns);
            {|NSL1004:store.Delete(ns2)|};
        }
        finally
        {
            outer.Dispose();
        }
        """);

    [Fact]
    public Task A_return_inside_try_runs_the_finally_under_the_outer_guard() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        try
        {
            if (flag)
                return;
            items.Clear();
        }
        finally
        {
            store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_lock_statement_inside_the_scope() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        lock (items)
            store.Backup(ns);
        """);

    [Fact]
    public Task A_lock_statement_is_no_guard() => Verify.BodyAsync(
        """
        lock (items)
            {|NSL1001:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_guard_handed_over_unless_something_fails() => Cases.MembersAsync(
        """
        [AcquiresLock(LockMode.Shared, nameof(ns))]
        NamespaceLockGuard Open(BackupNamespace ns)
        {
            var guard = _locks.AcquireShared(ns);
            try
            {
                _store.Backup(ns);
                return guard;
            }
            catch
            {
                guard.Dispose();
                throw;
            }
        }
        """);

    [Fact]
    public Task A_guard_handed_over_under_a_flag() => Cases.MembersAsync(
        """
        [AcquiresLock(LockMode.Shared, nameof(ns))]
        NamespaceLockGuard Open(BackupNamespace ns)
        {
            var guard = _locks.AcquireShared(ns);
            var done = false;
            try
            {
                _store.Backup(ns);
                done = true;
                return guard;
            }
            finally
            {
                if (!done)
                    guard.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_catch_around_the_whole_scope_that_needs_nothing() => Verify.BodyAsync(
        """
        try
        {
            using var guard = locks.AcquireShared(ns);
            store.Backup(ns);
        }
        catch (NamespaceLockedException locked)
        {
            items.Add(locked.Holders.Count);
        }
        """);

    [Theory]
    [InlineData("var guard = _locks.AcquireShared(ns); try { if (flag) { guard.Dispose(); guard = null; } } finally { guard?.Dispose(); }")]
    [InlineData("NamespaceLockGuard? guard = null; try { if (flag) guard = _locks.AcquireShared(ns); Console.WriteLine(); guard?.Dispose(); guard = null; } finally { guard?.Dispose(); }")]
    [InlineData("var guard = _locks.AcquireShared(ns); try { if (flag) { guard.Dispose(); guard = null; return; } _store.Backup(ns); guard.Dispose(); } catch { guard?.Dispose(); }")]
    [InlineData("var guard = _locks.AcquireShared(ns); try { if (flag) { guard.Dispose(); guard = null; return; } _kept = guard; guard = null; } finally { guard?.Dispose(); }")]
    [InlineData("NamespaceLockGuard? guard = null; try { guard = _locks.AcquireShared(ns); } finally { Free(guard); }")]
    [InlineData("try { Console.WriteLine(); } catch { var guard = _locks.AcquireShared(ns); try { _store.Backup(ns); } finally { guard.Dispose(); } }")]
    public Task Disposed_on_every_way_out(string body) => MembersAsync(body);

    [Theory]
    [InlineData("NamespaceLockGuard? guard = null; try { guard = {|NSL2003:_locks.AcquireShared(ns)|}; _store.Backup(ns); guard.Dispose(); } catch (FormatException) { guard?.Dispose(); }")]
    [InlineData("NamespaceLockGuard? guard = null; try { guard = {|NSL2003:_locks.AcquireShared(ns)|}; _store.Backup(ns); } catch { guard?.Dispose(); throw; }")]
    [InlineData("NamespaceLockGuard? guard = null; try { guard = {|NSL2003:_locks.AcquireShared(ns)|}; } finally { Console.WriteLine(); guard?.Dispose(); }")]
    [InlineData("NamespaceLockGuard? guard = null; try { guard = _locks.AcquireShared(ns); if (flag) {|NSL2004:guard = null|}; } finally { guard?.Dispose(); }")]
    [InlineData("var guard = {|NSL2003:_locks.AcquireShared(ns)|}; Console.WriteLine(); try { _store.Backup(ns); } finally { guard.Dispose(); }")]
    [InlineData("try { Console.WriteLine(); } finally { var guard = {|NSL2003:_locks.AcquireShared(ns)|}; _store.Backup(ns); guard.Dispose(); }")]
    [InlineData("try { Console.WriteLine(); } catch { var guard = {|NSL2002:_locks.AcquireShared(ns)|}; _store.Backup(ns); throw; }")]
    [InlineData("var guard = {|NSL2003:_locks.AcquireShared(ns)|}; if (flag) throw new InvalidOperationException(); guard.Dispose();")]
    public Task Not_disposed_on_one_way_out(string body) => MembersAsync(body);

    private static Task MembersAsync(string body) => Cases.MembersAsync(
        $$"""
        private NamespaceLockGuard? _kept;

        void M(BackupNamespace ns, bool flag)
        {
            {{body}}
        }

        void Close() => _kept?.Dispose();

        static void Free([TakesOwnership] IDisposable? guard) => guard?.Dispose();
        """);
}
