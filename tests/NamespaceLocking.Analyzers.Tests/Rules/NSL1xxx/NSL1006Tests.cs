namespace NamespaceLocking.Analyzers.Tests.Rules.NSL1xxx;

/// <summary>Work that needs the guard can outlive it.</summary>
public class NSL1006Tests
{
    private const string GivenGuards =
        """
        private async Task UseAsync(NamespaceLockGuard guard)
        {
            await Task.Yield();
            _store.Backup(guard.Namespace);
        }

        private static async Task TakeAsync([TakesOwnership] NamespaceLockGuard guard)
        {
            using (guard)
                await Task.Yield();
        }
        """;

    private const string Session =
        """
        [LockGuard]
        sealed class Session(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private readonly NamespaceLockGuard _guard = locks.AcquireShared(ns);

            public async Task WriteAsync() => await Task.Yield();

            public void Dispose() => _guard.Dispose();
        }
        """;

    public class Flagged
    {
        [Theory]
        [InlineData("using var guard = _locks.AcquireShared(ns); return {|NSL1006:_store.BackupAsync(ns)|};")]
        [InlineData("using (_locks.AcquireShared(ns)) return {|NSL1006:_store.BackupAsync(ns)|};")]
        [InlineData("using (var guard = _locks.AcquireExclusive(ns)) return {|NSL1006:_store.DeleteAsync(ns)|};")]
        [InlineData("using (_locks.AcquireExclusive(ns)) { return {|NSL1006:_store.DeleteAsync(ns.Child(\"a\"))|}; }")]
        [InlineData("var guard = _locks.AcquireShared(ns); try { return {|NSL1006:_store.BackupAsync(ns)|}; } finally { guard.Dispose(); }")]
        [InlineData("using var guard = _locks.TryAcquireShared(ns) ?? throw new TimeoutException(); return {|NSL1006:_store.BackupAsync(ns)|};")]
        public Task A_task_that_is_returned(string body) => Cases.MembersAsync(
            $$"""
            Task M(BackupNamespace ns)
            {
                {{body}}
            }
            """);

        [Theory]
        [InlineData("Task.Run(() => _store.Backup(ns))")]
        [InlineData("Task.Run(() => _store.BackupAsync(ns))")]
        [InlineData("Task.Run(async () => await _store.BackupAsync(ns))")]
        [InlineData("Task.WhenAll(_store.BackupAsync(ns), _store.BackupAsync(ns.Parent))")]
        public Task A_task_of_work_that_needs_the_guard(string task) => Cases.MembersAsync(
            $$"""
            Task M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {|NSL1006:{{task}}|};
            }
            """);

        [Fact]
        public Task A_task_kept_in_a_local_and_returned() => Cases.MembersAsync(
            """
            Task M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                var running = _store.BackupAsync(ns);
                return {|NSL1006:running|};
            }
            """);

        [Fact]
        public Task The_task_of_a_member_of_one_s_own() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            async ValueTask<int> CountAsync(BackupNamespace ns)
            {
                await Task.Yield();
                return _store.Count(ns);
            }

