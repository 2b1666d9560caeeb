using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1006WorkOutlivesGuardFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>Await it, or make it a list, before the guard ends.</summary>
public static class NSL1006Tests
{
    private const string Key = NSL1006WorkOutlivesGuardFix.FinishUnderGuardKey;

    private static Task MembersAsync(string members, string mended) => Verify.FixAsync(Key, InClass(members), InClass(mended));

    private static Task NoFixAsync(string members) => Verify.NoFixAsync(Key, InClass(members));

    private static string InClass(string members) =>
        $$"""
        class C(Store store)
        {
            private readonly Store _store = store;

        {{string.Join('\n', members.Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }
        """;

    public class Returned
    {
        [Fact]
        public Task Task_without_a_result() => MembersAsync(
            """
            /// <summary>Reads.</summary>
            public Task M(BackupNamespace ns) // Later.
            {
                using var guard = _store.Locks.AcquireShared(ns);
                // And out.
                return {|NSL1006:_store.ReadAsync(ns)|}; // There.
            }
            """,
            """
            /// <summary>Reads.</summary>
            public async Task M(BackupNamespace ns) // Later.
            {
                using var guard = _store.Locks.AcquireShared(ns);
                // And out.
                await _store.ReadAsync(ns); // There.
            }
            """);

        [Fact]
        public Task One_of_two_tasks() => MembersAsync(
            """
            Task M(BackupNamespace ns, bool flag)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                return {|NSL1006:flag ? _store.ReadAsync(ns) : Task.CompletedTask|};
            }
            """,
            """
            async Task M(BackupNamespace ns, bool flag)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                await (flag ? _store.ReadAsync(ns) : Task.CompletedTask);
            }
            """);

        [Fact]
        public Task Task_with_a_result() => MembersAsync(
            """
            Task<int> M(BackupNamespace ns)
            {
                using (_store.Locks.AcquireShared(ns))
                    return {|NSL1006:_store.CountAsync(ns)|};
            }
            """,
            """
            async Task<int> M(BackupNamespace ns)
            {
                using (_store.Locks.AcquireShared(ns))
                    return await _store.CountAsync(ns);
            }
            """);

        [Fact]
        public Task Value_task() => MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public static ValueTask<int> CountAsync(BackupNamespace ns) => default;

            public static ValueTask<int> M(Store store, BackupNamespace ns)
            {
                using var guard = store.Locks.AcquireShared(ns);
                return {|NSL1006:CountAsync(ns)|};
            }
            """,
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public static ValueTask<int> CountAsync(BackupNamespace ns) => default;

            public static async ValueTask<int> M(Store store, BackupNamespace ns)
            {
                using var guard = store.Locks.AcquireShared(ns);
                return await CountAsync(ns);
            }
            """);

