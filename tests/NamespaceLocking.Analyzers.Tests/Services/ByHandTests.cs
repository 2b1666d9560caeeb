namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>Disposal by hand.</summary>
public class ByHandTests
{
    private const string Source =
        """
        using System.IO;

        public sealed class ByHand(NamespaceLockManager locks, Datastore store)
        {
            public async Task<bool> RunAsync(BackupNamespace ns, CancellationToken cancellationToken)
            {
                NamespaceLockGuard? guard = null;
                var ok = false;
                try
                {
                    guard = await locks.AcquireExclusiveAsync(ns, cancellationToken: cancellationToken).ConfigureAwait(false);
                    await store.DeleteAsync(ns).ConfigureAwait(false);
                    ok = true;
                }
                catch (NamespaceLockedException) when (!cancellationToken.IsCancellationRequested)
                {
                    return false;
                }
                catch (IOException e)
                {
                    Console.Error.WriteLine(e.Message);
                    throw;
                }
                finally
                {
                    if (guard is not null)
                        await guard.DisposeAsync().ConfigureAwait(false);
                    Console.WriteLine(ok);
                }

                return ok;
            }

            public int Early(BackupNamespace ns)
            {
                var guard = locks.AcquireShared(ns);
                try
                {
                    if (ns.IsRoot)
                        return 0;
                    var count = store.Count(ns);
                    guard.Dispose();
                    Thread.Sleep(1);
                    return count;
                }
                finally
                {
                    guard.Dispose();
                }
            }

            public async ValueTask AwaitUsingAsync(BackupNamespace ns)
            {
                await using ((await locks.AcquireSharedAsync(ns).ConfigureAwait(false)).ConfigureAwait(false))
                {
                    await store.BackupAsync(ns).ConfigureAwait(false);
                }

                var guard = await locks.AcquireSharedAsync(ns).ConfigureAwait(false);
                await using var _ = guard.ConfigureAwait(false);
                await store.BackupAsync(ns).ConfigureAwait(false);
            }

            public (bool, string?) Attempt(BackupNamespace ns)
            {
                NamespaceLockGuard guard;
                try
                {
                    guard = locks.AcquireExclusive(ns);
                }
                catch (NamespaceLockedException e)
                {
                    return (false, e.Message);
                }

                using (guard)
                {
                    store.Delete(ns);
                    return (true, null);
                }
            }

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public NamespaceLockGuard OpenChecked(BackupNamespace ns)
            {
                var guard = locks.AcquireExclusive(ns);
                try
                {
                    store.Delete(ns.Child("tmp"));
                    return guard;
                }
                catch
                {
                    guard.Dispose();
                    throw;
                }
            }

            public async Task CancelAsync(BackupNamespace ns)
            {
                using var source = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                try
                {
                    await using var guard = await locks.AcquireSharedAsync(ns, Timeout.InfiniteTimeSpan, source.Token);
                    await store.BackupAsync(ns).WaitAsync(source.Token);
                }
                catch (OperationCanceledException) when (source.IsCancellationRequested)
                {
                    Console.WriteLine("late");
                }
            }
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("if (guard is not null)\n                await guard.DisposeAsync().ConfigureAwait(false);\n", "", "{|NSL2002:locks.AcquireExclusiveAsync(ns, cancellationToken: cancellationToken)|}")]
    [InlineData("var count = store.Count(ns);\n            guard.Dispose();", "guard.Dispose();\n            var count = store.Count(ns);", "{|NSL1004:store.Count(ns)|}")]
    [InlineData("        catch\n", "        catch (IOException)\n", "{|NSL2003:locks.AcquireExclusive(ns)|};\n        try")]
    [InlineData("await using var _ = guard.ConfigureAwait(false);\n", "", "var guard = await {|NSL2002:locks.AcquireSharedAsync(ns)|}")]
    [InlineData("await store.BackupAsync(ns).WaitAsync(source.Token);", "await Task.WhenAny(store.BackupAsync(ns), Task.Delay(5));", "Task.WhenAny({|NSL1006:store.BackupAsync(ns)|}")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
