namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>Results of a Try in patterns.</summary>
public class MatchingTests
{
    private const string Source =
        """
        public static class Matching
        {
            public static string Describe(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
            {
                using var guard = locks.TryAcquireShared(ns);
                return guard switch
                {
                    null => "busy",
                    { IsHeld: false } => "lost",
                    { Mode: LockMode.Shared, Namespace: { IsRoot: true } } => $"root: {store.Count(ns)}",
                    _ => $"{store.Count(ns)}",
                };
            }

            public static int Count(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
            {
                if (locks.TryAcquireExclusive(ns) is not { } guard)
                    return -1;
                using (guard)
                {
                    store.Delete(ns);
                    return store.Count(ns);
                }
            }

            public static int Either(NamespaceLockManager locks, Datastore store, BackupNamespace a, BackupNamespace b)
            {
                using var first = locks.TryAcquireShared(a);
                using var second = locks.TryAcquireShared(b);
                return (first, second) switch
                {
                    (not null, not null) => store.Count(a) + store.Count(b),
                    (not null, null) => store.Count(a),
                    (null, not null) => store.Count(b),
                    _ => 0,
                };
            }

            public static bool Nested(NamespaceLockManager locks, Datastore store, object where)
            {
                if (where is not BackupNamespace { IsRoot: false } ns)
                    return false;
                switch (locks.TryAcquireExclusive(ns))
                {
                    case null:
                        return false;
                    case var guard:
                        using (guard)
                            store.Delete(ns);
                        return true;
                }
            }

            public static void Upgrade(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
            {
                var guard = locks.TryAcquireExclusive(ns) ?? locks.TryAcquireShared(ns);
                if (guard is null)
                    return;
                try
                {
                    store.Backup(ns);
                    if (guard.Mode is LockMode.Exclusive)
                    {
                        guard.ThrowIfNotExclusive(ns);
                        store.Delete(ns);
                    }
                }
                finally
                {
                    guard.Dispose();
                }
            }
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("null => \"busy\",\n", "", "_ => $\"{{|NSL1005:store.Count(ns)|}}\"")]
    [InlineData("(not null, null) => store.Count(a)", "(not null, null) => store.Count(b)", "(not null, null) => {|NSL1005:store.Count(b)|}")]
    [InlineData("(null, not null) => store.Count(b)", "(null, not null) => store.Count(a)", "(null, not null) => {|NSL1005:store.Count(a)|}")]
    [InlineData("case null:\n                return false;\n", "", "using (guard)\n                    {|NSL1005:store.Delete(ns)|}")]
    [InlineData("guard.ThrowIfNotExclusive(ns);\n", "", "            {\n                                {|NSL1002:store.Delete(ns)|};\n            }\n        }\n        finally")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
