using NamespaceLocking.Analyzers.Tests.Pages;

namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>What messages say: the operation, the namespace as the code at hand can write it, the guard by its name, the stores where they differ.</summary>
public class MessagesTests
{
    private const string Groups =
        """
        public class Group(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            public Group? Inner { get; set; }

            [RequiresLock(LockMode.Shared)]
            public virtual void Read() { }

            [GuardedBy("Namespace")]
            public int Count { get; set; }

            [RequiresLock(LockMode.Shared, "other.Namespace")]
            public void Compare(Group? other = null) { }

            [RequiresLock(LockMode.Shared, "key.Namespace")]
            public int this[Group key] { get => 0; set { } }

            [RequiresLock(LockMode.Shared)]
            public void Deconstruct(out int first, out int second) => first = second = 0;

            [RequiresLock(LockMode.Shared, "left.Namespace")]
            [RequiresLock(LockMode.Exclusive, "right.Namespace")]
            public static Group operator +(Group left, Group right) => left;

            [RequiresLock(LockMode.Shared, "left.Namespace")]
            public static bool operator !(Group left) => false;

            [RequiresLock(LockMode.Shared, "left.Namespace")]
            public static Group operator ++(Group left) => left;

            [RequiresLock(LockMode.Shared, "group.Namespace")]
            public static explicit operator int(Group group) => 0;

            [RequiresLock(LockMode.Shared, "value.Namespace")]
            public Group Set { set { } }

            public void Own() => {{OWN}};
        }

        public static class Lib
        {
            public static BackupNamespace Default => BackupNamespace.Root;

            [RequiresLock(LockMode.Shared, nameof(Default))]
            public static void Clear() { }

            public static Task<Group> FindAsync(BackupNamespace ns) => Task.FromResult(new Group(ns));
        }
        """;

    private static async Task<string> MessageAsync(string body, string own = "Console.WriteLine()") => Assert.Single(await AnalyzedCode.DiagnoseAsync(
    [
        ("Datastore.cs", Verify.Datastore),
        ("Case.cs",
        $$"""
        using NamespaceLocking;

        static class C
        {
            static async Task M(Datastore store, NamespaceLockManager locks, BackupNamespace ns, BackupNamespace other, Group a, Group b, bool flag)
            {
                await Task.Yield();
                {{body}}
            }
        }

        {{Groups.Replace("{{OWN}}", own, StringComparison.Ordinal)}}
        """),
    ])).GetMessage(null);

    [Theory]
    [InlineData("Read()", "'Group.Read' requires a shared lock on 'this.Namespace',")]
    [InlineData("this.Read()", "'Group.Read' requires a shared lock on 'this.Namespace',")]
    [InlineData("Count = 1", "'Group.Count' requires an exclusive lock on 'this.Namespace',")]
    [InlineData("Compare(this)", "'Group.Compare' requires a shared lock on 'this.Namespace',")]
    public async Task The_object_itself(string own, string message) => Assert.StartsWith(message, await MessageAsync("", own), StringComparison.Ordinal);

