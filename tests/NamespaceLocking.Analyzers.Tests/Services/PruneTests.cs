namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>Walks over what lies below.</summary>
public class PruneTests
{
    private const string Source =
        """
        public sealed class Pruner(NamespaceLockManager locks, Datastore store)
        {
            [return: DescendantOf(nameof(ns))]
            private static List<BackupNamespace> Children(BackupNamespace ns) => [ns.Child("a"), ns.Child("b")];

            public int Prune(BackupNamespace top)
            {
                using var guard = locks.AcquireExclusive(top);
                var pending = new Queue<BackupNamespace>();
                pending.Enqueue(top);
                var count = 0;
                while (pending.TryDequeue(out var current))
                {
                    foreach (var child in Children(current))
                    {
                        if (store.Count(child) == 0)
                        {
                            store.Delete(child);
                            count++;
                        }
                        else
                        {
                            pending.Enqueue(child);
                        }
                    }
                }

                return count;
            }

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            private void PruneRecursively(BackupNamespace ns, int depth = 0)
            {
                if (depth >= BackupNamespace.MaxDepth)
                    return;
                foreach (var child in Children(ns))
                    PruneRecursively(child, depth + 1);
                store.Delete(ns);
            }

            public void PruneEach(BackupNamespace top)
            {
                foreach (var child in Children(top).Where(child => child.Depth > top.Depth).OrderByDescending(child => child.Name))
                {
                    using var guard = locks.TryAcquireExclusive(child);
                    if (guard == null)
                        continue;
                    PruneRecursively(child);
                }

                var failed = new List<(BackupNamespace, Exception)>();
                for (var i = 0; i < 3; i++)
                {
                    foreach (var child in Children(top))
                    {
                        try
                        {
                            using var guard = locks.AcquireExclusive(child);
                            PruneRecursively(child);
                        }
                        catch (NamespaceLockedException e)
                        {
                            failed.Add((child, e));
                        }
                    }
                }
            }

            public void Up(BackupNamespace leaf)
            {
                using var guard = locks.AcquireShared(leaf);
                for (var ns = leaf; !ns.IsRoot; ns = ns.Parent)
                    store.Backup(ns);
            }
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("pending.Enqueue(child);", "pending.Enqueue(child.Parent);", "if ({|NSL1003:store.Count(child)|} == 0)", "{|NSL1003:store.Delete(child)|}")]
    [InlineData("if (guard == null)\n                continue;\n", "", "{|NSL1005:PruneRecursively(child)|};\n        }\n\n        var failed")]
    [InlineData("using var guard = locks.AcquireExclusive(child);", "locks.AcquireExclusive(child);", "{|NSL2001:locks.AcquireExclusive(child)|}")]
    [InlineData("[RequiresLock(LockMode.Exclusive, nameof(ns))]", "[RequiresLock(LockMode.Shared, nameof(ns))]", "{|NSL1003:PruneRecursively(child, depth + 1)|}", "{|NSL1002:store.Delete(ns)|}")]
    [InlineData("ns = ns.Parent", "ns = ns.Child(\"x\")", "{|NSL1003:store.Backup(ns)|}")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
