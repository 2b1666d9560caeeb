namespace NamespaceLocking.Analyzers.Tests.Rules.NSL1xxx;

/// <summary>A guard is held on some paths to the operation only: not taken on one, or null not tested.</summary>
public class NSL1005Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("using var guard = locks.TryAcquireShared(ns); {|NSL1005:store.Backup(ns)|};")]
        [InlineData("using var guard = locks.TryAcquireExclusive(ns); {|NSL1005:store.Delete(ns)|};")]
        [InlineData("using (locks.TryAcquireShared(ns)) {|NSL1005:store.Backup(ns)|};")]
        [InlineData("using (var guard = locks.TryAcquireShared(ns)) { {|NSL1005:store.Backup(ns)|}; }")]
        [InlineData("using var guard = await locks.TryAcquireSharedAsync(ns); await {|NSL1005:store.BackupAsync(ns)|};")]
        [InlineData("await using var guard = await locks.TryAcquireExclusiveAsync(ns); {|NSL1005:store.Delete(ns)|};")]
        [InlineData("using var guard = locks.TryAcquireShared(ns, TimeSpan.FromSeconds(9)); {|NSL1005:store.Backup(ns)|};")]
        public Task A_Try_result_that_was_not_tested(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("using var guard = locks.TryAcquireShared(ns)!; {|NSL1005:store.Backup(ns)|};")]
        [InlineData("using var guard = locks.TryAcquireShared(ns); System.Diagnostics.Debug.Assert(guard is not null); {|NSL1005:store.Backup(ns)|};")]
        [InlineData("using var guard = locks.TryAcquireShared(ns); var held = guard is not null; {|NSL1005:store.Backup(ns)|};")]
        [InlineData("using var guard = locks.TryAcquireShared(ns); if (guard is null) items.Clear(); {|NSL1005:store.Backup(ns)|};")]
        [InlineData("using var guard = locks.TryAcquireShared(ns); if (guard is not null) items.Clear(); {|NSL1005:store.Backup(ns)|};")]
        public Task What_is_no_test(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("guard is null")]
        [InlineData("guard == null")]
        [InlineData("null == guard")]
        [InlineData("!(guard is not null)")]
        [InlineData("guard is null && flag")]
        public Task The_branch_where_the_Try_failed(string test) => Verify.BodyAsync(
            $$"""
            using var guard = locks.TryAcquireShared(ns);
            if ({{test}})
                {|NSL1005:store.Backup(ns)|};
            """);

        [Theory]
        [InlineData("guard is not null || flag")]
        [InlineData("flag || guard is not null")]
        [InlineData("guard is null || flag")]
        [InlineData("flag")]
        public Task A_condition_that_also_lets_null_through(string test) => Verify.BodyAsync(
            $$"""
            using var guard = locks.TryAcquireShared(ns);
            if ({{test}})
                {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task The_else_of_a_null_test() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns);
            if (guard is { } held)
                store.Backup(held.Namespace);
            else
                {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task Acquired_under_a_condition() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            if (flag)
                guard = locks.AcquireShared(ns);
            using (guard)
                {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task Null_on_one_side_of_a_conditional_expression() => Verify.BodyAsync(
            """
            using var guard = flag ? locks.AcquireShared(ns) : null;
            {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task Null_in_one_arm_of_a_switch_expression() => Verify.BodyAsync(
            """
            using var guard = items.Count switch
            {
                0 => null,
                1 => locks.AcquireShared(ns),
                _ => locks.AcquireExclusive(ns),
            };
            {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task An_acquisition_whose_failure_was_swallowed() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            try
            {
                guard = locks.AcquireShared(ns);
            }
            catch (NamespaceLockedException)
            {
            }
            using (guard)
                {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task One_case_of_a_switch_takes_none() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            switch (items.Count)
            {
                case 0:
                    guard = locks.AcquireShared(ns);
                    break;
                case 1:
                    guard = locks.AcquireExclusive(ns);
                    break;
            }
            using (guard)
                {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task The_test_of_another_variable() => Verify.BodyAsync(
            """
            using var first = locks.TryAcquireShared(ns);
            using var second = locks.TryAcquireShared(ns2);
            if (second is null)
                return;
            {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task One_of_two_guards_was_not_tested() => Verify.BodyAsync(
            """
            using var first = locks.TryAcquireExclusive(ns);
            using var second = locks.TryAcquireExclusive(ns2);
            if (first is null)
                return;
            {|NSL1005:store.Move(ns, ns2)|};
            """);

        [Fact]
        public Task A_bool_that_was_not_tested() => Cases.BodyAsync(
            Cases.Opener,
            """
            var opener = new Opener(locks);
            opener.TryOpen(ns, out var guard);
            using (guard)
                {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task After_the_branch_that_tested() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns);
            if (guard is not null)
                store.Backup(ns);
            {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task A_conditional_access_ends_before_the_operation() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns);
            var text = guard?.ToString();
            {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task A_coalescing_that_may_again_be_null() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns) ?? locks.TryAcquireShared(ns, TimeSpan.FromSeconds(5));
            {|NSL1005:store.Backup(ns)|};
            """);

        [Fact]
        public Task The_finally_of_a_try_that_acquires() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            try
            {
                guard = locks.AcquireShared(ns);
            }
            finally
            {
                using (guard)
                    {|NSL1005:store.Backup(ns)|};
            }
            """);

        [Fact]
        public Task A_loop_left_before_the_lock_was_granted() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard;
            while ((guard = locks.TryAcquireShared(ns)) is null)
            {
                if (flag)
                    break;
                await Task.Delay(10, token);
            }
            using (guard)
                {|NSL1005:store.Backup(ns)|};
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("if (guard is null) return;")]
        [InlineData("if (guard == null) throw new TimeoutException();")]
        [InlineData("if (guard is null || flag) return;")]
        [InlineData("ArgumentNullException.ThrowIfNull(guard);")]
        [InlineData("var failed = guard is null; if (failed) return;")]
        public Task A_failed_Try_leaves(string test) => Verify.BodyAsync(
            $$"""
            using var guard = locks.TryAcquireShared(ns);
            {{test}}
            store.Backup(ns);
            """);

        [Theory]
        [InlineData("guard is not null")]
        [InlineData("guard != null")]
        [InlineData("null != guard")]
        [InlineData("guard is { }")]
        [InlineData("flag && guard is not null")]
        [InlineData("guard is not null && flag")]
        [InlineData("!(guard is null)")]
        public Task The_branch_where_it_succeeded(string test) => Verify.BodyAsync(
            $$"""
            using var guard = locks.TryAcquireShared(ns);
            if ({{test}})
                store.Backup(ns);
            """);

        [Fact]
        public Task A_throw_where_it_is_null() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns) ?? throw new TimeoutException();
            store.Backup(ns);
            """);

        [Fact]
        public Task An_acquisition_that_throws_where_the_Try_failed() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns) ?? locks.AcquireShared(ns, TimeSpan.FromSeconds(5));
            store.Backup(ns);
            """);

        [Fact]
        public Task Both_branches_acquire() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            if (flag)
                guard = locks.AcquireShared(ns);
            else
                guard = locks.AcquireExclusive(ns);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task The_other_branch_leaves() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            if (flag)
                guard = locks.AcquireShared(ns);
            else
                return;
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task A_failed_acquisition_leaves() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            try
            {
                guard = locks.AcquireShared(ns);
            }
            catch (NamespaceLockedException)
            {
                return;
            }
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Waiting_in_a_loop_until_the_lock_is_granted() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard;
            while ((guard = locks.TryAcquireShared(ns)) is null)
                await Task.Delay(10, token);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Work_under_the_condition_under_which_the_guard_is_taken() => Verify.BodyAsync(
            """
            if (flag)
            {
                using var guard = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            """);

        [Fact]
        public Task A_tested_bool_with_an_out_guard() => Cases.BodyAsync(
            Cases.Opener,
            """
            var opener = new Opener(locks);
            if (!opener.TryOpen(ns, out var guard))
                return;
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Every_case_of_a_switch_acquires() => Verify.BodyAsync(
            """
            NamespaceLockGuard guard;
            switch (items.Count)
            {
                case 0:
                    guard = locks.AcquireShared(ns);
                    break;
                default:
                    guard = locks.AcquireExclusive(ns);
                    break;
            }
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Null_on_one_side_and_tested() => Verify.BodyAsync(
            """
            using var guard = flag ? locks.AcquireShared(ns) : null;
            if (guard is not null)
                store.Backup(ns);
            """);

        [Fact]
        public Task Both_Try_results_were_tested() => Verify.BodyAsync(
            """
            using var first = locks.TryAcquireExclusive(ns);
            using var second = locks.TryAcquireExclusive(ns2);
            if (first is null || second is null)
                return;
            store.Move(ns, ns2);
            """);

        [Fact]
        public Task A_certain_guard_beside_an_untested_one() => Verify.BodyAsync(
            """
            using var certain = locks.AcquireShared(ns);
            using var maybe = locks.TryAcquireShared(ns);
            store.Backup(ns);
            """);
    }
}
