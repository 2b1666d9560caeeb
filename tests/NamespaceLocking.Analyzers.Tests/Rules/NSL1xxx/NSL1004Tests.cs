using Microsoft.CodeAnalysis.Testing;

namespace NamespaceLocking.Analyzers.Tests.Rules.NSL1xxx;

/// <summary>The guard was released before the operation.</summary>
public class NSL1004Tests
{
    private const string Consumer =
        """
        static class Consumer
        {
            public static void Consume([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

            public static void Look(NamespaceLockGuard guard) { }
        }
        """;

    public class Flagged
    {
        [Theory]
        [InlineData("using (locks.AcquireShared(ns)) { } {|NSL1004:store.Backup(ns)|};")]
        [InlineData("using (var guard = locks.AcquireShared(ns)) { store.Backup(ns); } {|NSL1004:store.Backup(ns)|};")]
        [InlineData("{ using var guard = locks.AcquireShared(ns); } {|NSL1004:store.Backup(ns)|};")]
        [InlineData("await using (await locks.AcquireSharedAsync(ns)) { } {|NSL1004:store.Backup(ns)|};")]
        [InlineData("{ await using var guard = await locks.AcquireSharedAsync(ns); } await {|NSL1004:store.BackupAsync(ns)|};")]
        [InlineData("using (locks.AcquireExclusive(ns)) { } {|NSL1004:store.Delete(ns)|};")]
        public Task After_the_end_of_using(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("var guard = locks.AcquireShared(ns); guard.Dispose();")]
        [InlineData("using var guard = locks.AcquireShared(ns); guard.Dispose();")]
        [InlineData("var guard = await locks.AcquireSharedAsync(ns); await guard.DisposeAsync();")]
        [InlineData("using var guard = locks.AcquireShared(ns); await guard.DisposeAsync().ConfigureAwait(false);")]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns); guard.Dispose();")]
        [InlineData("locks.AcquireShared(ns).Dispose();")]
        public Task After_Dispose(string release) => Verify.BodyAsync(release + " {|NSL1004:store.Backup(ns)|};");

