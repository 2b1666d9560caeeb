namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Data that a namespace's lock protects: reading asks for a shared lock, writing for an exclusive one.</summary>
public class GuardedByTests
{
    private const string Stats =
        """
        class Stats(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [GuardedBy(nameof(Namespace))]
            public int Count;

            [GuardedBy("this.Namespace")]
            public string? Title { get; set; }

            [GuardedBy("Namespace")]
            public readonly List<int> Sizes = [];
        }

        static class Tools
        {
            public static void Change(ref int value) => value++;

            public static void Set(out int value) => value = 1;

            public static void Show(in int value) { }

            public static void Print(int value) { }
        }
        """;

    private static Task BodyAsync(string body) => Cases.BodyAsync(
        Stats,
        $$"""
        var stats = new Stats(ns);
        {{body}}
        """);

    public class Flagged
    {
        [Theory]
        [InlineData("var n = {|NSL1001:stats.Count|};")]
        [InlineData("var n = {|NSL1001:stats.Title|};")]
        [InlineData("{|NSL1001:stats.Count|} = 1;")]
        [InlineData("{|NSL1001:stats.Title|} = \"a\";")]
        [InlineData("{|NSL1001:stats.Count|}++;")]
        [InlineData("{|NSL1001:stats.Count|} += 2;")]
        [InlineData("Tools.Print({|NSL1001:stats.Count|});")]
        [InlineData("Tools.Show(in {|NSL1001:stats.Count|});")]
        [InlineData("Tools.Change(ref {|NSL1001:stats.Count|});")]
        [InlineData("Tools.Set(out {|NSL1001:stats.Count|});")]
        [InlineData("{|NSL1001:stats.Sizes|}.Add(1);")]
        [InlineData("foreach (var size in {|NSL1001:stats.Sizes|}) { }")]
        [InlineData("if ({|NSL1001:stats.Count|} > 0) { }")]
        [InlineData("var text = $\"{ {|NSL1001:stats.Count|} }\";")]
        public Task An_access_without_a_guard(string body) => BodyAsync(body);

        [Theory]
        [InlineData("{|NSL1002:stats.Count|} = 1;")]
        [InlineData("{|NSL1002:stats.Title|} = \"a\";")]
        [InlineData("{|NSL1002:stats.Count|}++;")]
        [InlineData("--{|NSL1002:stats.Count|};")]
        [InlineData("{|NSL1002:stats.Count|} += 2;")]
        [InlineData("{|NSL1002:stats.Title|} ??= \"a\";")]
        [InlineData("Tools.Change(ref {|NSL1002:stats.Count|});")]
        [InlineData("Tools.Set(out {|NSL1002:stats.Count|});")]
        [InlineData("Interlocked.Increment(ref {|NSL1002:stats.Count|});")]
        [InlineData("ref var count = ref {|NSL1002:stats.Count|};")]
        [InlineData("(var rest, {|NSL1002:stats.Count|}) = (1, 2);")]
        public Task A_write_under_a_shared_guard(string body) => BodyAsync(
            "using var guard = locks.AcquireShared(stats.Namespace); " + body);

        [Fact]
        public Task A_read_under_a_guard_on_another_namespace() => BodyAsync(
            """
            using var guard = locks.AcquireExclusive(ns2);
            Tools.Print({|NSL1003:stats.Count|});
            """);

        [Fact]
        public Task A_read_of_another_object() => BodyAsync(
            """
            var more = new Stats(ns2);
            using var guard = locks.AcquireShared(stats.Namespace);
            Tools.Print({|NSL1003:more.Count|});
            """);

        [Fact]
        public Task A_read_after_the_release() => BodyAsync(
            """
            using (locks.AcquireShared(stats.Namespace))
                Tools.Print(stats.Count);
            Tools.Print({|NSL1004:stats.Count|});
            """);

        [Fact]
        public Task A_read_under_an_untested_Try() => BodyAsync(
            """
            using var guard = locks.TryAcquireShared(stats.Namespace);
            Tools.Print({|NSL1005:stats.Count|});
            """);

