namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Bodies inside bodies: what is held where they run.</summary>
public class LocalFunctionsAndLambdasTests
{
    [Theory]
    [InlineData("items.ForEach(_ => store.Backup(ns));")]
    [InlineData("items.ForEach(delegate { store.Backup(ns); });")]
    [InlineData("items.ForEach(_ => { items.Clear(); store.Backup(ns); });")]
    [InlineData("var all = items.TrueForAll(_ => store.Count(ns) > 0);")]
    [InlineData("var sum = items.Sum(_ => store.Count(ns));")]
    [InlineData("Parallel.ForEach(items, _ => store.Backup(ns));")]
    [InlineData("await Task.Run(() => store.Backup(ns));")]
    [InlineData("await Task.Run(async () => { await Task.Yield(); await store.BackupAsync(ns); });")]
    [InlineData("await Task.Run(() => store.BackupAsync(ns)).ConfigureAwait(false);")]
    [InlineData("Task.Run(() => store.Backup(ns)).Wait();")]
    [InlineData("var list = items.Select(_ => store.Count(ns)).ToList();")]
    [InlineData("foreach (var n in items.Where(_ => store.Count(ns) > 0)) { }")]
    public Task Work_that_runs_while_the_guard_is_held(string work) => Verify.BodyAsync(
        $$"""
        using var guard = locks.AcquireShared(ns);
        {{work}}
        """);

    [Theory]
    [InlineData("items.ForEach(_ => {|NSL1001:store.Backup(ns)|});")]
    [InlineData("items.ForEach(delegate { {|NSL1001:store.Backup(ns)|}; });")]
    [InlineData("var sum = items.Sum(_ => {|NSL1001:store.Count(ns)|});")]
    [InlineData("Parallel.ForEach(items, _ => {|NSL1001:store.Backup(ns)|});")]
    [InlineData("await Task.Run(async () => { await Task.Yield(); await {|NSL1001:store.BackupAsync(ns)|}; });")]
    [InlineData("var list = items.Select(_ => {|NSL1001:store.Count(ns)|}).ToList();")]
    public Task Work_that_runs_while_none_is_held(string work) => Verify.BodyAsync(work);

    [Fact]
    public Task A_guard_taken_inside_the_lambda() => Verify.BodyAsync(
        """
        items.ForEach(_ =>
        {
            using var guard = locks.AcquireShared(ns);
            store.Backup(ns);
        });
        """);

    [Fact]
    public Task A_guard_taken_and_released_inside_the_lambda() => Verify.BodyAsync(
        """
        items.ForEach(_ =>
        {
            using (locks.AcquireShared(ns))
                store.Backup(ns);
            {|NSL1004:store.Backup(ns)|};
        });
        """);

    [Fact]
    public Task A_guard_taken_inside_a_lambda_is_not_held_outside() => Verify.BodyAsync(
        """
        items.ForEach(_ =>
        {
            using var guard = locks.AcquireShared(ns2);
            store.Backup(ns2);
        });
        {|NSL1001:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_stored_lambda_with_a_guard_of_its_own() => Verify.SourceAsync(
        """
        class C
        {
            private Action? _work;

            void M(Datastore store, NamespaceLockManager locks, BackupNamespace ns)
            {
                _work = () =>
                {
                    using var guard = locks.AcquireShared(ns);
                    store.Backup(ns);
                };
            }
        }
        """);

    [Fact]
    public Task A_local_function_called_under_the_guard() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        Work();
        Work();

        void Work() => store.Backup(ns);
        """);

    [Fact]
    public Task A_local_function_called_without_a_guard() => Verify.BodyAsync(
        """
        Work();

        void Work() => {|NSL1001:store.Backup(ns)|};
        """);

    [Fact]
    public Task An_asynchronous_local_function_awaited_under_the_guard() => Verify.BodyAsync(
        """
        using var guard = await locks.AcquireSharedAsync(ns);
        await WorkAsync();

        async Task WorkAsync()
        {
            await Task.Yield();
            await store.BackupAsync(ns);
        }
        """);

    [Fact]
    public Task A_local_function_that_is_called_by_another() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        Outer();

        void Outer() => Inner();
        void Inner() => store.Backup(ns);
        """);

    [Fact]
    public Task A_local_function_with_a_guard_of_its_own() => Verify.BodyAsync(
        """
        Work();

