namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>What one accessor requires is asked for where that one runs, and held in its body.</summary>
public class AccessorsTests
{
    private const string Index =
        """
        class Index
        {
            private int _size;

            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public int OnSet { get; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set; }

            public int OnGet { [RequiresLock(LockMode.Shared, "this.Namespace")] get; set; }

            public int Both
            {
                [RequiresLock(LockMode.Shared, "this.Namespace")]
                get
                {
                    Read();
                    {|NSL1002:Write()|};
                    return _size;
                }

                [RequiresLock(LockMode.Exclusive, "this.Namespace")]
                set
                {
                    Write();
                    _size = value;
                }
            }

            public int this[int at] { get => at; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set => Write(); }

            public event Action Changed { [RequiresLock(LockMode.Exclusive, "this.Namespace")] add => Write(); remove { } }

            [RequiresLock(LockMode.Shared)]
            private void Read() { }

            [RequiresLock(LockMode.Exclusive)]
            private void Write() { }
        }
        """;

    private static Task BodyAsync(string body) => Cases.BodyAsync(Index, "var index = new Index();\n" + body);

    [Theory]
    [InlineData("{|NSL1001:index.OnSet|} = 1;")]
    [InlineData("{|NSL1001:index.OnSet|} += 1;")]
    [InlineData("{|NSL1001:index.OnSet|}++;")]
    [InlineData("{|NSL1001:index.OnSet|} = flag ? 1 : 2;")]
    [InlineData("var size = {|NSL1001:index.OnGet|};")]
    [InlineData("{|NSL1001:index.OnGet|}++;")]
    [InlineData("if (index is { {|NSL1001:OnGet|}: 1 }) { }")]
    [InlineData("{|NSL1001:index.Both|} = 1;")]
    [InlineData("var size = {|NSL1001:index.Both|};")]
    [InlineData("{|NSL1001:index.Both|}++;")]
    [InlineData("{|NSL1001:index[1]|} = 1;")]
    [InlineData("{|NSL1001:index[1]|} += 1;")]
    [InlineData("{|NSL1001:index.Changed += () => { }|};")]
    [InlineData("index = new Index { {|NSL1001:OnSet|} = 1 };")]
    public Task The_accessor_that_asks(string body) => BodyAsync(body);

    [Theory]
    [InlineData("var size = index.OnSet;")]
    [InlineData("index.OnGet = 1;")]
    [InlineData("index.OnGet = flag ? 1 : 2;")]
    [InlineData("var size = index[1];")]
    [InlineData("index.Changed -= () => { };")]
    [InlineData("if (index is { OnSet: 1 }) { }")]
    public Task The_other_accessor(string body) => BodyAsync(body);

    [Theory]
    [InlineData("var size = index.Both;")]
    [InlineData("index.OnGet++;")]
    [InlineData("{|NSL1002:index.Both|} = 1;")]
    [InlineData("{|NSL1002:index.Both|}++;")]
    [InlineData("{|NSL1002:index.OnSet|} = flag ? 1 : 2;")]
    public Task Under_a_shared_guard(string body) => BodyAsync("using var guard = locks.AcquireShared(index.Namespace);\n" + body);

    [Fact]
    public Task Under_an_exclusive_guard() => BodyAsync(
        """
        using var guard = locks.AcquireExclusive(index.Namespace);
        index.Both++;
        index.OnSet = index.OnGet;
        index[1] = flag ? 1 : 2;
        index.Changed += () => { };
        """);

    [Fact]
    public Task An_implementation_inherits_what_an_accessor_asks_for() => Verify.SourceAsync(
        """
        interface ISized
        {
            BackupNamespace Namespace { get; }

            int Size { get; [RequiresLock(LockMode.Shared, "this.Namespace")] set; }
        }

        class Sized : ISized
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public int Size { get; set; }

            void M()
            {
                _ = Size;
                {|NSL1001:Size|} = 1;
            }
        }

        class Stricter : ISized
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public int {|NSL4002:Size|} { get; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set; }
        }
        """);

    [Fact]
    public Task An_accessor_that_names_nothing() => Verify.SourceAsync(
        """
        class C
        {
            public int Size { get; [{|NSL4001:RequiresLock(LockMode.Shared, "nothing")|}] set; }
        }
        """);

    [Fact]
    public Task What_initializes_a_property_is_no_write_and_holds_nothing() => Verify.SourceAsync(
        """
        class C
        {
            [RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
            public static int Size { get; set; } = {|NSL1001:Count()|};

            [RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
            public static int Plain { get; set; } = 1;

            [RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
            public static int Computed => Count();

            [RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
            private static int Count() => 1;
        }
        """);

    private const string Maintained =
        """
        abstract class Maintained
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public abstract int OnGet { [ExcludesLock("this.Namespace")] get; set; }

            public abstract int OnSet { get; [ExcludesLock("this.Namespace")] set; }

            public abstract int OnlySet { [ExcludesLock("this.Namespace")] set; }

            [ExcludesLock("this.Namespace")]
            public abstract int Always { get; set; }
        }
        """;

    [Theory]
    [InlineData("var size = {|NSL3004:kept.OnGet|};")]
    [InlineData("kept.OnGet = 1;")]
    [InlineData("{|NSL3004:kept.OnGet|} += 1;")]
    [InlineData("var size = kept.OnSet;")]
    [InlineData("{|NSL3004:kept.OnSet|} = 1;")]
    [InlineData("{|NSL3004:kept.OnSet|}++;")]
    [InlineData("{|NSL3004:kept.OnlySet|} = 1;")]
    [InlineData("var size = {|NSL3004:kept.Always|};")]
    [InlineData("{|NSL3004:kept.Always|} = 1;")]
    public Task The_accessor_that_keeps_callers_clear(string use) => Verify.SourceAsync(
        $$"""
        class C(NamespaceLockManager locks)
        {
            void M(Maintained kept)
            {
                using var guard = locks.AcquireShared(kept.Namespace);
                {{use}}
            }
        }

        {{Maintained}}
        """);