        [Fact]
        public Task A_member_of_the_same_type() => Verify.SourceAsync(
            """
            class Stats(BackupNamespace ns)
            {
                [GuardedBy(nameof(Namespace))]
                private int _count;

                public BackupNamespace Namespace { get; } = ns;

                public int Read() => {|NSL1001:_count|};

                public void Add() => {|NSL1001:this._count|}++;
            }
            """);

        [Fact]
        public Task The_construction_of_one_object_reads_another() => Verify.SourceAsync(
            """
            class Stats
            {
                [GuardedBy(nameof(Namespace))]
                private int _count;

                public Stats(Stats source)
                {
                    Namespace = source.Namespace;
                    _count = {|NSL1001:source._count|};
                }

                public BackupNamespace Namespace { get; }
            }
            """);

        [Fact]
        public Task A_member_that_requires_a_shared_lock_writes() => Verify.SourceAsync(
            """
            class Stats(BackupNamespace ns)
            {
                [GuardedBy(nameof(Namespace))]
                private int _count;

                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, nameof(Namespace))]
                public int Next() => {|NSL1002:_count|}++;
            }
            """);

        [Fact]
        public Task A_static_field() => Verify.SourceAsync(
            """
            static class Totals
            {
                [GuardedBy("BackupNamespace.Root")]
                public static int Count;

                public static void Add() => {|NSL1001:Count|}++;

                public static void Add(NamespaceLockManager locks)
                {
                    using var guard = locks.AcquireExclusive(BackupNamespace.Root);
                    Totals.Count++;
                }
            }
            """);

        [Fact]
        public Task What_is_static_is_not_made_with_each_object() => Verify.SourceAsync(
            """
            class Group
            {
                [GuardedBy("BackupNamespace.Root")]
                private static int s_count;

                private readonly int _number = {|NSL1001:s_count|};

                static Group() => s_count = 1;

                public Group() => {|NSL1001:s_count|}++;
            }

            static class Groups
            {
                [GuardedBy("BackupNamespace.Root")]
                public static int Count = 1;

                private static readonly int s_first = Count;
            }

            static class More
            {
                private static readonly int s_first = {|NSL1001:Groups.Count|};
            }
            """);

        [Theory]
        [InlineData("for (var i = {|NSL1001:stats.Count|}; i < {|NSL1001:stats.Sizes|}.Count; i += {|NSL1001:stats.Count|}) { }")]
        [InlineData("do { } while ({|NSL1001:stats.Title|} != null);")]
        [InlineData("switch ({|NSL1001:stats.Count|}) { case 1: break; }")]
        [InlineData("var n = {|NSL1001:stats.Count|} switch { 1 => 2, _ => 3 };")]
        [InlineData("var n = stats is { {|NSL1001:Count|}: > 3 };")]
        [InlineData("try { await Task.Yield(); } catch (Exception e) when (e.Message == {|NSL1001:stats.Title|}) { }")]
        [InlineData("lock ({|NSL1001:stats.Sizes|}) { }")]
        [InlineData("throw new InvalidOperationException({|NSL1001:stats.Title|});")]
        [InlineData("int[] all = [.. {|NSL1001:stats.Sizes|}];")]
        [InlineData("var text = \"abc\"[..{|NSL1001:stats.Count|}];")]
        [InlineData("var all = new { {|NSL1001:stats.Count|} };")]
        [InlineData("var all = from item in items where item > {|NSL1001:stats.Count|} select item; all.Count();")]
        [InlineData("using var all = ((IEnumerable<int>){|NSL1001:stats.Sizes|}).GetEnumerator();")]
        [InlineData("Stats? maybe = flag ? stats : null; maybe?{|NSL1001:.Count|} = 1;")]
        public Task An_access_anywhere_in_a_statement(string body) => BodyAsync(body);

        [Fact]
        public Task Each_release_ends_one_of_several_guards() => BodyAsync(
            """
            var more = new Stats(ns2);
            using (locks.AcquireExclusive(stats.Namespace))
            {
                using (locks.AcquireExclusive(more.Namespace))
                    more.Count = stats.Count;
                {|NSL1004:more.Count|} = stats.Count;
            }

            {|NSL1004:stats.Count|} = 1;
            """);

