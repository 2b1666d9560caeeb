namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guards that come out of tasks and lambdas, or go into them.</summary>
public class GuardTasksTests
{
    [Fact]
    public Task Acquired_on_the_thread_pool_and_never_disposed() => Verify.BodyAsync(
        """
        var g = await {|NSL2002:Task.Run(() => locks.AcquireShared(ns))|};
        """);

    [Fact]
    public Task Acquired_on_the_thread_pool() => Verify.BodyAsync(
        """
        using var g = await Task.Run(() => locks.AcquireShared(ns));
        store.Backup(ns);
        """);

    [Fact]
    public Task Acquired_by_an_asynchronous_lambda() => Verify.BodyAsync(
        """
        using var g = await Task.Run(async () => await locks.AcquireSharedAsync(ns));
        store.Backup(ns);
        """);

    [Fact]
    public Task Acquired_on_the_thread_pool_in_a_weaker_mode() => Verify.BodyAsync(
        """
        using var g = await Task.Run(() => locks.AcquireShared(ns));
        {|NSL1002:store.Delete(ns)|};
        """);

    [Fact]
    public Task A_Try_on_the_thread_pool() => Verify.BodyAsync(
        """
        using var g = await Task.Run(() => locks.TryAcquireShared(ns));
        if (g is null)
            return;
        store.Backup(ns);
        """);

    [Fact]
    public Task Acquired_on_the_thread_pool_and_dropped() => Verify.BodyAsync(
        """
        _ = {|NSL2001:Task.Run(() => locks.AcquireShared(ns))|};
        """);

    [Fact]
    public Task A_lambda_that_acquires() => Verify.BodyAsync(
        """
        Func<NamespaceLockGuard> take = () => locks.AcquireShared(ns);
        take().Dispose();
        using (take())
        {
            store.Backup(ns);
            {|NSL1002:store.Delete(ns)|};
        }
        """);

    [Fact]
    public Task What_a_lambda_acquires_is_dropped() => Verify.BodyAsync(
        """
        Func<NamespaceLockGuard> take = () => locks.AcquireShared(ns);
        {|NSL2001:take()|};
        """);

    [Theory]
    [InlineData("void M(Func<NamespaceLockGuard> open) { {|NSL2001:open()|}; }")]
    [InlineData("void M(Func<NamespaceLockGuard> open) => _ = {|NSL2001:open()|};")]
    [InlineData("void M(Func<BackupNamespace, NamespaceLockGuard> open, BackupNamespace ns) => {|NSL2001:open.Invoke(ns)|};")]
    [InlineData("async Task M(Func<Task<NamespaceLockGuard>> open) => await {|NSL2001:open()|};")]
    [InlineData("void M(Open open, BackupNamespace ns) { var guard = {|NSL2002:open(ns)|}; }")]
    [InlineData("private readonly Func<NamespaceLockGuard>? _open = null; void M() => _open?{|NSL2001:.Invoke()|};")]
    [InlineData("void M(Func<NamespaceLockGuard> open) { using var guard = open(); }")]
    [InlineData("void M(Func<NamespaceLockGuard?> open) => open()?.Dispose();")]
    [InlineData("void M(Func<NamespaceLockManager> open) { open(); }")]
    public Task What_a_delegate_makes(string members) => Cases.MembersAsync(members, "delegate NamespaceLockGuard Open(BackupNamespace ns);");

    [Fact]
    public Task What_a_lambda_acquires_is_never_disposed() => Verify.BodyAsync(
        """
        Func<NamespaceLockGuard> take = () => locks.AcquireShared(ns);
        var g = {|NSL2002:take()|};
        """);

    [Fact]
    public Task An_asynchronous_lambda_that_acquires() => Verify.BodyAsync(
        """
        Func<Task<NamespaceLockGuard>> take = async () => await locks.AcquireSharedAsync(ns);
        await using (await take())
            store.Backup(ns);
        var g = await {|NSL2002:take()|};
        """);

    [Fact]
    public Task A_lambda_that_lends() => Verify.BodyAsync(
        """
        using var outer = locks.AcquireShared(ns);
        Func<NamespaceLockGuard> current = () => outer;
        Console.WriteLine(current().Mode);
        current();
        store.Backup(ns);
        """);

    [Fact]
    public Task A_continuation_that_takes_the_guard() => Verify.BodyAsync(
        """
        await locks.AcquireSharedAsync(ns).AsTask().ContinueWith(t => t.Result.Dispose());
        """);

    [Fact]
    public Task A_continuation_that_does_not_look_at_the_guard() => Verify.BodyAsync(
        """
        await {|NSL2001:locks.AcquireSharedAsync(ns)|}.AsTask().ContinueWith(_ => items.Clear());
        """);

