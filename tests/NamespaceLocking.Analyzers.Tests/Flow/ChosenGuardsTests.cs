namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Which guard a variable has, and who disposes it, where paths meet.</summary>
public class ChosenGuardsTests
{
    [Fact]
    public Task Conditional_expressions() => Verify.SourceAsync(
        """
        class C(NamespaceLockManager locks)
        {
            static void Take([TakesOwnership] NamespaceLockGuard? guard) => guard?.Dispose();
            void Another(bool flag, BackupNamespace ns, BackupNamespace ns2)
            {
                var first = {|NSL2003:locks.AcquireShared(ns)|};
                var chosen = flag ? locks.AcquireShared(ns2) : first;
                chosen.Dispose();
            }

            void Same(bool flag, BackupNamespace ns)
            {
                var first = locks.AcquireShared(ns);
                var chosen = flag ? first : first;
                chosen.Dispose();
            }

            void Given(bool flag, BackupNamespace ns)
            {
                var first = {|NSL2003:locks.AcquireShared(ns)|};
                Take(flag ? first : null);
            }

            void AtOnce(bool flag, BackupNamespace ns)
            {
                (flag ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns)).Dispose();
            }
        }
        """);

    [Fact]
    public Task Switch_expressions() => Verify.SourceAsync(
        """
        class C(NamespaceLockManager locks)
        {
            static void Take([TakesOwnership] NamespaceLockGuard? guard) => guard?.Dispose();
            void Another(int size, BackupNamespace ns, BackupNamespace ns2)
            {
                var first = {|NSL2003:locks.AcquireShared(ns)|};
                var chosen = size switch
                {
                    3 => locks.AcquireShared(ns2),
                    _ => first
                };
                chosen.Dispose();
            }

            void Given(int size, BackupNamespace ns)
            {
                var first = {|NSL2003:locks.AcquireShared(ns)|};
                Take(size switch
                {
                    3 => first,
                    _ => null
                });
            }
        }
        """);

    [Fact]
    public Task One_of_two_is_disposed() => Verify.BodyAsync(
        """
        var first = {|NSL2003:locks.AcquireShared(ns)|};
        var second = {|NSL2003:locks.AcquireShared(ns2)|};
        var chosen = flag ? first : second;
        chosen.Dispose();
        """);

    [Fact]
    public Task A_guard_that_is_given_or_acquired_is_disposed_only_where_it_was_acquired() => Verify.SourceAsync(
        """
        class C(NamespaceLockManager locks)
        {
            void Tested(NamespaceLockGuard? given, BackupNamespace ns)
            {
                var guard = given ?? locks.AcquireShared(ns);
                try
                {
                    Console.WriteLine(guard.Mode);
                }
                finally
                {
                    if (given is null)
                        guard.Dispose();
                }
            }

            void Flagged(NamespaceLockGuard? given, BackupNamespace ns)
            {
                var own = given is null;
                var guard = given ?? locks.AcquireShared(ns);
                try
                {
                    Console.WriteLine(guard.Mode);
                }
                finally
                {
                    if (own)
                        guard.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task A_guard_that_is_given_or_acquired_is_disposed_anyway() => Cases.MembersAsync(
        """
        void M(NamespaceLockGuard? given, BackupNamespace ns)
        {
            var guard = given ?? _locks.AcquireShared(ns);
            {|NSL2006:guard.Dispose()|};
        }
        """);

    [Fact]
    public Task A_choice_in_a_loop() => Verify.BodyAsync(
        """
        NamespaceLockGuard? g = null;
        int i = 3;
        while (i > 0)
        {
            {|NSL2004:g = flag ? null : locks.AcquireShared(ns)|};
            i--;
        }

        g?.Dispose();
        """);

    [Fact]
    public Task One_branch_does_not_dispose() => Verify.BodyAsync(
        """
        var g = locks.AcquireShared(ns);
        if (flag)
        {
            g.Dispose();
            g = locks.AcquireShared(ns2);
        }
        else
        {
            {|NSL2004:g = locks.AcquireShared(ns2.Parent)|};
        }

        g.Dispose();
        """);

    [Fact]
    public Task Each_branch_disposes_before_it_acquires() => Verify.BodyAsync(
        """
        var g = locks.AcquireShared(ns);
        if (flag)
        {
            g.Dispose();
            g = locks.AcquireShared(ns2);
        }
        else
        {
            g.Dispose();
            g = locks.AcquireShared(ns2.Parent);
        }

        g.Dispose();
        """);

    [Fact]
    public Task A_guard_renewed_in_each_round() => Verify.SourceAsync(
        """
        class C(NamespaceLockManager locks)
        {
            void Last(BackupNamespace a, int k)
            {
                NamespaceLockGuard? g = null;
                for (int i = 1; i < k; i++)
                {
                    g?.Dispose();
                    g = locks.AcquireShared(a);
                }

                g?.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_guard_forgotten_in_each_round() => Verify.BodyAsync(
        """
        NamespaceLockGuard? g = null;
        try
        {
            while (items.Count > 0)
            {
                {|NSL2004:g = locks.AcquireShared(ns)|};
                items.RemoveAt(0);
            }
        }
        finally
        {
            g?.Dispose();
        }
        """);

    [Fact]
    public Task A_Try_result_matched_as_held() => Verify.BodyAsync(
        """
        if (locks.TryAcquireShared(ns)is { IsHeld: true } guard)
        {
            using (guard)
                store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_Try_result_in_a_switch() => Verify.BodyAsync(
        """
        switch (locks.TryAcquireShared(ns))
        {
            case { } g:
                using (g)
                    store.Backup(ns);
                break;
            default:
                return;
        }
        """);

    [Fact]
    public Task Matched_as_disposable() => Verify.BodyAsync(
        """
        object guard = locks.AcquireShared(ns);
        if (guard is IDisposable disposable)
            disposable.Dispose();
        """);

    [Fact]
    public Task Converted_to_disposable() => Verify.BodyAsync(
        """
        var g = locks.AcquireShared(ns);
        (g as IDisposable)?.Dispose();
        """);

    [Fact]
    public Task A_jump_past_the_release() => Verify.BodyAsync(
        """
        var g = {|NSL2003:locks.AcquireShared(ns)|};
        if (flag)
            goto end;
        g.Dispose();
        end:
            items.Clear();
        """);

    [Fact]
    public Task A_jump_to_another_section() => Verify.BodyAsync(
        """
        var g = locks.AcquireShared(ns);
        switch (flag)
        {
            case true:
                goto case false;
            case false:
                g.Dispose();
                break;
        }
        """);

    [Fact]
    public Task A_section_with_a_condition() => Verify.BodyAsync(
        """
        var g = {|NSL2003:locks.AcquireShared(ns)|};
        switch (items.Count)
        {
            case 0 when flag:
                g.Dispose();
                return;
            case 0:
                return;
            default:
                g.Dispose();
                break;
        }
        """);

    [Fact]
    public Task Asked_again_after_a_refusal() => Verify.BodyAsync(
        """
        for (var i = 0;; i++)
        {
            try
            {
                using var g = locks.AcquireShared(ns);
                store.Backup(ns);
                break;
            }
            catch (NamespaceLockedException)when (i < 3)
            {
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Under_a_monitor() => Verify.BodyAsync(
        """
        lock (items)
        {
            var g = {|NSL2003:locks.AcquireShared(ns)|};
            store.Backup(ns);
            g.Dispose();
        }
        """);
}