        [Fact]
        public Task A_member_of_the_same_name_in_a_base_and_around() => Verify.SourceAsync(
            """
            class Base(BackupNamespace ns)
            {
                protected readonly BackupNamespace Place = ns;

                [GuardedBy("this.Place")]
                protected int Count;
            }

            class Derived(BackupNamespace ns, BackupNamespace own) : Base(ns)
            {
                private readonly new BackupNamespace Place = own;

                [GuardedBy("this.Place")]
                private int _own;

                void InTheBase(NamespaceLockManager locks)
                {
                    using var guard = locks.AcquireExclusive(base.Place);
                    Count = 1;
                    {|NSL1003:_own|} = 1;
                }

                void InTheDerived(NamespaceLockManager locks)
                {
                    using var guard = locks.AcquireExclusive(Place);
                    _own = 1;
                    {|NSL1003:base.Count|} = 1;
                }

                class Inner(Derived outer, BackupNamespace ns)
                {
                    private readonly BackupNamespace Place = ns;

                    [GuardedBy("Place")]
                    private int _own;

                    void M(NamespaceLockManager locks)
                    {
                        using var guard = locks.AcquireExclusive(Place);
                        _own = 1;
                        {|NSL1003:outer._own|} = 1;
                    }
                }
            }
            """);

        [Fact]
        public Task A_local_of_the_name_in_the_annotation() => Verify.SourceAsync(
            """
            class Stats(BackupNamespace ns)
            {
                public BackupNamespace Place = ns;

                [GuardedBy("Place")]
                private int _count;

                void M(NamespaceLockManager locks, BackupNamespace Place)
                {
                    using (locks.AcquireExclusive(Place))
                        {|NSL1003:_count|} = 1;
                    using (locks.AcquireExclusive(this.Place))
                        _count = 2;
                }
            }
            """);

        [Fact]
        public Task A_lambda_that_runs_without_a_guard() => BodyAsync(
            "items.ForEach(_ => Tools.Print({|NSL1001:stats.Count|}));");
    }

    public class Clean
    {
        [Theory]
        [InlineData("var n = stats.Count;")]
        [InlineData("var n = stats.Title?.Length;")]
        [InlineData("Tools.Print(stats.Count);")]
        [InlineData("Tools.Show(in stats.Count);")]
        [InlineData("foreach (var size in stats.Sizes) { }")]
        [InlineData("if (stats.Count > 0 && stats.Sizes.Count > 1) { }")]
        [InlineData("ref readonly var count = ref stats.Count;")]
        [InlineData("items.ForEach(_ => Tools.Print(stats.Count));")]
        [InlineData("var list = items.Select(_ => stats.Count).ToList();")]
        public Task A_read_under_a_shared_guard(string body) => BodyAsync(
            "using var guard = locks.AcquireShared(stats.Namespace); " + body);

        [Theory]
        [InlineData("stats.Count = 1;")]
        [InlineData("stats.Title = \"a\";")]
        [InlineData("stats.Title ??= \"a\";")]
        [InlineData("stats.Count++;")]
        [InlineData("stats.Count += stats.Sizes.Count;")]
        [InlineData("Tools.Change(ref stats.Count);")]
        [InlineData("Tools.Set(out stats.Count);")]
        [InlineData("(stats.Count, stats.Title) = (1, \"a\");")]
        [InlineData("stats.Sizes.Add(stats.Count);")]
        [InlineData("items.ForEach(item => stats.Count += item);")]
        public Task Any_access_under_an_exclusive_guard(string body) => BodyAsync(
            "using var guard = locks.AcquireExclusive(stats.Namespace); " + body);

        [Theory]
        [InlineData("var name = nameof(stats.Count);")]
        [InlineData("System.Linq.Expressions.Expression<Func<int>> tree = () => stats.Count;")]
        [InlineData("var where = stats.Namespace;")]
        public Task What_is_no_access(string body) => BodyAsync(body);

        [Fact]
        public Task An_exclusive_guard_above() => BodyAsync(
            """
            using var guard = locks.AcquireExclusive(stats.Namespace.Parent);
            stats.Count++;
            """);

        [Fact]
        public Task The_object_s_own_construction() => Verify.SourceAsync(
            """
            class Stats
            {
                [GuardedBy(nameof(Namespace))]
                private int _count = 1;

                [GuardedBy(nameof(Namespace))]
                private readonly List<int> _sizes = [];

                public Stats(BackupNamespace ns)
                {
                    Namespace = ns;
                    _count = 2;
                    this._count++;
                    _sizes.Add(_count);
                }

                public BackupNamespace Namespace { get; }
            }
            """);

