namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>One mistake, one diagnostic: the most telling of NSL1001 to NSL1005 where several fit.</summary>
public class PrioritiesTests
{
    [Fact]
    public Task Released_comes_before_shared() => Verify.BodyAsync(
        """
        using var shared = locks.AcquireShared(ns2);
        using (locks.AcquireExclusive(ns))
            store.Delete(ns);
        {|NSL1004:store.Move(ns, ns2)|};
        """);

    [Fact]
    public Task Released_comes_before_not_tested() => Verify.BodyAsync(
        """
        using var untested = locks.TryAcquireExclusive(ns2);
        using (locks.AcquireExclusive(ns))
            store.Delete(ns);
        {|NSL1004:store.Move(ns, ns2)|};
        """);

    [Fact]
    public Task Released_comes_before_another_namespace() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns2);
        using (locks.AcquireShared(ns))
            store.Backup(ns);
        {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task Shared_comes_before_not_tested() => Verify.BodyAsync(
        """
        using var shared = locks.AcquireShared(ns);
        using var untested = locks.TryAcquireExclusive(ns2);
        {|NSL1002:store.Move(ns, ns2)|};
        """);

    [Fact]
    public Task Shared_comes_before_another_namespace() => Verify.BodyAsync(
        """
        using var shared = locks.AcquireShared(ns);
        {|NSL1002:store.Move(ns, ns2)|};
        """);

    [Fact]
    public Task Not_tested_comes_before_another_namespace() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns2);
        using var untested = locks.TryAcquireShared(ns);
        {|NSL1005:store.Backup(ns)|};
        """);

    [Fact]
    public Task Not_tested_comes_before_not_held_at_all() => Verify.BodyAsync(
        """
        using var untested = locks.TryAcquireExclusive(ns);
        {|NSL1005:store.Move(ns, ns2)|};
        """);

    [Fact]
    public Task Another_namespace_comes_before_none() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireExclusive(ns2.Child("a"));
        {|NSL1003:store.Delete(ns)|};
        """);

    [Fact]
    public Task Each_operation_has_a_reason_of_its_own() => Verify.BodyAsync(
        """
        {|NSL1001:store.Backup(ns)|};
        using (locks.AcquireShared(ns))
        {
            store.Backup(ns);
            {|NSL1002:store.Delete(ns)|};
            {|NSL1003:store.Backup(ns2)|};
        }
        {|NSL1004:store.Backup(ns)|};
        using var guard = locks.TryAcquireShared(ns2);
        {|NSL1005:store.Backup(ns2)|};
        """);
}