    [Theory]
    [InlineData("a.Read();", "a.Namespace")]
    [InlineData("a?.Inner?.Read();", "a.Inner.Namespace")]
    [InlineData("a.Inner!.Read();", "a.Inner!.Namespace")]
    [InlineData("(flag ? a : b).Read();", "(flag ? a : b).Namespace")]
    [InlineData("(a ?? b).Read();", "(a ?? b).Namespace")]
    [InlineData("(await Lib.FindAsync(ns)).Read();", "(await Lib.FindAsync(ns)).Namespace")]
    [InlineData("new Group(ns).Read();", "Namespace of the new Group")]
    [InlineData("a.Compare(b);", "b.Namespace")]
    [InlineData("a.Compare();", "other.Namespace (left out)")]
    [InlineData("a[b] = 1;", "b.Namespace")]
    [InlineData("var (x, y) = a;", "a.Namespace")]
    [InlineData("foreach (var (x, y) in new[] { a }) { }", "Namespace of what is taken apart")]
    [InlineData("if (a is { Count: 1 }) { }", "a.Namespace")]
    [InlineData("if (a is { Inner: { Count: 1 } }) { }", "a.Inner.Namespace")]
    [InlineData("if (a is { Inner.Count: 1 }) { }", "a.Inner.Namespace")]
    [InlineData("if (a is (1, 2)) { }", "a.Namespace")]
    [InlineData("_ = a switch { { Count: 1 } => 1, _ => 2 };", "a.Namespace")]
    [InlineData("Lib.Clear();", "Lib.Default")]
    [InlineData("a.Set = b;", "b.Namespace")]
    [InlineData("a.Set = flag ? a : b;", "(flag ? a : b).Namespace")]
    [InlineData("(a.Set, _) = (b, 1);", "what is written (value.Namespace)")]
    public async Task Another_object(string body, string ns) =>
        Assert.Contains($" requires a shared lock on '{ns}', and no guard is held", Shared(await MessageAsync(body)), StringComparison.Ordinal);

    [Theory]
    [InlineData("_ = a + b;", "'Group.operator +' requires a shared lock on 'a.Namespace' and an exclusive lock on 'b.Namespace',")]
    [InlineData("a += b;", "'Group.operator +' requires a shared lock on 'a.Namespace' and an exclusive lock on 'b.Namespace',")]
    [InlineData("_ = !a;", "'Group.operator !' requires a shared lock on 'a.Namespace',")]
    [InlineData("a++;", "'Group.operator ++' requires a shared lock on 'a.Namespace',")]
    [InlineData("_ = (int)(a ?? b);", "'conversion from Group to int' requires a shared lock on '(a ?? b).Namespace',")]
    public async Task Operators(string body, string message) => Assert.StartsWith(message, await MessageAsync(body), StringComparison.Ordinal);

    [Theory]
    [InlineData("using var g = locks.AcquireShared(ns); store.Delete(ns);", "and the guard 'g' is only shared on 'ns':")]
    [InlineData("using (locks.AcquireShared(ns)) store.Delete(ns);", "and the guard held is only shared on 'ns':")]
    [InlineData("using var g = locks.AcquireExclusive(ns.Child(\"a\")); store.Delete(ns);", "and the guard 'g' is exclusive on 'ns.Child(\"a\")', and only shared above that:")]
    [InlineData("using var g = locks.AcquireShared(ns); store.Backup(other);", "and the guard 'g' is shared on 'ns':")]
    [InlineData("using (locks.AcquireShared(ns)) { } store.Backup(ns);", "and the guard shared on 'ns' was released before it:")]
    [InlineData("var g = locks.AcquireShared(ns); g.Dispose(); store.Backup(ns);", "and the guard 'g', shared on 'ns', was released before it:")]
    [InlineData("using var g = locks.TryAcquireShared(ns); store.Backup(ns);", "which the guard 'g' holds on some paths to here only:")]
    [InlineData("using var g = locks.AcquireShared(ns); using var h = locks.AcquireExclusive(ns);", "while the guard 'g', shared on 'ns', is held,")]
    [InlineData("using (locks.AcquireShared(ns)) { using var h = locks.AcquireExclusive(ns); }", "while the guard shared on 'ns' is held,")]
    [InlineData("using var g = locks.AcquireExclusive(ns); using var h = locks.AcquireShared(ns);", "while the guard 'g', exclusive on 'ns', is held,")]
    [InlineData("using var g = locks.AcquireShared(ns); using var h = locks.AcquireShared(other, TimeSpan.FromSeconds(1));", "while the guard 'g', shared on 'ns', is held:")]
    [InlineData("using var g = locks.AcquireShared(ns); Own(); void Own() { using var h = locks.AcquireExclusive(ns); }", "while the guard 'g', shared on 'ns', is held,")]
    [InlineData("using var g = locks.AcquireShared(ns); _ = store.BackupAsync(ns);", "may still need the guard 'g' when")]
    [InlineData("using (locks.AcquireShared(ns)) { _ = store.BackupAsync(ns); }", "may still need the guard when")]
    public async Task The_guard(string body, string clause) => Assert.Contains(clause, await MessageAsync(body), StringComparison.Ordinal);