        [Fact]
        public Task Guard_that_a_finally_disposes() => MembersAsync(
            """
            Task M(BackupNamespace ns)
            {
                var guard = _store.Locks.AcquireShared(ns);
                try
                {
                    return {|NSL1006:_store.ReadAsync(ns)|};
                }
                finally
                {
                    guard.Dispose();
                }
            }
            """,
            """
            async Task M(BackupNamespace ns)
            {
                var guard = _store.Locks.AcquireShared(ns);
                try
                {
                    await _store.ReadAsync(ns);
                }
                finally
                {
                    guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Other_ways_out_of_a_task_without_a_result() => MembersAsync(
            """
            Task M(BackupNamespace ns, int count)
            {
                if (count == 0)
                    return Task.CompletedTask; // Nothing to do.
                if (count == 1)
                    return Task.Delay(1);
                using var guard = _store.Locks.AcquireShared(ns);
                if (count == 2)
                {
                    // Read it.
                    return {|NSL1006:_store.ReadAsync(ns)|}; // All.
                }

                while (count-- > 3)
                    return {|NSL1006:_store.ReadAsync(ns)|};
                Func<Task> inner = () => { return Task.CompletedTask; };

                return Task.CompletedTask;
            }
            """,
            """
            async Task M(BackupNamespace ns, int count)
            {
                if (count == 0)
                    return; // Nothing to do.
                if (count == 1)
                {
                    await Task.Delay(1);
                    return;
                }
                using var guard = _store.Locks.AcquireShared(ns);
                if (count == 2)
                {
                    // Read it.
                    await _store.ReadAsync(ns); // All.
                    return;
                }

                while (count-- > 3)
                {
                    await _store.ReadAsync(ns);
                    return;
                }
                Func<Task> inner = () => { return Task.CompletedTask; };
            }
            """);

        [Fact]
        public Task Other_ways_out_of_a_task_with_a_result() => MembersAsync(
            """
            Task<int> M(BackupNamespace ns, int count)
            {
                switch (count)
                {
                    case 0:
                        return Task.FromResult(7);
                    case 1:
                        return Task.FromException<int>(new NotSupportedException());
                    default:
                        using (_store.Locks.AcquireShared(ns))
                            return {|NSL1006:_store.CountAsync(ns)|};
                }
            }
            """,
            """
            async Task<int> M(BackupNamespace ns, int count)
            {
                switch (count)
                {
                    case 0:
                        return 7;
                    case 1:
                        return await Task.FromException<int>(new NotSupportedException());
                    default:
                        using (_store.Locks.AcquireShared(ns))
                            return await _store.CountAsync(ns);
                }
            }
            """);

        [Fact]
        public Task Variable_and_several_at_once() => MembersAsync(
            """
            Task M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                var first = _store.ReadAsync(ns);
                var second = _store.ReadAsync(ns.Parent);
                return {|NSL1006:Task.WhenAll(first, second)|};
            }
            """,
            """
            async Task M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                var first = _store.ReadAsync(ns);
                var second = _store.ReadAsync(ns.Parent);
                await Task.WhenAll(first, second);
            }
            """);

        [Fact]
        public Task Lambda_and_local_function() => MembersAsync(
            """
            void M(BackupNamespace ns)
            {
                Func<Task<int>> first = () =>
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    return {|NSL1006:_store.CountAsync(ns)|};
                };
                Func<int, Task> second = delegate
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    return {|NSL1006:_store.ReadAsync(ns)|};
                };
                first();
                second(1);
                _ = Local();

                // Local.
                Task Local()
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    return {|NSL1006:_store.ReadAsync(ns)|};
                }
            }
            """,
            """
            void M(BackupNamespace ns)
            {
                Func<Task<int>> first = async () =>
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    return await _store.CountAsync(ns);
                };
                Func<int, Task> second = async delegate
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    await _store.ReadAsync(ns);
                };
                first();
                second(1);
                _ = Local();

                // Local.
                async Task Local()
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    await _store.ReadAsync(ns);
                }
            }
            """);

        [Fact]
        public Task Explicit_implementation_override_and_partial_member() => Verify.FixAsync(Key,
            """
            interface IJob
            {
                Task RunAsync(BackupNamespace ns);
            }

            abstract record Base
            {
                public abstract Task<int> CountAsync(BackupNamespace ns);
            }

            partial record Job(Store Store) : Base, IJob
            {
                Task IJob.RunAsync(BackupNamespace ns)
                {
                    using var guard = Store.Locks.AcquireShared(ns);
                    return {|NSL1006:Store.ReadAsync(ns)|};
                }

                public override Task<int> CountAsync(BackupNamespace ns)
                {
                    using var guard = Store.Locks.AcquireShared(ns);
                    return {|NSL1006:Store.CountAsync(ns)|};
                }

                public partial Task PartAsync(BackupNamespace ns);

                public partial Task PartAsync(BackupNamespace ns)
                {
                    using var guard = Store.Locks.AcquireShared(ns);
                    return {|NSL1006:Store.ReadAsync(ns)|};
                }
            }
            """,
            """
            interface IJob
            {
                Task RunAsync(BackupNamespace ns);
            }

            abstract record Base
            {
                public abstract Task<int> CountAsync(BackupNamespace ns);
            }

            partial record Job(Store Store) : Base, IJob
            {
                async Task IJob.RunAsync(BackupNamespace ns)
                {
                    using var guard = Store.Locks.AcquireShared(ns);
                    await Store.ReadAsync(ns);
                }

                public override async Task<int> CountAsync(BackupNamespace ns)
                {
                    using var guard = Store.Locks.AcquireShared(ns);
                    return await Store.CountAsync(ns);
                }

                public partial Task PartAsync(BackupNamespace ns);

                public async partial Task PartAsync(BackupNamespace ns)
                {
                    using var guard = Store.Locks.AcquireShared(ns);
                    await Store.ReadAsync(ns);
                }
            }
            """);

        [Theory]
        [InlineData("Task M(ref int count, BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); return {|NSL1006:_store.ReadAsync(ns)|}; }")]
        [InlineData("object M(BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); return {|NSL1006:_store.ReadAsync(ns)|}; }")]
        [InlineData("Task P { get { using var guard = _store.Locks.AcquireShared(BackupNamespace.Root); return {|NSL1006:_store.ReadAsync(BackupNamespace.Root)|}; } }")]
        [InlineData("Action M(BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); return {|NSL1006:() => _store.Read(ns)|}; }")]
        [InlineData("NamespaceLockGuard M(BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); return {|NSL1006:guard|}; }")]
        public Task Not_where_it_cannot_be_awaited(string member) => NoFixAsync(member);
    }

    public class Kept
    {
        [Fact]
        public Task Dropped_task() => Verify.AsyncBodyAsync(Key,
            """
            await Task.Yield();
            using (store.Locks.AcquireShared(ns))
            {
                // Not waited for.
                _ = {|NSL1006:store.CountAsync(ns)|}; // So far.
                _ = {|NSL1006:Task.Run(() => store.Read(ns))|};
            }
            """,
            """
            await Task.Yield();
            using (store.Locks.AcquireShared(ns))
            {
                // Not waited for.
                await store.CountAsync(ns); // So far.
                await Task.Run(() => store.Read(ns));
            }
            """);

        [Fact]
        public Task Dropped_where_the_function_returns_another_task() => MembersAsync(
            """
            Task M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                {|NSL1006:_store.ReadAsync(ns)|};

                return Task.CompletedTask;
            }
            """,
            """
            async Task M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                await _store.ReadAsync(ns);
            }
            """);

        [Fact]
        public Task Kept_in_a_field() => MembersAsync(
            """
            private Task? _running;

            async Task M(BackupNamespace ns)
            {
                await using var guard = await _store.Locks.AcquireSharedAsync(ns);
                {|NSL1006:_running = _store.ReadAsync(ns)|}; // For others.
            }
            """,
            """
            private Task? _running;

            async Task M(BackupNamespace ns)
            {
                await using var guard = await _store.Locks.AcquireSharedAsync(ns);
                await (_running = _store.ReadAsync(ns)); // For others.
            }
            """);

        [Fact]
        public Task Variable_that_nobody_reads() => Verify.AsyncBodyAsync(Key,
            """
            await Task.Yield();
            using var guard = store.Locks.AcquireShared(ns);
            var running = {|NSL1006:store.ReadAsync(ns)|};
            """,
            """
            await Task.Yield();
            using var guard = store.Locks.AcquireShared(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Variable_that_is_awaited_too_late() => Verify.AsyncBodyAsync(Key,
            """
            Task running;
            using (store.Locks.AcquireShared(ns))
            {
                running = {|NSL1006:store.ReadAsync(ns)|};
                store.Read(ns); // Meanwhile.
            }

            await running;
            """,
            """
            Task running;
            using (store.Locks.AcquireShared(ns))
            {
                running = store.ReadAsync(ns);
                store.Read(ns); // Meanwhile.
                await running;
            }

            await running;
            """);

        [Fact]
        public Task Tasks_in_a_collection() => MembersAsync(
            """
            async Task<int> M(BackupNamespace ns, int count)
            {
                await Task.Yield();
                var tasks = new List<Task>();
                using (_store.Locks.AcquireShared(ns))
                {
                    for (var i = 0; i < count; i++)
                    {
                        {|NSL1006:tasks.Add(_store.ReadAsync(ns))|};
                    }
                }

                return tasks.Count;
            }
            """,
            """
            async Task<int> M(BackupNamespace ns, int count)
            {
                await Task.Yield();
                var tasks = new List<Task>();
                using (_store.Locks.AcquireShared(ns))
                {
                    for (var i = 0; i < count; i++)
                    {
                        tasks.Add(_store.ReadAsync(ns));
                    }
                    await Task.WhenAll(tasks);
                }

                return tasks.Count;
            }
            """);

        [Fact]
        public Task Before_the_last_way_out() => MembersAsync(
            """
            async Task<int> M(BackupNamespace ns)
            {
                await Task.Yield();
                using var guard = _store.Locks.AcquireShared(ns);
                var running = {|NSL1006:_store.ReadAsync(ns)|};
                return running.Id;
            }
            """,
            """
            async Task<int> M(BackupNamespace ns)
            {
                await Task.Yield();
                using var guard = _store.Locks.AcquireShared(ns);
                var running = _store.ReadAsync(ns);
                await running;
                return running.Id;
            }
            """);

        [Theory]
        [InlineData("void M(BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); {|NSL1006:_store.ReadAsync(ns)|}; }")]
        [InlineData("int M(BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); var running = {|NSL1006:_store.CountAsync(ns)|}; return 1; }")]
        [InlineData("Action? _work; async Task M(BackupNamespace ns) { await using var guard = await _store.Locks.AcquireSharedAsync(ns); {|NSL1006:_work = () => _store.Read(ns)|}; }")]
        public Task Not_where_nobody_can_await(string member) => NoFixAsync(member);

        [Fact]
        public Task Not_under_a_lock_statement() => NoFixAsync(
            """
            async Task M(BackupNamespace ns)
            {
                await Task.Yield();
                lock (this)
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    _ = {|NSL1006:_store.ReadAsync(ns)|};
                }
            }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(Key,
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            var store = new Store(locks);
            await Task.Yield();
            using var guard = locks.AcquireShared(BackupNamespace.Root);
            _ = {|NSL1006:store.ReadAsync(BackupNamespace.Root)|};
            """,
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            var store = new Store(locks);
            await Task.Yield();
            using var guard = locks.AcquireShared(BackupNamespace.Root);
            await store.ReadAsync(BackupNamespace.Root);
            """);

        [Fact]
        public Task Half_typed_code() => MembersAsync(
            """
            Task M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                {|NSL1006:_store.ReadAsync(ns)|};
                return {|CS0103:missing|}.{|CS1001:;|}
            }
            """,
            """
            async Task M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                await _store.ReadAsync(ns);
                await {|CS0103:missing|}.{|CS1001:;|}
            }
            """);
    }

    public class Sequence
    {
        [Fact]
        public Task Returned_chain() => MembersAsync(
            """
            IEnumerable<int> M(int[] items, BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                return {|NSL1006:items
                    .Select(_ => _store.Count(ns)) // One by one.
                    .Where(count => count > 0)|}; // Not none.
            }
            """,
            """
            IEnumerable<int> M(int[] items, BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                return items
                    .Select(_ => _store.Count(ns)) // One by one.
                    .Where(count => count > 0).ToList(); // Not none.
            }
            """);

        [Fact]
        public Task Query_expression() => MembersAsync(
            """
            IEnumerable<int> M(int[] items, BackupNamespace ns)
            {
                using (_store.Locks.AcquireShared(ns))
                    return {|NSL1006:from item in items where _store.Count(ns) > item select item|};
            }
            """,
            """
            IEnumerable<int> M(int[] items, BackupNamespace ns)
            {
                using (_store.Locks.AcquireShared(ns))
                    return (from item in items where _store.Count(ns) > item select item).ToList();
            }
            """);

        [Fact]
        public Task Variable_and_asynchronous_code() => MembersAsync(
            """
            async Task<IEnumerable<int>> M(int[] items, BackupNamespace ns)
            {
                await using var guard = await _store.Locks.AcquireSharedAsync(ns);
                var counts = items.Select(_ => _store.Count(ns));
                return {|NSL1006:counts|};
            }
            """,
            """
            async Task<IEnumerable<int>> M(int[] items, BackupNamespace ns)
            {
                await using var guard = await _store.Locks.AcquireSharedAsync(ns);
                var counts = items.Select(_ => _store.Count(ns));
                return counts.ToList();
            }
            """);

        [Fact]
        public Task Kept_in_a_field_and_in_a_property() => MembersAsync(
            """
            private IEnumerable<int>? _counts;

            public IEnumerable<int>? Counts { get; private set; }

            void M(int[] items, BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                {|NSL1006:_counts = items.Select(_ => _store.Count(ns))|};
                {|NSL1006:Counts = items.Select(_ => _store.Count(ns))|};
            }
            """,
            """
            private IEnumerable<int>? _counts;

            public IEnumerable<int>? Counts { get; private set; }

            void M(int[] items, BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                _counts = items.Select(_ => _store.Count(ns)).ToList();
                Counts = items.Select(_ => _store.Count(ns)).ToList();
            }
            """);

        [Fact]
        public Task Getter_lambda_and_local_function() => MembersAsync(
            """
            IEnumerable<int> Counts
            {
                get
                {
                    using var guard = _store.Locks.AcquireShared(BackupNamespace.Root);
                    return {|NSL1006:Enumerable.Range(0, 3).Select(_ => _store.Count(BackupNamespace.Root))|};
                }
            }

            void M(int[] items, BackupNamespace ns)
            {
                Func<IEnumerable<int>> counts = () =>
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    return {|NSL1006:items.Select(_ => _store.Count(ns))|};
                };
                counts();
            }
            """,
            """
            IEnumerable<int> Counts
            {
                get
                {
                    using var guard = _store.Locks.AcquireShared(BackupNamespace.Root);
                    return Enumerable.Range(0, 3).Select(_ => _store.Count(BackupNamespace.Root)).ToList();
                }
            }

            void M(int[] items, BackupNamespace ns)
            {
                Func<IEnumerable<int>> counts = () =>
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    return items.Select(_ => _store.Count(ns)).ToList();
                };
                counts();
            }
            """);

        [Fact]
        public Task File_that_does_not_import_the_extension_method() => Verify.FileAsync(Key,
            """
            // Counts.
            using System.Collections.Generic;
            using NamespaceLocking;

            class C(Store store)
            {
                public IEnumerable<int> M(BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireShared(ns);
                    return {|NSL1006:Counts(ns)|};
                }

                [RequiresLock(LockMode.Shared, nameof(ns))]
                private IEnumerable<int> Counts(BackupNamespace ns)
                {
                    yield return store.Count(ns);
                }
            }
            """,
            """
            // Counts.
            using System.Collections.Generic;
            using System.Linq;
            using NamespaceLocking;

            class C(Store store)
            {
                public IEnumerable<int> M(BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireShared(ns);
                    return Counts(ns).ToList();
                }

                [RequiresLock(LockMode.Shared, nameof(ns))]
                private IEnumerable<int> Counts(BackupNamespace ns)
                {
                    yield return store.Count(ns);
                }
            }
            """);

        [Fact]
        public Task Asynchronous_sequence_that_is_kept() => MembersAsync(
            """
            private IAsyncEnumerable<int>? _counts;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            async IAsyncEnumerable<int> Counts(BackupNamespace ns)
            {
                await Task.Yield();
                yield return _store.Count(ns);
            }

            async Task M(BackupNamespace ns)
            {
                await using var guard = await _store.Locks.AcquireSharedAsync(ns);
                {|NSL1006:_counts = Counts(ns)|};
            }
            """,
            """
            private IAsyncEnumerable<int>? _counts;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            async IAsyncEnumerable<int> Counts(BackupNamespace ns)
            {
                await Task.Yield();
                yield return _store.Count(ns);
            }

            async Task M(BackupNamespace ns)
            {
                await using var guard = await _store.Locks.AcquireSharedAsync(ns);
                _counts = (await Counts(ns).ToListAsync()).ToAsyncEnumerable();
            }
            """);

        [Fact]
        public Task Asynchronous_sequence_that_is_returned() => MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            async IAsyncEnumerable<int> Counts(BackupNamespace ns)
            {
                await Task.Yield();
                yield return _store.Count(ns);
            }

            IAsyncEnumerable<int> M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                // All of them.
                return {|NSL1006:Counts(ns)|}; // Later.
            }

            public IAsyncEnumerable<int> Again(BackupNamespace ns, int item)
            {
                using (_store.Locks.AcquireShared(ns))
                {
                    return {|NSL1006:Counts(ns)|};
                }
            }
            """,
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            async IAsyncEnumerable<int> Counts(BackupNamespace ns)
            {
                await Task.Yield();
                yield return _store.Count(ns);
            }

            async IAsyncEnumerable<int> M(BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                // All of them.
                await foreach (var item in Counts(ns))
                    yield return item; // Later.
            }

            public async IAsyncEnumerable<int> Again(BackupNamespace ns, int item)
            {
                using (_store.Locks.AcquireShared(ns))
                {
                    await foreach (var item2 in Counts(ns))
                        yield return item2;
                }
            }
            """);

        [Theory]
        [InlineData("M(BackupNamespace ns, CancellationToken token)", "M(BackupNamespace ns, [EnumeratorCancellation] CancellationToken token)")]
        [InlineData("M(BackupNamespace ns, CancellationToken token = default, int more = 1)", "M(BackupNamespace ns, [EnumeratorCancellation] CancellationToken token = default, int more = 1)")]
        [InlineData("M(BackupNamespace ns, CancellationToken one, CancellationToken two)", "M(BackupNamespace ns, [EnumeratorCancellation] CancellationToken one, CancellationToken two)")]
        public Task Asynchronous_sequence_that_can_be_cancelled(string method, string mended)
        {
            return Verify.FileAsync(
                Key,
                Sources.Usings + Source("IAsyncEnumerable<int> " + method, "return {|NSL1006:Counts(ns)|};"),
                Sources.Usings.Replace("using System.Threading;\n", "using System.Runtime.CompilerServices;\nusing System.Threading;\n", StringComparison.Ordinal)
                    + Source("async IAsyncEnumerable<int> " + mended, "await foreach (var item in Counts(ns))\n        yield return item;"));

            static string Source(string method, string statement) => InClass(
                $$"""
                [RequiresLock(LockMode.Shared, nameof(ns))]
                async IAsyncEnumerable<int> Counts(BackupNamespace ns)
                {
                    await Task.Yield();
                    yield return _store.Count(ns);
                }

                {{method}}
                {
                    using var guard = _store.Locks.AcquireShared(ns);
                    {{statement}}
                }
                """);
        }

        [Theory]
        [InlineData("if (ns.IsRoot) return Empty(); using var guard = _store.Locks.AcquireShared(ns); return {|NSL1006:Counts(ns)|};")]
        [InlineData("using (_store.Locks.AcquireShared(ns)) { if (!ns.IsRoot) return {|NSL1006:Counts(ns)|}; } throw new InvalidOperationException();")]
        [InlineData("using var guard = _store.Locks.AcquireShared(ns); try { return {|NSL1006:Counts(ns)|}; } catch (InvalidOperationException) { throw; }")]
        public Task Not_an_asynchronous_sequence_that_is_one_of_two_ways_out(string body) => NoFixAsync(
            $$"""
            static async IAsyncEnumerable<int> Empty()
            {
                await Task.Yield();
                yield break;
            }

            [RequiresLock(LockMode.Shared, nameof(ns))]
            async IAsyncEnumerable<int> Counts(BackupNamespace ns)
            {
                await Task.Yield();
                yield return _store.Count(ns);
            }

            IAsyncEnumerable<int> M(BackupNamespace ns)
            {
                {{body}}
            }
            """);

        [Fact]
        public Task Not_a_sequence_of_tasks() => NoFixAsync(
            """
            IEnumerable<Task> M(int[] items, BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                return {|NSL1006:items.Select(_ => _store.ReadAsync(ns))|};
            }
            """);

        [Fact]
        public Task Not_a_queryable() => NoFixAsync(
            """
            IQueryable<int> M(IQueryable<int> items, BackupNamespace ns)
            {
                using var guard = _store.Locks.AcquireShared(ns);
                return {|NSL1006:Filtered(items, ns)|};
            }

            [RequiresLock(LockMode.Shared, nameof(ns))]
            static IQueryable<int> Filtered(IQueryable<int> items, BackupNamespace ns) => items;
            """);
    }

    public class Titles
    {
        [Fact]
        public Task Of_a_task() => Verify.TitlesAsync(
            InClass("Task M(BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); return {|NSL1006:_store.ReadAsync(ns)|}; }"),
            "Await it before the guard ends");

        [Fact]
        public Task Of_a_sequence() => Verify.TitlesAsync(
            InClass("IEnumerable<int> M(int[] items, BackupNamespace ns) { using var guard = _store.Locks.AcquireShared(ns); return {|NSL1006:items.Select(_ => _store.Count(ns))|}; }"),
            "Make it a list before the guard ends");
    }
}
