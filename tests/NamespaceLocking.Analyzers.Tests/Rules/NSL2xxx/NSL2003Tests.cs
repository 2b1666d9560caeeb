namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>The guard is disposed on some paths only.</summary>
public static class NSL2003Tests
{
    /// <summary>A loop that does nothing that could throw stands before the release.</summary>
    private static Task LoopAsync(string parameter, string acquisition) => Verify.SourceAsync(
        $$"""
        class C
        {
            void M(NamespaceLockManager locks, BackupNamespace ns, {{parameter}})
            {
                var guard = {{acquisition}};
                var count = 0;
                foreach (var one in all)
                    count++;
                guard.Dispose();
            }
        }
        """);

    public class Flagged
    {
        [Theory]
        [InlineData("store.Backup(ns);")]
        [InlineData("await store.BackupAsync(ns);")]
        [InlineData("await Task.Yield();")]
        [InlineData("items.Clear();")]
        [InlineData("var more = new List<int>();")]
        [InlineData("guard.ThrowIfNotShared(ns);")]
        public Task Something_that_may_throw_before_the_release(string statement) => Verify.BodyAsync(
            $$"""
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            {{statement}}
            guard.Dispose();
            """);

        [Theory]
        [InlineData("List<int> all")]
        [InlineData("IEnumerable<int> all")]
        public Task Loop_over_what_is_called_for_each_item(string parameter) => LoopAsync(parameter, "{|NSL2003:locks.AcquireShared(ns)|}");

        [Theory]
        [InlineData("if (flag) return;")]
        [InlineData("if (flag) throw new InvalidOperationException();")]
        [InlineData("if (items.Count == 0) return;")]
        public Task Early_exit_before_the_release(string statement) => Verify.BodyAsync(
            $$"""
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            {{statement}}
            guard.Dispose();
            """);

        [Fact]
        public Task Acquired_asynchronously() => Verify.BodyAsync(
            """
            var guard = await {|NSL2003:locks.AcquireSharedAsync(ns)|};
            await store.BackupAsync(ns);
            await guard.DisposeAsync();
            """);

        [Fact]
        public Task Disposed_in_one_branch() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            if (flag)
                guard.Dispose();
            """);

        [Fact]
        public Task Disposed_in_one_section_of_a_switch() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            switch (items.Count)
            {
                case 0:
                    guard.Dispose();
                    break;
                case 1:
                    break;
                default:
                    guard.Dispose();
                    break;
            }
            """);

        [Theory]
        [InlineData("continue")]
        [InlineData("break")]
        public Task Left_with_a_jump_out_of_the_round(string jump) => Verify.BodyAsync(
            $$"""
            foreach (var item in items)
            {
                var guard = {|NSL2003:locks.AcquireShared(ns)|};
                if (item == 0)
                    {{jump}};
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Disposed_in_a_loop_that_may_have_no_round() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            foreach (var item in items)
                guard.Dispose();
            """);

