namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Loops: what is held at their head, in each round, and after them.</summary>
public class LoopTests
{
    [Theory]
    [InlineData("foreach (var item in items)")]
    [InlineData("for (var i = 0; i < items.Count; i++)")]
    [InlineData("while (flag)")]
    [InlineData("while (store.Count(ns) > 0)")]
    public Task A_guard_around_the_loop(string loop) => Verify.BodyAsync(
        $$"""
        using var guard = locks.AcquireShared(ns);
        {{loop}}
            store.Backup(ns);
        store.Backup(ns);
        """);

    [Theory]
    [InlineData("foreach (var item in items)")]
    [InlineData("for (var i = 0; i < items.Count; i++)")]
    [InlineData("while (flag)")]
    public Task A_guard_in_each_round(string loop) => Verify.BodyAsync(
        $$"""
        {{loop}}
        {
            using var guard = locks.AcquireExclusive(ns);
            store.Delete(ns);
        }
        """);

    [Theory]
    [InlineData("continue;")]
    [InlineData("break;")]
    [InlineData("return;")]
    [InlineData("throw new InvalidOperationException();")]
    public Task A_round_left_early(string leave) => Verify.BodyAsync(
        $$"""
        foreach (var item in items)
        {
            using var guard = locks.AcquireShared(ns);
            if (item == 0)
                {{leave}}
            store.Backup(ns);
        }
        """);

    [Fact]
    public Task The_head_of_a_loop_whose_rounds_release() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        while ({|NSL1004:store.Count(ns)|} > 0)
            guard.Dispose();
        """);

    [Fact]
    public Task The_next_round_needs_its_own_guard() => Verify.BodyAsync(
        """
        NamespaceLockGuard? guard = locks.AcquireShared(ns);
        try
        {
            foreach (var item in items)
            {
                {|NSL1004:store.Backup(ns)|};
                guard.Dispose();
            }
        }
        finally
        {
            guard.Dispose();
        }
        """);

    [Fact]
    public Task A_guard_renewed_in_each_round() => Verify.BodyAsync(
        """
        var guard = locks.AcquireShared(ns);
        try
        {
            foreach (var item in items)
            {
                store.Backup(ns);
                guard.Dispose();
                guard = locks.AcquireShared(ns);
            }
        }
        finally
        {
            guard.Dispose();
        }
        """);

    [Fact]
    public Task The_variable_of_foreach_is_new_in_each_round() => Verify.BodyAsync(
        """
        var list = new List<BackupNamespace> { ns, ns2 };
        foreach (var element in list)
        {
            using var guard = locks.AcquireShared(element);
            store.Backup(element);
        }
        """);

    [Fact]
    public Task The_element_of_an_inner_loop_is_another_one() => Verify.BodyAsync(
        """
        var list = new List<BackupNamespace> { ns, ns2 };
        foreach (var outer in list)
        {
            using var guard = locks.AcquireShared(outer);
            foreach (var inner in list)
                {|NSL1003:store.Backup(inner)|};
        }
        """);

    [Fact]
    public Task A_variable_that_each_round_writes_under_a_guard_of_the_round() => Verify.BodyAsync(
        """
        var current = ns;
        while (!current.IsRoot)
        {
            using (locks.AcquireShared(current))
                store.Backup(current);
            current = current.Parent;
        }
        """);

    [Fact]
    public Task A_variable_that_the_rounds_move_away() => Verify.BodyAsync(
        """
        var current = ns;
        using var guard = locks.AcquireShared(ns);
        foreach (var item in items)
        {
            {|NSL1003:store.Backup(current)|};
            current = ns2;
        }
        """);

    [Fact]
    public Task A_walk_up_to_the_root_under_a_shared_guard_at_the_bottom() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        for (var current = ns; !current.IsRoot; current = current.Parent)
            store.Backup(current);
        """);

    [Fact]
    public Task A_walk_up_through_the_namespaces_of_a_recursive_member() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Shared, nameof(ns))]
        void Up(BackupNamespace ns)
        {
            _store.Backup(ns);
            if (!ns.IsRoot)
                Up(ns.Parent);
        }
        """);

    [Fact]
    public Task A_walk_down_through_the_namespaces_of_a_recursive_member() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Exclusive, nameof(ns))]
        void Down(BackupNamespace ns, int levels)
        {
            _store.Delete(ns);
            if (levels > 0)
                Down(ns.Child("next"), levels - 1);
        }
        """);

    [Fact]
    public Task A_walk_down_under_a_shared_lock() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Shared, nameof(ns))]
        void Down(BackupNamespace ns, int levels)
        {
            _store.Backup(ns);
            if (levels > 0)
                {|NSL1003:Down(ns.Child("next"), levels - 1)|};
        }
        """);

    [Fact]
    public Task An_asynchronous_loop() => Cases.MembersAsync(
        """
        async Task M(IAsyncEnumerable<BackupNamespace> list)
        {
            await foreach (var element in list)
            {
                await using var guard = await _locks.AcquireSharedAsync(element);
                await _store.BackupAsync(element);
            }
        }
        """);

    [Fact]
    public Task An_iterator_holds_across_yield() => Cases.MembersAsync(
        """
        IEnumerable<int> Counts(BackupNamespace ns)
        {
            using var guard = _locks.AcquireShared(ns);
            while (true)
                yield return _store.Count(ns);
        }
        """);

    [Fact]
    public Task An_asynchronous_iterator_holds_across_yield() => Cases.MembersAsync(
        """
        async IAsyncEnumerable<int> Counts(BackupNamespace ns)
        {
            await using var guard = await _locks.AcquireSharedAsync(ns);
            yield return _store.Count(ns);
            await _store.BackupAsync(ns);
            yield return _store.Count(ns);
        }
        """);

    [Fact]
    public Task A_loop_built_of_goto() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        again:
        store.Backup(ns);
        if (flag)
            goto again;
        """);

    [Fact]
    public Task A_finally_in_the_loop_that_drops_a_guard() => Verify.BodyAsync(
        """
        while (flag)
        {
            {|NSL1005:store.Backup(ns)|};
            try { }
            finally { {|NSL2001:locks.AcquireShared(ns)|}; }
        }
        """);

    [Theory]
    [InlineData("var guard = locks.AcquireShared(ns); while (items.Count > 3) { guard.Dispose(); guard = locks.AcquireShared(ns); } guard.Dispose();")]
    [InlineData("var guard = locks.AcquireShared(ns); do { guard.Dispose(); guard = locks.AcquireShared(ns); } while (items.Count > 3); guard.Dispose();")]
    [InlineData("NamespaceLockGuard? guard = null; for (var i = 0; i < 3; i++, guard.Dispose()) { guard = locks.AcquireShared(ns); }")]
    [InlineData("var guard = {|NSL2003:locks.AcquireShared(ns)|}; while (items.Remove(1)) { guard.Dispose(); guard = {|NSL2003:locks.AcquireShared(ns)|}; }")]
    [InlineData("for (var guard = {|NSL2003:locks.AcquireShared(ns)|}; items.Remove(1); guard.Dispose(), guard = {|NSL2003:locks.AcquireShared(ns)|}) { }")]
    [InlineData("NamespaceLockGuard? guard = null; while (items.Remove(1)) {|NSL2004:guard = locks.AcquireShared(ns)|}; guard?.Dispose();")]
    public Task A_guard_that_goes_from_round_to_round(string body) => Verify.BodyAsync(body);
}