    [Fact]
    public async Task What_a_member_beside_it_hands_out_in_the_words_of_the_caller()
    {
        var messages = await MessagesOfAsync(
            """
            class C(Datastore store, NamespaceLockManager locks)
            {
                private NamespaceLockGuard Open(BackupNamespace place) => locks.AcquireShared(place.Parent);

                void M(BackupNamespace ns)
                {
                    using var guard = Open(ns);
                    store.Backup(ns);
                }
            }
            """);
        Assert.Contains("the guard 'guard' is shared on 'ns.Parent'", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_base_requires_in_the_words_of_the_override()
    {
        var messages = await MessagesOfAsync(
            """
            abstract class Work
            {
                [RequiresLock(LockMode.Shared, "source")]
                public abstract void Run(Datastore store, BackupNamespace source, BackupNamespace target);
            }

            class Copy : Work
            {
                public override void Run(Datastore store, BackupNamespace from, BackupNamespace to) => store.Backup(to);
            }
            """);
        Assert.Contains("the guard held is shared on 'from'", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stores_where_only_they_differ()
    {
        var messages = await MessagesOfAsync(
            $$"""
            static class C
            {
                static void M(Store source, Store target, BackupNamespace ns, BackupNamespace ns2)
                {
                    using var first = source.Lock(ns2);
                    using var guard = source.Lock(ns);
                    target.Read(ns);
                    source.Read(ns.Child("x"));
                }
            }

            {{Cases.Store}}
            """);
        Assert.Equal(2, messages.Count);
        Assert.StartsWith("'Store.Read' requires a shared lock on 'ns' of 'target', and the guard 'guard' is shared on 'ns' of 'source':", messages[0], StringComparison.Ordinal);
        Assert.StartsWith("'Store.Read' requires a shared lock on 'ns.Child(\"x\")', and the guard ", messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guard_that_is_handed_in()
    {
        var messages = await MessagesOfAsync(
            """
            static class C
            {
                static void Forget([TakesOwnership] NamespaceLockGuard guard) { }

                static void Hesitate([TakesOwnership] NamespaceLockGuard guard, bool flag)
                {
                    if (flag)
                        guard.Dispose();
                }
            }
            """);
        Assert.Equal(
        [
            "The guard 'guard' that is handed in (shared on 'guard.Namespace') is neither disposed nor kept: dispose it, or take [TakesOwnership] off the parameter",
            "The guard 'guard' that is handed in (shared on 'guard.Namespace') is not disposed on every path: dispose it with 'using'",
        ], messages);
    }

    [Theory]
    [InlineData("using var held = locks.AcquireShared(BackupNamespace.Root); return held;", "'held'")]
    [InlineData("var held = locks.AcquireShared(BackupNamespace.Root); held.Dispose(); return held;", "'held'")]
    [InlineData("var held = locks.AcquireShared(BackupNamespace.Root); try { return held; } finally { held.Dispose(); }", "'held'")]
    public async Task A_guard_that_is_released_on_its_way_out(string body, string name) => Assert.Contains(
        $"may still need the guard {name} when that has ended",
        Assert.Single(await MessagesOfAsync($"class C {{ NamespaceLockGuard M(NamespaceLockManager locks) {{ {body} }} }}"), message => message.Contains("may still need")),
        StringComparison.Ordinal);

    private static async Task<List<string>> MessagesOfAsync(string source) =>
        [.. (await AnalyzedCode.DiagnoseAsync([("Datastore.cs", Verify.Datastore), ("Case.cs", "using NamespaceLocking;\n" + source)]))
            .Select(diagnostic => diagnostic.GetMessage(null))];

    /// <summary>Setters and the like ask for more, on the same namespace.</summary>
    private static string Shared(string message) => message.Replace("an exclusive lock", "a shared lock", StringComparison.Ordinal);
}
