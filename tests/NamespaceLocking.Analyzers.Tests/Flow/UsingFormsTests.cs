namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>The ways in which a guard is bound to a scope.</summary>
public class UsingFormsTests
{
    [Theory]
    [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
    [InlineData("using NamespaceLockGuard guard = locks.AcquireShared(ns); store.Backup(ns);")]
    [InlineData("using IDisposable guard = locks.AcquireShared(ns); store.Backup(ns);")]
    [InlineData("using var _ = locks.AcquireShared(ns); store.Backup(ns);")]
    [InlineData("using (locks.AcquireShared(ns)) store.Backup(ns);")]
    [InlineData("using (locks.AcquireShared(ns)) { store.Backup(ns); }")]
    [InlineData("using (var guard = locks.AcquireShared(ns)) store.Backup(ns);")]
    [InlineData("var guard = locks.AcquireShared(ns); using (guard) store.Backup(ns);")]
    [InlineData("await using var guard = await locks.AcquireSharedAsync(ns); store.Backup(ns);")]
    [InlineData("await using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
    [InlineData("await using (await locks.AcquireSharedAsync(ns)) store.Backup(ns);")]
    [InlineData("await using (var guard = await locks.AcquireSharedAsync(ns)) store.Backup(ns);")]
    [InlineData("using (await locks.AcquireSharedAsync(ns)) store.Backup(ns);")]
    [InlineData("await using var guard = await locks.AcquireSharedAsync(ns).ConfigureAwait(false); store.Backup(ns);")]
    [InlineData("var guard = await locks.AcquireSharedAsync(ns); await using (guard.ConfigureAwait(false)) store.Backup(ns);")]
    [InlineData("var guard = await locks.AcquireSharedAsync(ns); await using var scope = guard.ConfigureAwait(false); store.Backup(ns);")]
    public Task Inside_the_scope(string body) => Verify.BodyAsync(body);

    [Theory]
    [InlineData("using (locks.AcquireShared(ns)) { }")]
    [InlineData("using (var guard = locks.AcquireShared(ns)) { }")]
    [InlineData("using (IDisposable guard = locks.AcquireShared(ns)) { }")]
    [InlineData("var guard = locks.AcquireShared(ns); using (guard) { }")]
    [InlineData("{ using var guard = locks.AcquireShared(ns); }")]
    [InlineData("{ using var _ = locks.AcquireShared(ns); }")]
    [InlineData("await using (await locks.AcquireSharedAsync(ns)) { }")]
    [InlineData("await using (var guard = await locks.AcquireSharedAsync(ns)) { }")]
    [InlineData("{ await using var guard = await locks.AcquireSharedAsync(ns); }")]
    [InlineData("var guard = await locks.AcquireSharedAsync(ns); await using (guard.ConfigureAwait(false)) { }")]
    public Task After_the_scope(string scope) => Verify.BodyAsync(scope + " {|NSL1004:store.Backup(ns)|};");

    [Fact]
    public Task Two_guards_in_one_declaration() => Verify.BodyAsync(
        """
        using NamespaceLockGuard first = locks.AcquireExclusive(ns), second = locks.AcquireExclusive(ns2);
        store.Move(ns, ns2);
        """);

    [Fact]
    public Task Two_guards_in_one_statement() => Verify.BodyAsync(
        """
        using (NamespaceLockGuard first = locks.AcquireExclusive(ns), second = locks.AcquireExclusive(ns2))
            store.Move(ns, ns2);
        {|NSL1004:store.Move(ns, ns2)|};
        """);

    [Fact]
    public Task Stacked_statements() => Verify.BodyAsync(
        """
        using (locks.AcquireExclusive(ns))
        using (locks.AcquireExclusive(ns2))
            store.Move(ns, ns2);
        """);

    [Fact]
    public Task The_inner_scope_ends_first() => Verify.BodyAsync(
        """
        using (locks.AcquireExclusive(ns))
        {
            using (locks.AcquireExclusive(ns2))
                store.Delete(ns2);
            store.Delete(ns);
            {|NSL1004:store.Delete(ns2)|};
        }
        """);

    [Fact]
    public Task A_declaration_lives_to_the_end_of_its_block() => Verify.BodyAsync(
        """
        if (flag)
        {
            using var guard = locks.AcquireShared(ns);
            items.Clear();
            store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_declaration_in_a_switch_section_block() => Verify.BodyAsync(
        """
        switch (items.Count)
        {
            case 0:
            {
                using var guard = locks.AcquireShared(ns);
                store.Backup(ns);
                break;
            }
            default:
                {|NSL1001:store.Backup(ns)|};
                break;
        }
        """);

    [Fact]
    public Task A_return_inside_the_scope_still_holds() => Cases.MembersAsync(
        """
        int Count(BackupNamespace ns)
        {
            using (_locks.AcquireShared(ns))
                return _store.Count(ns);
        }
        """);

    [Fact]
    public Task The_resource_of_another_disposable_between() => Verify.BodyAsync(
        """
        using var stream = new System.IO.MemoryStream();
        using var guard = locks.AcquireShared(ns);
        using var more = new System.IO.MemoryStream();
        store.Backup(ns);
        """);

    [Fact]
    public Task Another_disposable_is_no_guard() => Verify.BodyAsync(
        """
        using var stream = new System.IO.MemoryStream();
        {|NSL1001:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_scope_that_was_released_early() => Verify.BodyAsync(
        """
        using (var guard = locks.AcquireShared(ns))
        {
            store.Backup(ns);
            guard.Dispose();
            {|NSL1004:store.Backup(ns)|};
        }
        """);
}