        [Fact]
        public Task Members_that_require_the_lock() => Verify.SourceAsync(
            """
            class Stats(BackupNamespace ns)
            {
                [GuardedBy(nameof(Namespace))]
                private int _count;

                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared)]
                public int Read() => _count;

                [RequiresLock(LockMode.Exclusive, "this.Namespace")]
                public void Add()
                {
                    _count++;
                    Reset(Read());
                }

                [RequiresLock(LockMode.Exclusive, nameof(Namespace))]
                private void Reset(int count) => _count = count;
            }
            """);

        [Fact]
        public Task A_member_that_takes_the_lock() => Verify.SourceAsync(
            """
            class Stats(NamespaceLockManager locks, BackupNamespace ns)
            {
                [GuardedBy(nameof(Namespace))]
                private int _count;

                public BackupNamespace Namespace { get; } = ns;

                public async Task<int> NextAsync()
                {
                    await using var guard = await locks.AcquireExclusiveAsync(Namespace);
                    return ++_count;
                }
            }
            """);

        [Fact]
        public Task A_guard_type_that_protects_its_own_data() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                [GuardedBy(nameof(Namespace))]
                private int _count;

                [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    Namespace = ns;
                    _guard = locks.AcquireExclusive(ns);
                }

                public BackupNamespace Namespace { get; }

                public void Add() => _count++;

                public void Dispose() => _guard.Dispose();
            }
            """);
    }

    [Theory]
    [InlineData("{|NSL1002:stats.Count|} = flag ? 1 : 2;")]
    [InlineData("{|NSL1002:stats.Count|} += flag ? 1 : 2;")]
    [InlineData("{|NSL1002:stats.Title|} ??= \"a\";")]
    [InlineData("({|NSL1002:stats.Count|}, items) = (flag ? 1 : 2, []);")]
    [InlineData("stats.Sizes[0] = flag ? 1 : 2;")]
    public Task A_choice_that_is_written_under_a_shared_guard(string body) => BodyAsync("using var guard = locks.AcquireShared(stats.Namespace);\n" + body);

    [Theory]
    [InlineData("Task.Run(() => {|NSL1001:_count|} = 1);")]
    [InlineData("_ = Task.Run(() => {|NSL1001:_count|}++);")]
    [InlineData("_work = Task.Run(() => { {|NSL1001:_count|} = 1; });")]
    [InlineData("Task.Factory.StartNew(() => {|NSL1001:_count|} = 1);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => {|NSL1001:_count|} = 1);")]
    [InlineData("token.Register(() => {|NSL1001:_count|} = 1);")]
    [InlineData("Task.Run(() => _count = 1).Wait();")]
    [InlineData("Parallel.For(0, 3, i => _count = i);")]
    [InlineData("new List<int>().ForEach(i => _count = i);")]
    [InlineData("Action set = () => _count = 1; set();")]
    public Task A_lambda_in_a_constructor(string statement) => Verify.SourceAsync(
        $$"""
        class Stats
        {
            [GuardedBy("this.Namespace")]
            private int _count;
            private Task _work = Task.CompletedTask;

            public Stats(BackupNamespace ns, CancellationToken token)
            {
                Namespace = ns;
                {{statement}}
            }

            public BackupNamespace Namespace { get; }
        }
        """);

    [Fact]
    public Task Two_members_that_ask_at_one_place() => Verify.SourceAsync(
        """
        class Group
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root.Child("a");

            [RequiresLock(LockMode.Shared, "this.Namespace")]
            [RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
            public Size Size => new(Namespace);

            long Sum(NamespaceLockManager locks)
            {
                long sum = {|NSL1001:{|NSL1001:Size|}|};
                using var guard = locks.AcquireShared(Namespace);
                sum += {|NSL1003:Size|};
                return sum;
            }
        }

        record Size(BackupNamespace Namespace)
        {
            [RequiresLock(LockMode.Shared, "size.Namespace")]
            public static implicit operator long(Size size) => 0;
        }
        """);
}