    [Fact]
    public Task A_getter_that_acquires_runs_where_it_is_read_and_written_at_once() => Verify.SourceAsync(
        """
        sealed class Index(NamespaceLockManager locks)
        {
            private int _size;

            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public int Size
            {
                get
                {
                    using var guard = locks.AcquireExclusive(this.Namespace);
                    return _size;
                }
                set => _size = value;
            }

            void M()
            {
                using var guard = locks.AcquireShared(this.Namespace);
                this.Size = 1;
                {|NSL3004:this.Size|} += 1;
            }
        }
        """);

    [Theory]
    [InlineData("", "[ExcludesLock(\"this.Namespace\")] get; set;", true)]
    [InlineData("get; [ExcludesLock(\"this.Namespace\")] set;", "[ExcludesLock(\"this.Namespace\")] get; set;", true)]
    [InlineData("[ExcludesLock(\"this.Namespace\")] get; set;", "[ExcludesLock(\"this.Namespace\")] get; set;", false)]
    [InlineData("[ExcludesLock(\"this.Namespace\")] get; [ExcludesLock(\"this.Namespace\")] set;", "[ExcludesLock(\"this.Namespace\")] get; set;", false)]
    [InlineData("get;", "get; [ExcludesLock(\"this.Namespace\")] set;", false)]
    [InlineData("get;", "get; [RequiresLock(LockMode.Exclusive, \"this.Namespace\")] set;", false)]
    [InlineData("get;", "[RequiresLock(LockMode.Shared, \"this.Namespace\")] get; set;", true)]
    public Task An_accessor_of_an_implementation_asks_for_no_more(string accessors, string own, bool isMore) => Verify.SourceAsync(
        $$"""
        interface ISized
        {
            BackupNamespace Namespace { get; }

            int Size { {{(accessors.Length == 0 ? "get; set;" : accessors)}} }
        }

        class Sized : ISized
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public int {{(isMore ? "{|NSL4002:Size|}" : "Size")}} { {{own}} }
        }
        """);

    [Fact]
    public Task What_both_accessors_ask_for_is_what_the_property_asks_for() => Verify.SourceAsync(
        """
        interface ISized
        {
            BackupNamespace Namespace { get; }

            int Size { [RequiresLock(LockMode.Shared, "this.Namespace")] get; [RequiresLock(LockMode.Shared, "this.Namespace")] set; }
        }

        class Sized : ISized
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public int Size { get; set; }
        }
        """);

    private const string Cursor =
        """
        class Cursor(Datastore store, NamespaceLockManager locks)
        {
            private BackupNamespace _at = BackupNamespace.Root;

            public BackupNamespace At
            {
                get => _at;
                [RequiresLock(LockMode.Shared, "value")]
                set
                {
                    store.Backup(value);
                    {|NSL1003:store.Backup(_at)|};
                    _at = value;
                }
            }

            public Cursor? Other { [RequiresLock(LockMode.Exclusive, "value.At")] set { } }

            public BackupNamespace this[int at] { [RequiresLock(LockMode.Shared, "value")] set => store.Backup(value); }

            public BackupNamespace Cleared
            {
                get => _at;
                [ExcludesLock("value")]
                set
                {
                    using var guard = locks.AcquireExclusive(value);
                    _at = value;
                }
            }
        }
        """;

    [Theory]
    [InlineData("cursor.At = ns;")]
    [InlineData("{|NSL1003:cursor.At|} = ns2;")]
    [InlineData("cursor.At = flag ? ns : ns.Parent;")]
    [InlineData("{|NSL1003:cursor.At|} = flag ? ns : ns2;")]
    [InlineData("cursor[1] = ns;")]
    [InlineData("{|NSL1003:cursor[1]|} = ns2;")]
    [InlineData("cursor = new Cursor(store, locks) { At = ns };")]
    [InlineData("cursor = new Cursor(store, locks) { {|NSL1003:At|} = ns2 };")]
    [InlineData("cursor.Cleared = ns2;")]
    [InlineData("{|NSL3004:cursor.Cleared|} = ns;")]
    [InlineData("cursor.At = ns; {|NSL1002:cursor.Other|} = cursor;")]
    public Task What_a_setter_writes(string use) => Cases.BodyAsync(
        Cursor,
        $$"""
        var cursor = new Cursor(store, locks);
        using var guard = locks.AcquireShared(ns);
        {{use}}
        """);

    [Fact]
    public Task Only_a_setter_has_a_value() => Verify.SourceAsync(
        """
        class C
        {
            [{|NSL4001:RequiresLock(LockMode.Shared, "value")|}]
            public BackupNamespace Whole { get; set; } = BackupNamespace.Root;

            public BackupNamespace Read { [{|NSL4001:RequiresLock(LockMode.Shared, "value")|}] get; set; } = BackupNamespace.Root;

            public int Number { get; [{|NSL4001:RequiresLock(LockMode.Shared, "value")|}] set; }

            public BackupNamespace Initial { get; [RequiresLock(LockMode.Shared, "value")] init; } = BackupNamespace.Root;
        }
        """);
}