        [Fact]
        public Task After_a_finally_that_disposes() => Verify.BodyAsync(
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
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task Later_in_the_finally_that_disposes() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
            }
            finally
            {
                guard.Dispose();
                {|NSL1004:store.Backup(ns)|};
            }
            """);

        [Fact]
        public Task Released_on_one_path() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            if (flag)
                guard.Dispose();
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task Released_at_the_end_of_a_round() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            foreach (var item in items)
            {
                {|NSL1004:store.Backup(ns)|};
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Released_through_another_variable() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            var same = guard;
            same.Dispose();
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task Released_under_a_null_test() => Verify.BodyAsync(
            """
            if (locks.TryAcquireShared(ns) is { } guard)
            {
                using (guard)
                    store.Backup(ns);
                {|NSL1004:store.Backup(ns)|};
            }
            """);

        [Fact]
        public Task Given_to_a_callee_that_takes_ownership() => Cases.BodyAsync(
            Consumer,
            """
            var guard = locks.AcquireShared(ns);
            Consumer.Consume(guard);
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task Disposed_with_the_composite_that_owns_it() => Cases.BodyAsync(
            Cases.Wrapper,
            """
            using (var wrapper = new Wrapper(locks.AcquireShared(ns)))
                store.Backup(ns);
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task A_guard_above_was_released() => Verify.BodyAsync(
            """
            using (locks.AcquireExclusive(ns))
                store.Delete(ns.Child("a"));
            {|NSL1004:store.Delete(ns.Child("a"))|};
            """);

        [Fact]
        public Task Released_while_another_namespace_stays_locked() => Verify.BodyAsync(
            """
            using var second = locks.AcquireShared(ns2);
            using (locks.AcquireShared(ns))
                store.Backup(ns);
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task The_exclusive_guard_was_released_and_a_shared_one_is_held() => Verify.BodyAsync(
            """
            using (locks.AcquireExclusive(ns))
                store.Delete(ns);
            using var guard = locks.AcquireShared(ns);
            {|NSL1004:store.Delete(ns)|};
            """);

        [Fact]
        public Task One_of_the_two_guards_of_a_move() => Verify.BodyAsync(
            """
            using var first = locks.AcquireExclusive(ns);
            using var second = locks.AcquireExclusive(ns2);
            second.Dispose();
            {|NSL1004:store.Move(ns, ns2)|};
            """);

        [Fact]
        public Task In_a_lambda_that_runs_after_the_release() => Verify.BodyAsync(
            """
            using (locks.AcquireShared(ns))
                store.Backup(ns);
            items.ForEach(_ => {|NSL1004:store.Backup(ns)|});
            """);

        [Fact]
        public Task In_a_local_function_called_after_the_release() => Verify.BodyAsync(
            """
            using (locks.AcquireShared(ns))
                store.Backup(ns);
            Later();
            void Later() => {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task In_the_argument_of_a_call_after_the_release() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            guard.Dispose();
            items.Add({|NSL1004:store.Count(ns)|});
            """);

        [Fact]
        public Task A_guard_of_a_loop_s_round() => Verify.BodyAsync(
            """
            do
            {
                using var guard = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            while ({|NSL1004:store.Count(ns)|} > 0);
            """);

        [Fact]
        public Task Left_by_goto() => Verify.BodyAsync(
            """
            using (locks.AcquireShared(ns))
            {
                if (flag)
                    goto done;
                store.Backup(ns);
            }
            return;
            done:
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public Task Left_by_break() => Verify.BodyAsync(
            """
            while (true)
            {
                using var guard = locks.AcquireShared(ns);
                if (store.Count(ns) == 0)
                    break;
            }
            {|NSL1004:store.Backup(ns)|};
            """);

        [Fact]
        public async Task The_release_is_an_additional_location()
        {
            var test = new Verify.Test
            {
                TestCode =
                    """
                    using NamespaceLocking;

                    class C
                    {
                        void M(Datastore store, NamespaceLockManager locks, BackupNamespace ns)
                        {
                            var guard = locks.AcquireShared(ns);
                            {|#1:guard.Dispose()|};
                            {|#0:store.Backup(ns)|};
                        }
                    }
                    """,
            };
            test.ExpectedDiagnostics.Add(DiagnosticResult.CompilerWarning("NSL1004").WithLocation(0).WithLocation(1));
            await test.RunAsync();
        }
    }

    public class Clean
    {
        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns); guard.Dispose();")]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns); guard.Dispose(); guard.Dispose();")]
        [InlineData("using (locks.AcquireShared(ns)) { store.Backup(ns); } items.Clear();")]
        [InlineData("using (locks.AcquireShared(ns)) { } using (locks.AcquireShared(ns)) { store.Backup(ns); }")]
        [InlineData("locks.AcquireShared(ns).Dispose(); items.Clear();")]
        public Task Nothing_that_needs_the_guard_follows_the_release(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Acquired_again_in_the_same_variable() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            guard.Dispose();
            guard = locks.AcquireShared(ns);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task A_path_that_releases_and_leaves() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            if (flag)
            {
                guard.Dispose();
                return;
            }
            store.Backup(ns);
            """);

        [Fact]
        public Task A_path_that_releases_and_throws() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            if (flag)
            {
                guard.Dispose();
                throw new InvalidOperationException();
            }
            store.Backup(ns);
            """);

        [Fact]
        public Task A_path_that_releases_and_acquires_again() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            if (flag)
            {
                guard.Dispose();
                guard = locks.AcquireExclusive(ns);
            }
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Another_guard_was_released() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            using (locks.AcquireShared(ns2))
                store.Backup(ns2);
            store.Backup(ns);
            """);

        [Fact]
        public Task One_of_two_shared_guards_on_the_namespace_was_released() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            using (locks.AcquireShared(ns))
                store.Backup(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task A_guard_that_was_only_lent() => Cases.BodyAsync(
            Consumer,
            """
            using var guard = locks.AcquireShared(ns);
            Consumer.Look(guard);
            store.Backup(ns);
            """);

        [Fact]
        public Task The_finally_that_disposes_works_first() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                items.Clear();
            }
            finally
            {
                try
                {
                    store.Backup(ns);
                }
                finally
                {
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task The_catch_of_a_try_inside_using() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            try
            {
                await Task.Delay(1, token);
            }
            catch (OperationCanceledException)
            {
                store.Backup(ns);
            }
            """);

        [Fact]
        public Task Released_and_left_at_the_end_of_a_round() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            while (true)
            {
                store.Backup(ns);
                if (flag)
                {
                    guard.Dispose();
                    break;
                }
            }
            """);

        [Fact]
        public Task A_result_read_under_the_guard_and_used_after_it() => Verify.BodyAsync(
            """
            int count;
            using (locks.AcquireShared(ns))
                count = store.Count(ns);
            items.Add(count);
            """);

        [Fact]
        public Task An_argument_is_evaluated_before_the_release() => Cases.BodyAsync(
            Consumer,
            """
            using var guard = locks.AcquireShared(ns);
            items.Add(store.Count(ns));
            guard.Dispose();
            items.Clear();
            """);

        [Fact]
        public Task Held_across_awaits() => Verify.BodyAsync(
            """
            await using var guard = await locks.AcquireSharedAsync(ns);
            await Task.Delay(1, token);
            await store.BackupAsync(ns);
            await Task.Yield();
            store.Backup(ns);
            """);

        [Fact]
        public Task Held_until_the_composite_is_disposed() => Cases.BodyAsync(
            Cases.Wrapper,
            """
            using var wrapper = new Wrapper(locks.AcquireShared(ns));
            store.Backup(ns);
            items.Clear();
            store.Backup(ns);
            """);

        [Fact]
        public Task A_released_guard_of_another_round() => Verify.BodyAsync(
            """
            foreach (var item in items)
            {
                using var guard = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            using var last = locks.AcquireShared(ns);
            store.Backup(ns);
            """);
    }
}