        [Fact]
        public Task Disposed_on_failure_only() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            try
            {
                store.Backup(ns);
            }
            catch
            {
                guard.Dispose();
                throw;
            }
            """);

        [Fact]
        public Task Disposed_in_the_try_block_only() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            try
            {
                store.Backup(ns);
                guard.Dispose();
            }
            catch (InvalidOperationException)
            {
            }
            """);

        [Fact]
        public Task Only_one_kind_of_exception_is_caught() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            try
            {
                store.Backup(ns);
            }
            catch (InvalidOperationException)
            {
                guard.Dispose();
                throw;
            }
            guard.Dispose();
            """);

        [Fact]
        public Task Catch_with_a_filter() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            try
            {
                store.Backup(ns);
            }
            catch (Exception) when (flag)
            {
            }
            guard.Dispose();
            """);

        [Fact]
        public Task Call_between_the_acquisition_and_the_try() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            items.Clear();
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
        public Task Call_between_the_acquisition_and_the_using() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            items.Clear();
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Second_acquisition_before_the_try() => Verify.BodyAsync(
            """
            var guard = {|NSL2003:locks.AcquireShared(ns)|};
            var guard2 = locks.AcquireShared(ns2);
            try
            {
                store.Backup(ns);
            }
            finally
            {
                guard2.Dispose();
                guard.Dispose();
            }
            """);

        [Theory]
        [InlineData("var guard = {|NSL2003:locks.TryAcquireShared(ns)|}; if (guard is null) return; store.Backup(ns); guard.Dispose();")]
        [InlineData("if ({|NSL2003:locks.TryAcquireShared(ns)|} is { } guard) { store.Backup(ns); guard.Dispose(); }")]
        [InlineData("var guard = {|NSL2003:locks.TryAcquireShared(ns)|}; if (guard != null && flag) guard.Dispose();")]
        public Task Tested_Try(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Returned_after_a_call_that_may_throw() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    var guard = {|NSL2003:locks.AcquireShared(ns)|};
                    store.Backup(ns);
                    return guard;
                }
            }
            """);

        [Theory]
        [InlineData("try { return {|NSL2003:_locks.AcquireShared(ns)|}; } finally { Console.WriteLine(); }")]
        [InlineData("var guard = {|NSL2003:_locks.AcquireShared(ns)|}; try { return guard; } finally { Console.WriteLine(); }")]
        [InlineData("var guard = {|NSL2003:_locks.AcquireShared(ns)|}; try { return guard; } catch { guard.Dispose(); throw; } finally { Console.WriteLine(); }")]
        public Task Returned_before_a_finally_that_may_throw(string body) => Cases.MembersAsync($"NamespaceLockGuard M(BackupNamespace ns) {{ {body} }}");

        [Fact]
        public Task Returned_on_one_path_only() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard? Lock(BackupNamespace ns, bool flag)
                {
                    var guard = {|NSL2003:locks.AcquireShared(ns)|};
                    if (flag)
                        return null;
                    return guard;
                }
            }
            """);

        [Fact]
        public Task Given_away_on_one_path_only() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns, bool flag)
                {
                    var guard = {|NSL2003:locks.AcquireShared(ns)|};
                    if (flag)
                        Release(guard);
                }
            }
            """);

        [Fact]
        public Task Stored_in_a_field_after_a_call_that_may_throw() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                public Session(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
                {
                    var guard = {|NSL2003:locks.AcquireShared(ns)|};
                    store.Backup(ns);
                    _guard = guard;
                }

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Out_argument() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private bool TryLock(BackupNamespace ns, out NamespaceLockGuard? guard)
                {
                    guard = locks.TryAcquireShared(ns);
                    return guard is not null;
                }

                void M(BackupNamespace ns)
                {
                    if (!{|NSL2003:TryLock(ns, out var guard)|})
                        return;
                    store.Backup(ns);
                    guard!.Dispose();
                }
            }
            """);

        [Fact]
        public Task Deconstructed_guard() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var (guard, count) = {|NSL2003:Lock(ns)|};
                    store.Backup(ns);
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Guard_without_a_namespace() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                void M()
                {
                    var snapshot = {|NSL2003:new Snapshot()|};
                    Console.WriteLine();
                    snapshot.Dispose();
                }
            }
            """);

        [Fact]
        public Task Iterator() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                IEnumerable<int> M(BackupNamespace ns)
                {
                    var guard = {|NSL2003:locks.AcquireShared(ns)|};
                    yield return store.Count(ns);
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Lambda_body() => Verify.BodyAsync(
            """
            Func<Task> later = async () =>
            {
                var guard = {|NSL2003:locks.AcquireShared(ns)|};
                await store.BackupAsync(ns);
                guard.Dispose();
            };
            await later();
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            Run();

            void Run()
            {
                var guard = {|NSL2003:locks.AcquireShared(ns)|};
                if (flag)
                    return;
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            var guard = {|NSL2003:locks.AcquireShared(BackupNamespace.Root)|};
            Console.WriteLine();
            guard.Dispose();
            """);

        [Fact]
        public Task Call_after_an_object_initializer() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Named(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = locks.AcquireShared(ns);

                public string Name { get; set; } = "";

                public void Dispose() => _guard.Dispose();
            }

            class C
            {
                static string Make(string name) => name + name;

                void M(NamespaceLockManager locks, BackupNamespace ns)
                {
                    var named = {|NSL2003:new Named(locks, ns) { Name = Make("a") }|};
                    Make("b");
                    named.Dispose();
                }
            }
            """);
    }

    public class Clean
    {
        [Fact]
        public Task Object_initializer_that_may_throw_before_the_guard_is_in_its_using() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Named(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = locks.AcquireShared(ns);

                public string Name { get; set; } = "";

                public List<object> Tags { get; } = [];

                public void Dispose() => _guard.Dispose();
            }

            class C
            {
                static string Make(string name) => name + name;

                void M(NamespaceLockManager locks, BackupNamespace ns, string name)
                {
                    using var scoped = new Named(locks, ns) { Name = name is null ? Make("a") : Make(name), Tags = { new object(), new List<int> { 1 } } };
                    using (var named = new Named(locks, ns) { Name = Make("b") })
                    {
                        Console.WriteLine(named);
                    }
                }
            }
            """);

        [Theory]
        [InlineData("")]
        [InlineData("var mode = guard.Mode;")]
        [InlineData("var name = guard.Namespace;")]
        [InlineData("var count = items.Count;")]
        [InlineData("var count = 0; count++;")]
        [InlineData("if (guard is null) return;")]
        [InlineData("var same = guard;")]
        public Task Nothing_that_may_throw_before_the_release(string statement) => Verify.BodyAsync(
            $$"""
            var guard = locks.AcquireShared(ns);
            {{statement}}
            guard.Dispose();
            """);

        [Theory]
        [InlineData("int[] all")]
        [InlineData("int[,] all")]
        [InlineData("string all")]
        [InlineData("Span<int> all")]
        [InlineData("ReadOnlySpan<string> all")]
        public Task Loop_without_a_call(string parameter) => LoopAsync(parameter, "locks.AcquireShared(ns)");

        [Theory]
        [InlineData("await disposable.DisposeAsync();")]
        [InlineData("await disposable.DisposeAsync().ConfigureAwait(false);")]
        public Task Something_else_disposed_asynchronously(string statement) => Verify.SourceAsync(
            $$"""
            class C
            {
                async Task M(NamespaceLockManager locks, BackupNamespace ns, IAsyncDisposable disposable)
                {
                    var guard = locks.AcquireShared(ns);
                    {{statement}}
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Released_before_the_throw() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            guard.Dispose();
            if (flag)
                throw new InvalidOperationException();
            items.Clear();
            """);

        [Fact]
        public Task Early_exit_before_the_acquisition() => Verify.BodyAsync(
            """
            if (flag)
                return;
            using var guard = locks.AcquireShared(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task Early_exits_inside_a_using() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            if (flag)
                return;
            store.Backup(ns);
            if (items.Count == 0)
                throw new InvalidOperationException();
            store.Backup(ns);
            """);

        [Fact]
        public Task Return_inside_a_try_with_finally() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                if (flag)
                    return;
                store.Backup(ns);
            }
            finally
            {
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Each_branch_disposes() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            if (flag)
                guard.Dispose();
            else
                await guard.DisposeAsync();
            """);

        [Fact]
        public Task Each_section_of_a_switch_disposes() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            switch (items.Count)
            {
                case 0:
                    guard.Dispose();
                    return;
                default:
                    guard.Dispose();
                    break;
            }
            """);

        [Theory]
        [InlineData("continue")]
        [InlineData("break")]
        public Task Jump_out_of_a_using_in_a_loop(string jump) => Verify.BodyAsync(
            $$"""
            foreach (var item in items)
            {
                using var guard = locks.AcquireShared(ns);
                if (item == 0)
                    {{jump}};
                store.Backup(ns);
            }
            """);

        [Fact]
        public Task Every_exception_is_caught_before_the_release() => Verify.BodyAsync(
            """
            var failed = false;
            var guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
            }
            catch
            {
                failed = true;
            }
            guard.Dispose();
            """);

        [Fact]
        public Task Disposed_on_failure_and_returned_on_success() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    try
                    {
                        store.Backup(ns);
                        return guard;
                    }
                    catch
                    {
                        guard.Dispose();
                        throw;
                    }
                }
            }
            """);

        [Theory]
        [InlineData("lock (_locks) return _locks.AcquireShared(ns);")]
        [InlineData("gate.Wait(); try { return _locks.AcquireShared(ns); } finally { gate.Release(); }")]
        [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); try { return _locks.AcquireShared(ns); } finally { watch.Stop(); }")]
        [InlineData("var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(1); try { return _locks.AcquireShared(ns); } finally { System.Buffers.ArrayPool<byte>.Shared.Return(buffer); }")]
        [InlineData("using (stream) return _locks.AcquireShared(ns);")]
        [InlineData("await using (stream) return await _locks.AcquireSharedAsync(ns);")]
        [InlineData("foreach (var one in all) { if (one > 0) return await _locks.AcquireSharedAsync(ns); } throw new InvalidOperationException();")]
        public Task Returned_before_a_finally_that_gives_something_back(string body) => Cases.MembersAsync(
            $"async Task<NamespaceLockGuard> M(BackupNamespace ns, SemaphoreSlim gate, System.IO.Stream stream, IEnumerable<int> all) {{ await Task.Yield(); {body} }}");

        [Fact]
        public Task Disposed_in_finally_unless_it_was_handed_out() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    var done = false;
                    var guard = locks.AcquireShared(ns);
                    try
                    {
                        store.Backup(ns);
                        done = true;
                        return guard;
                    }
                    finally
                    {
                        if (!done)
                            guard.Dispose();
                    }
                }
            }
            """);

        [Fact]
        public Task Second_acquisition_inside_the_try() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                var guard2 = locks.AcquireShared(ns2);
                try
                {
                    store.Backup(ns);
                    store.Backup(ns2);
                }
                finally
                {
                    guard2.Dispose();
                }
            }
            finally
            {
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Both_acquired_inside_one_try() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null, guard2 = null;
            try
            {
                guard = locks.AcquireShared(ns);
                guard2 = locks.AcquireShared(ns2);
                store.Backup(ns);
            }
            finally
            {
                guard2?.Dispose();
                guard?.Dispose();
            }
            """);

        [Fact]
        public Task Finally_around_a_catch() => Verify.BodyAsync(
            """
            var guard = await locks.AcquireSharedAsync(ns);
            try
            {
                await store.BackupAsync(ns);
            }
            catch (InvalidOperationException)
            {
                items.Clear();
            }
            finally
            {
                await guard.DisposeAsync();
            }
            """);

        [Theory]
        [InlineData("if (guard is null) return;")]
        [InlineData("if (guard == null) throw new InvalidOperationException();")]
        [InlineData("ArgumentNullException.ThrowIfNull(guard);")]
        public Task Exit_where_the_Try_failed(string test) => Verify.BodyAsync(
            $$"""
            var guard = locks.TryAcquireShared(ns);
            {{test}}
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Call_that_does_not_return_where_the_Try_failed() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                [System.Diagnostics.CodeAnalysis.DoesNotReturn]
                static void Fail() => throw new InvalidOperationException();

                void M(BackupNamespace ns)
                {
                    var guard = locks.TryAcquireShared(ns);
                    if (guard is null)
                        Fail();
                    using (guard)
                        store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Retry_until_it_is_granted() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard;
            while ((guard = locks.TryAcquireShared(ns)) is null)
                await Task.Delay(10, token);
            using (guard)
                store.Backup(ns);
            """);

        [Fact]
        public Task Null_test_around_the_release() => Verify.BodyAsync(
            """
            var guard = locks.TryAcquireShared(ns);
            if (guard is not null)
                guard.Dispose();
            """);

        [Fact]
        public Task Given_away_at_once_on_each_path() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns, bool flag)
                {
                    var guard = locks.AcquireShared(ns);
                    if (flag)
                        Release(guard);
                    else
                        guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Taken_over_by_a_constructor() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                public void Dispose() => _guard.Dispose();
            }

            class C(NamespaceLockManager locks)
            {
                private Session Open(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    return new Session(guard);
                }
            }
            """);

        [Theory]
        [InlineData("Task<NamespaceLockGuard>", "Task.FromResult(guard)")]
        [InlineData("ValueTask<NamespaceLockGuard>", "new ValueTask<NamespaceLockGuard>(guard)")]
        public Task Returned_in_a_completed_task(string type, string result) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private {{type}} LockAsync(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    return {{result}};
                }
            }
            """);

        [Fact]
        public Task Stored_in_a_field_at_once() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                public Session(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
                {
                    _guard = locks.AcquireShared(ns);
                }

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Disposed_twice() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            store.Backup(ns);
            if (flag)
                guard.Dispose();
            """);

        [Fact]
        public Task Lambda_with_try_and_finally() => Verify.BodyAsync(
            """
            Func<Task> later = async () =>
            {
                var guard = await locks.AcquireSharedAsync(ns);
                try
                {
                    await store.BackupAsync(ns);
                }
                finally
                {
                    guard.Dispose();
                }
            };
            await later();
            """);

        [Fact]
        public Task Dispose_of_something_else_does_not_throw() => Verify.BodyAsync(
            """
            using var first = locks.AcquireShared(ns2);
            var guard = locks.AcquireShared(ns);
            first.Dispose();
            guard.Dispose();
            """);

        [Fact]
        public Task Condition_that_only_reads() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            var rounds = 0;
            if (guard.IsHeld && !token.IsCancellationRequested)
                rounds = items.Count;
            guard.Dispose();
            """);
    }
}