        void Work()
        {
            using var guard = locks.AcquireShared(ns);
            store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_local_function_that_works_on_its_parameter() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        Work(ns);

        [RequiresLock(LockMode.Shared, nameof(target))]
        void Work(BackupNamespace target) => store.Backup(target);
        """);

    [Fact]
    public Task A_local_function_that_requires_the_lock_called_without_it() => Verify.BodyAsync(
        """
        {|NSL1001:Work(ns)|};

        [RequiresLock(LockMode.Shared, nameof(target))]
        void Work(BackupNamespace target) => store.Backup(target);
        """);

    [Fact]
    public Task A_static_local_function_with_a_guard_parameter() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        Work(guard, store);

        static void Work(NamespaceLockGuard held, Datastore store) => store.Backup(held.Namespace);
        """);

    [Fact]
    public Task A_lambda_in_a_local_called_under_the_guard() => Verify.BodyAsync(
        """
        Action work = () => store.Backup(ns);
        using var guard = locks.AcquireShared(ns);
        work();
        """);

    [Fact]
    public Task A_lambda_in_a_local_called_without_a_guard() => Verify.BodyAsync(
        """
        Action work = () => {|NSL1001:store.Backup(ns)|};
        work();
        """);

    [Fact]
    public Task A_lambda_in_a_local_called_after_the_release() => Verify.BodyAsync(
        """
        Action work = () => {|NSL1004:store.Backup(ns)|};
        using (locks.AcquireShared(ns))
            items.Clear();
        work();
        """);

    [Fact]
    public Task An_asynchronous_lambda_in_a_local_awaited_under_the_guard() => Verify.BodyAsync(
        """
        Func<Task> work = async () => await store.BackupAsync(ns);
        using var guard = locks.AcquireShared(ns);
        await work();
        """);

    [Fact]
    public Task Several_tasks_awaited_together() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        await Task.WhenAll(store.BackupAsync(ns), store.BackupAsync(ns.Parent));
        """);

    [Fact]
    public Task A_task_started_under_the_guard_and_awaited_before_its_end() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        var running = store.BackupAsync(ns);
        items.Clear();
        await running;
        """);

    [Fact]
    public Task A_lambda_inside_a_lambda() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        items.ForEach(_ => items.ForEach(_ => store.Backup(ns)));
        """);

    [Fact]
    public Task A_query_that_is_read_under_the_guard() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        var list = (from item in items where store.Count(ns) > item select item).ToList();
        """);

    [Fact]
    public Task A_method_group_that_runs_under_the_guard() => Verify.SourceAsync(
        """
        class C
        {
            void M(Datastore store, NamespaceLockManager locks, BackupNamespace ns)
            {
                using var guard = locks.AcquireExclusive(ns);
                var list = new List<BackupNamespace> { ns.Child("a"), ns.Child("b") };
                list.ForEach(store.Backup);
            }
        }
        """);

    [Fact]
    public Task A_local_function_that_hands_a_guard_out_by_out() => Verify.BodyAsync(
        """
        Lock(ns, out var guard);
        using (guard)
            store.Backup(ns);
        if (!TryLock(ns2, out var tried))
            return;
        using (tried)
            store.Backup(ns2);
        {|NSL2002:Lock(ns, out var kept)|};
        store.Backup(ns);

        void Lock(BackupNamespace where, out NamespaceLockGuard guard) => guard = locks.AcquireShared(where);

        bool TryLock(BackupNamespace where, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NamespaceLockGuard? tried)
        {
            tried = locks.TryAcquireShared(where);
            return tried is not null;
        }
        """);

    [Fact]
    public Task A_parameter_of_the_name_of_a_variable_around() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        var second = locks.AcquireShared(ns2);
        try
        {
            store.Backup(ns2);
        }
        finally
        {
            Release(second);
        }

        Forget(guard);
        store.Backup(ns);

        static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();
        static void Forget(NamespaceLockGuard? guard) => guard = null;
        """);

    [Theory]
    [InlineData("store.BackupAsync(ns).Wait();")]
    [InlineData("store.BackupAsync(ns).GetAwaiter().GetResult();")]
    [InlineData("store.BackupAsync(ns).ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("Task.WaitAll(store.BackupAsync(ns), store.BackupAsync(ns.Parent));")]
    [InlineData("var first = store.BackupAsync(ns); var second = store.BackupAsync(ns); Task.WaitAll(first, second);")]
    public Task A_task_waited_for_under_the_guard(string wait) => Verify.BodyAsync("using var guard = locks.AcquireShared(ns); " + wait);
}
