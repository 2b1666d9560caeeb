namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>Work on many namespaces at once.</summary>
public class InParallelTests
{
    private const string Source =
        """
        using System.Collections.Concurrent;

        public static class ParallelWork
        {
            public static async Task CompactAsync(NamespaceLockManager locks, Datastore store, BackupNamespace top, IEnumerable<string> names, CancellationToken cancellationToken)
            {
                await using var guard = await locks.AcquireExclusiveAsync(top, TimeSpan.FromMinutes(1), cancellationToken);
                var children = names.Select(top.Child).ToList();
                await Parallel.ForEachAsync(children, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (child, token) =>
                {
                    token.ThrowIfCancellationRequested();
                    await store.DeleteAsync(child);
                });
                Parallel.ForEach(children, child => store.Delete(child));
                children.AsParallel().WithDegreeOfParallelism(2).ForAll(store.Delete);
                await Task.WhenAll(children.Select(child => store.DeleteAsync(child)));
                await Task.WhenAll(children.Select(async child =>
                {
                    await Task.Yield();
                    await store.DeleteAsync(child);
                }));
            }

            public static async Task VerifyAsync(NamespaceLockManager locks, Datastore store, IEnumerable<BackupNamespace> all, CancellationToken cancellationToken)
            {
                var failed = new ConcurrentBag<BackupNamespace>();
                await Parallel.ForEachAsync(all, cancellationToken, async (ns, token) =>
                {
                    await using var guard = await locks.TryAcquireSharedAsync(ns, TimeSpan.FromSeconds(5), token);
                    if (guard is null)
                        failed.Add(ns);
                    else
                        await store.BackupAsync(ns);
                });
                foreach (var ns in failed)
                {
                    using var guard = locks.AcquireShared(ns);
                    store.Backup(ns);
                }
            }
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("names.Select(top.Child).ToList()", "names.Select(top.Parent.Child).ToList()", "await {|NSL1003:store.DeleteAsync(child)|};\n        });\n        Parallel", "=> {|NSL1003:store.Delete(child)|}", "{|NSL4003:store.Delete|});", "=> {|NSL1003:store.DeleteAsync(child)|}", "await Task.Yield();\n            await {|NSL1003:store.DeleteAsync(child)|}")]
    [InlineData("await Task.WhenAll(children.Select(child => store.DeleteAsync(child)));", "_ = Task.WhenAll(children.Select(child => store.DeleteAsync(child)));", "{|NSL1006:Task.WhenAll(children.Select(child => store.DeleteAsync(child)))|}")]
    [InlineData("            else\n", "", "{|NSL1005:store.BackupAsync(ns)|}")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