            ValueTask<int> M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {|NSL1006:CountAsync(ns)|};
            }
            """);

        [Fact]
        public Task A_task_that_nobody_awaits() => Verify.BodyAsync(
            """
            using (locks.AcquireShared(ns))
            {
                {|NSL1006:store.BackupAsync(ns)|};
            }
            """);

        [Fact]
        public Task A_task_that_a_member_drops_although_its_callers_hold_the_lock() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void M(BackupNamespace ns)
            {
                {|NSL1006:_store.BackupAsync(ns)|};
            }
            """);

        [Fact]
        public Task A_task_kept_in_a_field() => Cases.MembersAsync(
            """
            private Task? _running;

            void M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                {|NSL1006:_running = _store.BackupAsync(ns)|};
            }
            """);

        [Theory]
        [InlineData("items.Select(_ => _store.Count(ns))")]
        [InlineData("items.Where(item => _store.Count(ns) > item)")]
        [InlineData("from item in items where _store.Count(ns) > item select item")]
        public Task A_lazy_sequence_that_is_returned(string sequence) => Cases.MembersAsync(
            $$"""
            IEnumerable<int> M(List<int> items, BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {|NSL1006:{{sequence}}|};
            }
            """);

        [Fact]
        public Task A_lazy_sequence_kept_in_a_local_and_returned() => Cases.MembersAsync(
            """
            IEnumerable<int> M(List<int> items, BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                var counts = items.Select(_ => _store.Count(ns));
                return {|NSL1006:counts|};
            }
            """);

        [Fact]
        public Task A_lazy_sequence_kept_in_a_field() => Cases.MembersAsync(
            """
            private IEnumerable<int>? _counts;

            void M(List<int> items, BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                {|NSL1006:_counts = items.Select(_ => _store.Count(ns))|};
            }
            """);

        [Fact]
        public Task The_sequence_of_an_iterator_that_requires_the_lock() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            IEnumerable<int> Counts(BackupNamespace ns)
            {
                yield return _store.Count(ns);
            }

            IEnumerable<int> M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {|NSL1006:Counts(ns)|};
            }
            """);

        [Fact]
        public Task The_sequence_of_an_asynchronous_iterator_that_requires_the_lock() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            async IAsyncEnumerable<int> Counts(BackupNamespace ns)
            {
                await Task.Yield();
                yield return _store.Count(ns);
            }

            IAsyncEnumerable<int> M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {|NSL1006:Counts(ns)|};
            }
            """);

        [Fact]
        public Task A_lambda_that_is_returned() => Cases.MembersAsync(
            """
            Action M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {|NSL1006:() => _store.Backup(ns)|};
            }
            """);

        [Fact]
        public Task A_lambda_that_is_stored() => Cases.MembersAsync(
            """
            private Action? _work;

            void M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                {|NSL1006:_work = () => _store.Backup(ns)|};
            }
            """);

        [Fact]
        public Task A_lambda_that_subscribes_to_an_event() => Cases.MembersAsync(
            """
            private event EventHandler? Changed;

            void M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                {|NSL1006:Changed += (sender, e) => _store.Backup(ns)|};
                Changed?.Invoke(this, EventArgs.Empty);
            }
            """);

        [Fact]
        public Task A_guard_that_its_own_using_ends() => Cases.MembersAsync(
            """
            private NamespaceLockGuard Open(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {|NSL1006:guard|};
            }
            """);

        [Theory]
        [InlineData("using var guard = _locks.AcquireShared(ns); return {|NSL1006:UseAsync(guard)|};")]
        [InlineData("var guard = _locks.AcquireShared(ns); try { return {|NSL1006:UseAsync(guard)|}; } finally { guard.Dispose(); }")]
        [InlineData("using var guard = _locks.AcquireShared(ns); _ = {|NSL1006:UseAsync(guard)|}; return Task.CompletedTask;")]
        [InlineData("using var session = new Session(_locks, ns); return {|NSL1006:session.WriteAsync()|};")]
        public Task What_is_given_the_guard_and_runs_on(string body) => Cases.MembersAsync(
            $$"""
            Task M(BackupNamespace ns)
            {
                {{body}}
            }

            {{GivenGuards}}
            """,
            Session);

        [Fact]
        public Task One_of_two_paths_hands_on() => Cases.MembersAsync(
            """
            Task M(BackupNamespace ns, bool flag)
            {
                using var guard = _locks.AcquireShared(ns);
                if (flag)
                    return Task.CompletedTask;
                return {|NSL1006:_store.BackupAsync(ns)|};
            }
            """);

        [Theory]
        [InlineData("Action run = () => { _ = {|NSL1006:store.BackupAsync(ns)|}; }; run();")]
        [InlineData("Action run = () => {|NSL1006:store.BackupAsync(ns)|}; run();")]
        [InlineData("void Run() { {|NSL1006:store.BackupAsync(ns)|}; } Run();")]
        [InlineData("void Run() { var task = {|NSL1006:store.BackupAsync(ns)|}; } Run();")]
        [InlineData("async Task RunAsync() { await store.BackupAsync(ns); _ = {|NSL1006:store.BackupAsync(ns)|}; } await RunAsync();")]
        [InlineData("items.ForEach(_ => { {|NSL1006:store.BackupAsync(ns)|}; });")]
        public Task A_task_that_a_lambda_or_local_function_drops(string body) => Verify.BodyAsync("using var guard = locks.AcquireShared(ns);\n" + body);
    }

    public class Waited_for_by_a_callee
    {
        private const string Helpers =
            """
            static class Wait
            {
                public static async Task ForAsync(Func<Task> work) => await work();

                public static async Task ForAsync(Task work) => await work;

                public static void For(Action work) => work();
            }
            """;

        [Theory]
        [InlineData("var running = store.BackupAsync(ns); await Wait.ForAsync(() => running);")]
        [InlineData("var running = store.BackupAsync(ns); await Wait.ForAsync(async () => await running);")]
        [InlineData("var running = store.BackupAsync(ns); await Wait.ForAsync(async () => { await running.ConfigureAwait(false); });")]
        [InlineData("var running = store.BackupAsync(ns); await Wait.ForAsync(() => { return running; });")]
        [InlineData("var running = store.BackupAsync(ns); await Wait.ForAsync(running);")]
        [InlineData("var running = store.BackupAsync(ns); var all = Wait.ForAsync(() => running); await all;")]
        [InlineData("var running = store.BackupAsync(ns); await Task.Run(() => running);")]
        [InlineData("var running = store.BackupAsync(ns); await running.WaitAsync(token);")]
        [InlineData("await store.BackupAsync(ns).WaitAsync(token);")]
        [InlineData("var running = store.BackupAsync(ns); Wait.For(() => running.Wait());")]
        [InlineData("var running = store.BackupAsync(ns); Wait.For(() => running.GetAwaiter().GetResult());")]
        [InlineData("var running = Task.Run(() => store.Count(ns)); Wait.For(() => items.Add(running.Result));")]
        public Task The_task_ends_with_the_call(string work) => Cases.BodyAsync(Helpers, "using var guard = locks.AcquireShared(ns);\n" + work);

        [Theory]
        [InlineData("var running = store.BackupAsync(ns); _ = {|NSL1006:Wait.ForAsync(() => running)|};")]
        [InlineData("var running = store.BackupAsync(ns); _ = {|NSL1006:Wait.ForAsync(running)|};")]
        [InlineData("var running = {|NSL1006:store.BackupAsync(ns)|}; await Wait.ForAsync(() => Task.CompletedTask);")]
        [InlineData("var running = {|NSL1006:store.BackupAsync(ns)|}; Wait.For(() => Console.WriteLine(running.IsCompleted));")]
        [InlineData("var running = {|NSL1006:store.BackupAsync(ns)|}; Wait.For(async () => await running);")]
        [InlineData("_ = {|NSL1006:store.BackupAsync(ns)|}.WaitAsync(token);")]
        [InlineData("var running = {|NSL1006:store.BackupAsync(ns)|}; await Task.WhenAny(running, Task.Delay(1));")]
        public Task Nobody_waits_for_it(string work) => Cases.BodyAsync(Helpers, "using var guard = locks.AcquireShared(ns);\n" + work);
    }

    public class Choices
    {
        [Theory]
        [InlineData("await (flag ? store.BackupAsync(ns) : Task.CompletedTask);")]
        [InlineData("await (flag ? Task.CompletedTask : store.BackupAsync(ns));")]
        [InlineData("await (flag ? store.BackupAsync(ns) : store.BackupAsync(ns.Parent));")]
        [InlineData("var running = flag ? store.BackupAsync(ns) : Task.CompletedTask; await running;")]
        [InlineData("Task running; if (flag) running = store.BackupAsync(ns); else running = Task.CompletedTask; await running;")]
        [InlineData("Task? started = null; await (started ?? store.BackupAsync(ns));")]
        [InlineData("await (items.Count switch { 0 => Task.CompletedTask, 1 => store.BackupAsync(ns.Parent), _ => store.BackupAsync(ns) });")]
        [InlineData("Task? running = null; if (flag) running = store.BackupAsync(ns); if (running is not null) await running;")]
        [InlineData("var last = Task.CompletedTask; foreach (var item in items) { await last; last = store.BackupAsync(ns); } await last;")]
        [InlineData("var running = store.BackupAsync(ns); var first = flag ? running : Task.CompletedTask; await first; await running;")]
        [InlineData("Task one, two; if (flag) one = two = store.BackupAsync(ns); else one = two = Task.CompletedTask; await one;")]
        [InlineData("Task one, two; if (flag) one = two = store.BackupAsync(ns); else one = two = Task.CompletedTask; await two;")]
        [InlineData("var one = Task.CompletedTask; var two = one; if (flag) { one = store.BackupAsync(ns); two = one; } await two;")]
        [InlineData("var one = Task.CompletedTask; var two = one; foreach (var item in items) { await two; one = store.BackupAsync(ns); two = one; } await two;")]
        public Task One_of_two_is_awaited(string work) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireShared(ns);
            {{work}}
            """);

        [Theory]
        [InlineData("var running = flag ? {|NSL1006:store.BackupAsync(ns)|} : Task.CompletedTask;")]
        [InlineData("Task running; if (flag) running = {|NSL1006:store.BackupAsync(ns)|}; else running = Task.CompletedTask; items.Clear();")]
        [InlineData("var running = {|NSL1006:store.BackupAsync(ns)|}; var first = flag ? running : Task.CompletedTask; await Task.Yield();")]
        [InlineData("var last = Task.CompletedTask; foreach (var item in items) { last = {|NSL1006:store.BackupAsync(ns)|}; }")]
        [InlineData("Task one, two; if (flag) one = two = {|NSL1006:store.BackupAsync(ns)|}; else one = two = Task.CompletedTask;")]
        [InlineData("var one = Task.CompletedTask; var two = Task.CompletedTask; if (flag) one = {|NSL1006:store.BackupAsync(ns)|}; await two;")]
        public Task One_of_two_is_not(string work) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireShared(ns);
            {{work}}
            """);

        [Theory]
        [InlineData("using var guard = flag ? locks.AcquireShared(ns) : locks.AcquireShared(ns.Child(\"a\"));")]
        [InlineData("await using var guard = flag ? await locks.AcquireSharedAsync(ns) : await locks.AcquireSharedAsync(ns.Child(\"a\"));")]
        [InlineData("await using var guard = await (flag ? locks.AcquireSharedAsync(ns) : locks.AcquireSharedAsync(ns.Child(\"a\")));")]
        public Task One_of_two_guards(string acquire) => Verify.BodyAsync(acquire + " await store.BackupAsync(ns); {|NSL1002:store.Delete(ns)|};");
    }

    public class Clean
    {
        [Theory]
        [InlineData("await store.BackupAsync(ns);")]
        [InlineData("await store.BackupAsync(ns).ConfigureAwait(false);")]
        [InlineData("var running = store.BackupAsync(ns); items.Clear(); await running;")]
        [InlineData("await Task.WhenAll(store.BackupAsync(ns), store.BackupAsync(ns.Parent));")]
        [InlineData("var first = store.BackupAsync(ns); var second = store.BackupAsync(ns); await Task.WhenAll(first, second);")]
        [InlineData("var tasks = new List<Task>(); tasks.Add(store.BackupAsync(ns)); await Task.WhenAll(tasks);")]
        [InlineData("await Task.WhenAll(items.Select(_ => store.BackupAsync(ns)));")]
        [InlineData("store.BackupAsync(ns).Wait();")]
        [InlineData("store.BackupAsync(ns).GetAwaiter().GetResult();")]
        [InlineData("await Task.Run(() => store.Backup(ns));")]
        public Task Work_that_is_awaited_under_the_guard(string work) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireShared(ns);
            {{work}}
            """);

        [Theory]
        [InlineData("var counts = items.Select(_ => store.Count(ns)).ToList();")]
        [InlineData("var counts = items.Select(_ => store.Count(ns)).ToArray();")]
        [InlineData("var sum = items.Where(_ => store.Count(ns) > 0).Sum();")]
        [InlineData("foreach (var count in items.Select(_ => store.Count(ns))) items.Remove(count);")]
        [InlineData("var counts = items.Select(_ => store.Count(ns)); var list = counts.ToList();")]
        public Task A_sequence_that_is_read_under_the_guard(string work) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireShared(ns);
            {{work}}
            """);

        [Theory]
        [InlineData("Task", "Task.CompletedTask")]
        [InlineData("Task<int>", "Task.FromResult(_store.Count(ns))")]
        [InlineData("ValueTask<int>", "new ValueTask<int>(_store.Count(ns))")]
        [InlineData("Task", "Task.Delay(1)")]
        [InlineData("IEnumerable<int>", "items.Select(item => item + 1)")]
        [InlineData("IEnumerable<int>", "items.Select(_ => _store.Count(ns)).ToList()")]
        [InlineData("int[]", "items.Select(_ => _store.Count(ns)).ToArray()")]
        [InlineData("Action", "() => items.Clear()")]
        public Task A_result_that_needs_no_guard_any_more(string type, string result) => Cases.MembersAsync(
            $$"""
            {{type}} M(List<int> items, BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                return {{result}};
            }
            """);

        [Theory]
        [InlineData("using var guard = _locks.AcquireShared(ns); await UseAsync(guard).ConfigureAwait(false);")]
        [InlineData("using var guard = _locks.AcquireShared(ns); await Task.WhenAll(UseAsync(guard), UseAsync(guard));")]
        [InlineData("using var session = new Session(_locks, ns); await session.WriteAsync();")]
        [InlineData("var guard = _locks.AcquireShared(ns); await TakeAsync(guard);")]
        [InlineData("await Task.Yield(); var guard = _locks.AcquireShared(ns); _ = TakeAsync(guard);")]
        public Task What_is_given_the_guard_and_ends_before_it(string body) => Cases.MembersAsync(
            $$"""
            async Task M(BackupNamespace ns)
            {
                {{body}}
            }

            Task N(NamespaceLockGuard guard) => UseAsync(guard);

            {{GivenGuards}}
            """,
            Session);

        [Fact]
        public Task A_return_that_awaits() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            async Task<int> CountAsync(BackupNamespace ns)
            {
                await Task.Yield();
                return _store.Count(ns);
            }

            async Task<int> M(BackupNamespace ns)
            {
                await using var guard = await _locks.AcquireSharedAsync(ns);
                return await CountAsync(ns);
            }
            """);

        [Fact]
        public Task A_member_whose_callers_hold_the_lock_returns_the_task() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            Task M(BackupNamespace ns) => _store.BackupAsync(ns);
            """);

        [Fact]
        public Task An_iterator_with_a_guard_of_its_own() => Cases.MembersAsync(
            """
            IEnumerable<int> Counts(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                yield return _store.Count(ns);
            }

            IEnumerable<int> M(BackupNamespace ns) => Counts(ns);
            """);

        [Fact]
        public Task A_returned_lambda_with_a_guard_of_its_own() => Cases.MembersAsync(
            """
            Action M(BackupNamespace ns) => () =>
            {
                using var guard = _locks.AcquireShared(ns);
                _store.Backup(ns);
            };
            """);

        [Fact]
        public Task A_stored_lambda_that_needs_no_guard() => Cases.MembersAsync(
            """
            private Action? _work;

            void M(List<int> items, BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                var count = _store.Count(ns);
                _work = () => items.Add(count);
            }
            """);

        [Fact]
        public Task A_subscription_that_needs_no_guard() => Cases.MembersAsync(
            """
            private event EventHandler? Changed;

            void M(List<int> items, BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                _store.Backup(ns);
                Changed += (sender, e) => items.Clear();
                Changed?.Invoke(this, EventArgs.Empty);
            }
            """);

        [Fact]
        public Task A_stored_lambda_of_a_type_that_requires_the_lock() => Cases.MembersAsync(
            """
            private Work? _work;

            void M(BackupNamespace ns)
            {
                using var guard = _locks.AcquireShared(ns);
                _work = n => _store.Backup(n);
                _work(ns);
            }
            """,
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            delegate void Work(BackupNamespace ns);
            """);

        [Fact]
        public Task A_guard_that_is_handed_out() => Cases.MembersAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            NamespaceLockGuard Open(BackupNamespace ns)
            {
                var guard = _locks.AcquireShared(ns);
                return guard;
            }
            """);

        [Fact]
        public Task A_task_that_is_returned_after_the_guard_and_needs_none() => Cases.MembersAsync(
            """
            Task M(BackupNamespace ns)
            {
                using (_locks.AcquireShared(ns))
                    _store.Backup(ns);
                return Task.Delay(1);
            }
            """);

        [Fact]
        public Task A_dropped_task_that_needs_no_guard() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            _ = Task.Run(() => items.Clear());
            store.Backup(ns);
            """);

        [Fact]
        public Task A_dropped_task_with_a_guard_of_its_own() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            _ = Task.Run(() =>
            {
                using var own = locks.AcquireShared(ns2);
                store.Backup(ns2);
            });
            store.Backup(ns);
            """);

        [Fact]
        public Task A_task_started_under_one_guard_and_awaited_under_another_around_it() => Verify.BodyAsync(
            """
            using var outer = locks.AcquireShared(ns);
            Task running;
            using (locks.AcquireShared(ns2))
                running = store.BackupAsync(ns);
            await running;
            """);

        [Theory]
        [InlineData("Task? kept = null; Action run = () => kept = store.BackupAsync(ns); run(); await kept!;")]
        [InlineData("var tasks = new List<Task>(); Action run = () => tasks.Add(store.BackupAsync(ns)); run(); await Task.WhenAll(tasks);")]
        [InlineData("var tasks = new Task[1]; Action run = () => tasks[0] = store.BackupAsync(ns); run(); await Task.WhenAll(tasks);")]
        [InlineData("void Run() { var task = store.BackupAsync(ns); task.Wait(); } Run();")]
        [InlineData("Task RunAsync() => store.BackupAsync(ns); await RunAsync();")]
        [InlineData("Func<Task> run = () => store.BackupAsync(ns); await run();")]
        public Task A_task_of_a_lambda_or_local_function_that_somebody_waits_for(string body) => Verify.BodyAsync("using var guard = locks.AcquireShared(ns);\n" + body);
    }
}
