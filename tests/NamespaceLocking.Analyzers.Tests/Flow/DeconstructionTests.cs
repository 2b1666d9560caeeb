namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>What is taken apart, by <c>Deconstruct</c> or by a pattern, and what is copied by <c>with</c>.</summary>
public class DeconstructionTests
{
    private const string Records =
        """
        record Group(BackupNamespace Namespace, int Size);

        record Snapshot(BackupNamespace Namespace, int Size, string Name) : Group(Namespace, Size);

        record struct Range(BackupNamespace Namespace, int Size);

        class Place(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            public void Deconstruct(out BackupNamespace above, out int depth) => (above, depth) = (Namespace.Parent, Namespace.Depth);

            public void Deconstruct([InNamespace("this.Namespace")] out BackupNamespace own, out int depth, out bool isRoot) =>
                (own, depth, isRoot) = (Namespace, Namespace.Depth, Namespace.IsRoot);
        }
        """;

    private static Task BodyAsync(string body) => Cases.BodyAsync(Records,
        $$"""
        var group = new Group(ns, 1);
        var snapshot = new Snapshot(ns, 1, "a");
        var range = new Range(ns, 1);
        var place = new Place(ns);
        {{body}}
        """);

    [Theory]
    [InlineData("using var guard = locks.AcquireShared(group.Namespace); var (n, _) = group; store.Backup(n);")]
    [InlineData("var (n, _) = group; using var guard = locks.AcquireShared(n); store.Backup(group.Namespace);")]
    [InlineData("using var guard = locks.AcquireShared(range.Namespace); var (n, _) = range; store.Backup(n);")]
    [InlineData("using var guard = locks.AcquireShared(snapshot.Namespace); var (n, _, _) = snapshot; store.Backup(n);")]
    [InlineData("using var guard = locks.AcquireShared(snapshot.Namespace); Group seen = snapshot; var (n, _) = seen; store.Backup(n);")]
    [InlineData("using var guard = locks.AcquireShared(group.Namespace); if (group is (var n, 1)) store.Backup(n);")]
    [InlineData("using var guard = locks.AcquireShared(group.Namespace); var ((n, _), _) = (group, 1); store.Backup(n);")]
    [InlineData("foreach (var (n, _) in new[] { group }) { using var guard = locks.AcquireShared(n); store.Backup(n); }")]
    [InlineData("using var guard = locks.AcquireShared(place.Namespace); var (n, _, _) = place; store.Backup(n);")]
    public Task Is_the_namespace_of_the_whole(string body) => BodyAsync(body);

    [Theory]
    [InlineData("using var guard = locks.AcquireShared(group.Namespace); group = new Group(ns2, 1); var (n, _) = group; {|NSL1003:store.Backup(n)|};")]
    [InlineData("var (n, _) = group; (n, _) = new Group(ns2, 1); using var guard = locks.AcquireShared(n); {|NSL1003:store.Backup(group.Namespace)|};")]
    [InlineData("using var guard = locks.AcquireShared(place.Namespace); var (n, _) = place; {|NSL1003:store.Backup(n)|};")]
    public Task Is_another_one(string body) => BodyAsync(body);

    [Theory]
    [InlineData("using var guard = locks.AcquireShared(group.Namespace); group = group with { Size = 2 }; store.Backup(group.Namespace);")]
    [InlineData("using var guard = locks.AcquireShared(group.Namespace); var copy = group with { Namespace = group.Namespace.Parent }; store.Backup(copy.Namespace);")]
    [InlineData("using var guard = locks.AcquireShared(group.Namespace); var copy = group with { Namespace = ns2 }; {|NSL1003:store.Backup(copy.Namespace)|};")]
    [InlineData("using var guard = locks.AcquireShared(range.Namespace); var copy = range with { Namespace = ns2 }; store.Backup(range.Namespace);")]
    [InlineData("using var guard = locks.AcquireShared(range.Namespace); var copy = range with { Namespace = ns2 }; {|NSL1003:store.Backup(copy.Namespace)|};")]
    public Task A_copy_has_what_is_not_changed(string body) => BodyAsync(body);

    [Theory]
    [InlineData("var (a, b) = {0};")]
    [InlineData("(_, var b) = {0};")]
    public Task Taking_apart_asks_for_the_lock(string statement) => Verify.SourceAsync(
        $$"""
        class Group(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [RequiresLock(LockMode.Shared)]
            public void Deconstruct(out int first, out int second) => first = second = 0;

            static void M(Group group, Group other, NamespaceLockManager locks)
            {
                using var guard = locks.AcquireShared(group.Namespace);
                {{statement.Replace("{0}", "group", StringComparison.Ordinal)}}
                if (group is (1, 2)) { }
                if (other is {|NSL1003:(1, 2)|}) { }
            }

            static void N(Group group)
            {
                {|NSL1001:{{statement.Replace("{0}", "group", StringComparison.Ordinal).TrimEnd(';')}}|};
            }
        }
        """);

    [Fact]
    public Task A_member_named_in_a_pattern_is_read() => Verify.SourceAsync(
        """
        class Group(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            public Group? Inner { get; set; }

            [GuardedBy("this.Namespace")]
            public int Count;

            static void M(Group group, NamespaceLockManager locks)
            {
                if (group is { {|NSL1001:Count|}: 1 }) { }
                if (group is { Inner: { {|NSL1001:Count|}: 1 } }) { }
                using var guard = locks.AcquireShared(group.Namespace);
                if (group is { Count: 1, Inner: null }) { }
                _ = group switch { { Count: > 1 } => 1, _ => 2 };
                if (group is { Inner: { {|NSL1003:Count|}: 1 } }) { }
            }
        }
        """);

    [Fact]
    public Task What_an_out_parameter_says_of_its_namespace() => Cases.MembersAsync(
        """
        static bool TryFind(BackupNamespace root, [DescendantOf(nameof(root))] out BackupNamespace found)
        {
            found = root.Child("a");
            return true;
        }

        void M(BackupNamespace ns)
        {
            using var guard = _locks.AcquireExclusive(ns);
            if (TryFind(ns, out var below))
                _store.Delete(below);
            TryFind(ns.Parent, out var beside);
            {|NSL1003:_store.Delete(beside)|};
        }
        """);

    [Fact]
    public Task What_can_be_awaited_may_ask_for_a_lock() => Verify.SourceAsync(
        """
        class Job
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            [RequiresLock(LockMode.Shared)]
            public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter();

            static async Task M(Job job, NamespaceLockManager locks)
            {
                {|NSL1001:await job|};
                using var guard = locks.AcquireShared(job.Namespace);
                await job;
            }
        }
        """);
}