    [Theory]
    [InlineData("var guards = await Task.WhenAll(locks.AcquireSharedAsync(ns).AsTask(), locks.AcquireSharedAsync(ns2).AsTask()); using var one = guards[0]; using var two = guards[1];")]
    [InlineData("var guards = await Task.WhenAll(locks.AcquireSharedAsync(ns).AsTask(), locks.AcquireSharedAsync(ns2).AsTask()).ConfigureAwait(false); using var one = guards[0]; using var two = guards[1];")]
    [InlineData("var a = {|NSL2003:locks.AcquireSharedAsync(ns)|}.AsTask(); var b = locks.AcquireSharedAsync(ns2).AsTask(); await Task.WhenAll(a, b); using var one = a.Result; using var two = await b;")]
    [InlineData("var a = {|NSL2003:locks.AcquireSharedAsync(ns)|}.AsTask(); var b = locks.AcquireSharedAsync(ns2).AsTask(); Task.WaitAll(a, b); using var one = a.Result; using var two = b.Result;")]
    [InlineData("var a = {|NSL2003:locks.AcquireSharedAsync(ns)|}.AsTask(); var b = locks.AcquireSharedAsync(ns2).AsTask(); var guards = await Task.WhenAll(a, b); using var one = guards[0]; using var two = guards[1];")]
    public Task Several_guards_awaited_together(string acquisitions) => Verify.BodyAsync(
        $$"""
        {{acquisitions}}
        store.Backup(ns);
        store.Backup(ns2);
        {|NSL1002:store.Delete(ns)|};
        using var exclusive = {|NSL3001:locks.AcquireExclusive(ns)|};
        """);

    [Theory]
    [InlineData("var tasks = new[] { locks.AcquireSharedAsync(ns).AsTask(), locks.AcquireSharedAsync(ns2).AsTask() }; var guards = await Task.WhenAll(tasks); using var one = guards[0]; using var two = guards[1];")]
    [InlineData("var tasks = new List<Task<NamespaceLockGuard>>(); tasks.Add(locks.AcquireSharedAsync(ns).AsTask()); var guards = await Task.WhenAll(tasks); using var one = guards[0];")]
    [InlineData("Task<NamespaceLockGuard>[] tasks = [locks.AcquireSharedAsync(ns).AsTask(), locks.AcquireSharedAsync(ns2).AsTask()]; await Task.WhenAll(tasks); using var one = tasks[0].Result; using var two = await tasks[1];")]
    public Task Tasks_of_a_collection_awaited_together(string acquisitions) => Verify.BodyAsync(
        $$"""
        {{acquisitions}}
        store.Backup(ns);
        {|NSL1002:store.Delete(ns)|};
        """);

    [Fact]
    public Task Tasks_of_a_collection_awaited_one_by_one() => Verify.BodyAsync(
        """
        var tasks = new List<Task<NamespaceLockGuard>> { locks.AcquireSharedAsync(ns).AsTask() };
        foreach (var task in tasks)
        {
            using var guard = await task;
            store.Backup(ns);
        }
        """);

    [Fact]
    public Task Several_guards_awaited_together_and_disposed() => Verify.BodyAsync(
        """
        var guards = await Task.WhenAll(locks.AcquireSharedAsync(ns).AsTask(), locks.AcquireSharedAsync(ns2).AsTask());
        foreach (var guard in guards)
            guard.Dispose();
        using var exclusive = locks.AcquireExclusive(ns);
        """);

    [Fact]
    public Task Several_guards_awaited_together_and_dropped() => Verify.BodyAsync(
        """
        await Task.WhenAll({|NSL2001:locks.AcquireSharedAsync(ns)|}.AsTask(), {|NSL2001:locks.AcquireSharedAsync(ns2)|}.AsTask());
        """);

    [Fact]
    public Task A_task_completed_by_hand() => Verify.BodyAsync(
        """
        var source = new TaskCompletionSource<NamespaceLockGuard>();
        source.SetResult(locks.AcquireShared(ns));
        using var g = await source.Task;
        """);

    [Fact]
    public Task A_channel() => Verify.BodyAsync(
        """
        var channel = System.Threading.Channels.Channel.CreateUnbounded<NamespaceLockGuard>();
        channel.Writer.TryWrite(locks.AcquireShared(ns));
        await foreach (var g in channel.Reader.ReadAllAsync())
            g.Dispose();
        """);

    [Fact]
    public Task A_task_in_another_one() => Verify.SourceAsync(
        """
        class C(NamespaceLockManager locks, Datastore store)
        {
            ValueTask M(BackupNamespace ns)
            {
                using (locks.AcquireShared(ns))
                    return {|NSL1006:new ValueTask(store.BackupAsync(ns))|};
            }
        }
        """);

    [Fact]
    public Task Tasks_returned_out_of_a_using() => Verify.SourceAsync(
        """
        class C(NamespaceLockManager locks, Datastore store)
        {
            Task A(BackupNamespace ns)
            {
                using (locks.AcquireShared(ns))
                    return {|NSL1006:store.BackupAsync(ns)|};
            }

            Task B(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                while (true)
                    return {|NSL1006:store.BackupAsync(ns)|};
            }

            Task D(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                var t = store.BackupAsync(ns);
                return {|NSL1006:t|};
            }

            Task<int> E(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                return Task.FromResult(store.Count(ns));
            }

            Task F(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                return Task.CompletedTask;
            }

            ValueTask<int> G(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                return new ValueTask<int>(store.Count(ns));
            }

            Task<string?>? H(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                return null;
            }

            ValueTask<int> I(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                return new(1);
            }

            ValueTask<int> J(BackupNamespace ns)
            {
                using var g = locks.AcquireShared(ns);
                return default;
            }
        }
        """);

    [Fact]
    public Task Disposed_by_the_work_itself() => Verify.BodyAsync(
        """
        var g = locks.AcquireShared(ns);
        var work = Task.Run(async () =>
        {
            try
            {
                await store.BackupAsync(ns);
            }
            finally
            {
                g.Dispose();
            }
        });
        await work;
        """);
}
