using NamespaceLocking.CodeFixes.NSL4xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL4xxx.NSL4005UnstatedGuardFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL4xxx;

/// <summary>The annotation that the body shows.</summary>
public class NSL4005Tests
{
    private const string Key = NSL4005UnstatedGuardFix.StateWhatIsHeldKey;

    private static Task MemberAsync(string member, string mended) => Verify.FixAsync(Key, InClass(member), InClass(mended));

    private static Task NoFixAsync(string member) => Verify.NoFixAsync(Key, InClass(member));

    private static string InClass(string members) =>
        $$"""
        public class C(NamespaceLockManager locks)
        {
            private readonly NamespaceLockManager _locks = locks;

        {{string.Join('\n', members.Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }
        """;

    [Fact]
    public Task Expression_body() => MemberAsync(
        """
        public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => _locks.AcquireExclusive(ns);
        """,
        """
        [AcquiresLock(LockMode.Exclusive, nameof(ns))]
        public NamespaceLockGuard Lock(BackupNamespace ns) => _locks.AcquireExclusive(ns);
        """);

    [Fact]
    public Task Body_with_comments() => MemberAsync(
        """
        /// <summary>Locks it.</summary>
        // As the others do.
        public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) // For readers.
        {
            // Not yet.
            var guard = _locks.AcquireShared(ns);
            return guard;
        }
        """,
        """
        /// <summary>Locks it.</summary>
        // As the others do.
        [AcquiresLock(LockMode.Shared, nameof(ns))]
        public NamespaceLockGuard Lock(BackupNamespace ns) // For readers.
        {
            // Not yet.
            var guard = _locks.AcquireShared(ns);
            return guard;
        }
        """);

    [Fact]
    public Task Below_the_attributes_that_it_has() => MemberAsync(
        """
        [Obsolete("Use the other one.")]
        public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => _locks.AcquireShared(ns);
        """,
        """
        [Obsolete("Use the other one.")]
        [AcquiresLock(LockMode.Shared, nameof(ns))]
        public NamespaceLockGuard Lock(BackupNamespace ns) => _locks.AcquireShared(ns);
        """);

    [Theory]
    [InlineData("public NamespaceLockGuard? {0}(BackupNamespace ns) => _locks.TryAcquireShared(ns);")]
    [InlineData("public ValueTask<NamespaceLockGuard> {0}(BackupNamespace ns) => _locks.AcquireSharedAsync(ns);")]
    [InlineData("public async Task<NamespaceLockGuard> {0}(BackupNamespace ns) => await _locks.AcquireSharedAsync(ns);")]
    [InlineData("public (NamespaceLockGuard Guard, int Count) {0}(BackupNamespace ns) => (_locks.AcquireShared(ns), 1);")]
    [InlineData("protected internal virtual NamespaceLockGuard {0}(BackupNamespace ns) => _locks.AcquireShared(ns);")]
    public Task However_it_is_handed_out(string member) => MemberAsync(
        member.Replace("{0}", "{|NSL4005:Lock|}"),
        "[AcquiresLock(LockMode.Shared, nameof(ns))]\n" + member.Replace("{0}", "Lock"));

    [Fact]
    public Task Property() => MemberAsync(
        """
        public NamespaceLockGuard {|NSL4005:Everything|} => _locks.AcquireShared(BackupNamespace.Root);
        """,
        """
        [AcquiresLock(LockMode.Shared, "BackupNamespace.Root")]
        public NamespaceLockGuard Everything => _locks.AcquireShared(BackupNamespace.Root);
        """);

    [Theory]
    [InlineData("void", "guard = _locks.AcquireExclusive(ns);")]
    [InlineData("bool", "guard = _locks.TryAcquireExclusive(ns); return guard is not null;")]
    [InlineData("bool", "guard = null; if (ns.IsRoot) return false; guard = _locks.AcquireExclusive(ns); return true;")]
    [InlineData("int", "var mine = _locks.AcquireExclusive(ns); guard = mine; return 1;")]
    public Task Guard_by_out(string type, string body) => MemberAsync(
        $$"""
        public {{type}} {|NSL4005:Lock|}(BackupNamespace ns, out NamespaceLockGuard? guard)
        {
            {{body}}
        }
        """,
        $$"""
        [AcquiresLock(LockMode.Exclusive, nameof(ns))]
        public {{type}} Lock(BackupNamespace ns, out NamespaceLockGuard? guard)
        {
            {{body}}
        }
        """);

    [Fact]
    public Task Namespace_of_a_parameter() => MemberAsync(
        """
        public NamespaceLockGuard {|NSL4005:Lock|}(Folder folder) => _locks.AcquireExclusive(folder.Namespace);
        """,
        """
        [AcquiresLock(LockMode.Exclusive, "folder.Namespace")]
        public NamespaceLockGuard Lock(Folder folder) => _locks.AcquireExclusive(folder.Namespace);
        """);

    private const string Writer =
        """
        public sealed class Writer(NamespaceLockManager locks, BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
            public NamespaceLockGuard Open() => locks.AcquireExclusive(Namespace);
        }

        """;

    [Theory]
    [InlineData("public BackupNamespace Namespace => _writer.Namespace;", "this.Namespace")]
    [InlineData("public BackupNamespace Place { get { return this._writer.Namespace; } }", "this.Place")]
    [InlineData("private BackupNamespace Namespace => _writer.Namespace;", "this._writer.Namespace")]
    [InlineData("public BackupNamespace Namespace => _writer.Namespace.Parent;", "this._writer.Namespace")]
    public Task Guard_of_a_member_that_callers_do_not_see(string property, string path)
    {
        return Verify.FixAsync(Key, Writer + Session("{|NSL4005:Open|}"), Writer + Session("Open", $"[AcquiresLock(LockMode.Exclusive, \"{path}\")]\n    "));

        string Session(string name, string annotation = "") =>
            $$"""
            public sealed class Session(Writer writer)
            {
                private readonly Writer _writer = writer;

                {{property}}

                {{annotation}}public NamespaceLockGuard {{name}}() => _writer.Open();
            }
            """;
    }

    [Fact]
    public Task Store_that_is_handed_in() => MemberAsync(
        """
        public static NamespaceLockGuard {|NSL4005:Lock|}(Store store, BackupNamespace ns) => store.Locks.AcquireExclusive(ns);
        """,
        """
        [AcquiresLock(LockMode.Exclusive, nameof(ns), Store = "store.Locks")]
        public static NamespaceLockGuard Lock(Store store, BackupNamespace ns) => store.Locks.AcquireExclusive(ns);
        """);

    [Fact]
    public Task Manager_that_is_handed_in() => MemberAsync(
        """
        public static NamespaceLockGuard {|NSL4005:Lock|}(NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireExclusive(ns);
        """,
        """
        [AcquiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(locks))]
        public static NamespaceLockGuard Lock(NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireExclusive(ns);
        """);

    [Fact]
    public Task Parameters_named_by_keywords() => MemberAsync(
        """
        public static NamespaceLockGuard {|NSL4005:Lock|}(NamespaceLockManager @lock, BackupNamespace @namespace) => @lock.AcquireShared(@namespace);
        """,
        """
        [AcquiresLock(LockMode.Shared, nameof(@namespace), Store = nameof(@lock))]
        public static NamespaceLockGuard Lock(NamespaceLockManager @lock, BackupNamespace @namespace) => @lock.AcquireShared(@namespace);
        """);

    [Fact]
    public Task Two_namespaces() => MemberAsync(
        """
        public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace source, BackupNamespace target) => _locks.AcquireExclusive(source, target);
        """,
        """
        [AcquiresLock(LockMode.Exclusive, nameof(source))]
        [AcquiresLock(LockMode.Exclusive, nameof(target))]
        public NamespaceLockGuard Lock(BackupNamespace source, BackupNamespace target) => _locks.AcquireExclusive(source, target);
        """);

    [Fact]
    public Task Members_that_build_on_one_another() => MemberAsync(
        """
        public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => Inner(ns);

        public NamespaceLockGuard {|NSL4005:LockParent|}(BackupNamespace ns) => Lock(ns.Parent);

        private NamespaceLockGuard Inner(BackupNamespace ns) => _locks.AcquireShared(ns);
        """,
        """
        [AcquiresLock(LockMode.Shared, nameof(ns))]
        public NamespaceLockGuard Lock(BackupNamespace ns) => Inner(ns);

        [AcquiresLock(LockMode.Shared, "ns.Parent")]
        public NamespaceLockGuard LockParent(BackupNamespace ns) => Lock(ns.Parent);

        private NamespaceLockGuard Inner(BackupNamespace ns) => _locks.AcquireShared(ns);
        """);

    [Fact]
    public Task Partial_member() => Verify.FixAsync(Key,
        """
        public partial class C(NamespaceLockManager locks)
        {
            public partial NamespaceLockGuard Lock(BackupNamespace ns);
        }

        public partial class C
        {
            public partial NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => locks.AcquireShared(ns);
        }
        """,
        """
        public partial class C(NamespaceLockManager locks)
        {
            public partial NamespaceLockGuard Lock(BackupNamespace ns);
        }

        public partial class C
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public partial NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);
        }
        """);

    [Fact]
    public Task Record_extension_method_and_operator() => Verify.FixAsync(Key,
        """
        public sealed record Site(NamespaceLockManager Locks)
        {
            public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => Locks.AcquireShared(ns);

            public static NamespaceLockGuard operator {|NSL4005:+|}(Site site, BackupNamespace ns) => site.Locks.AcquireShared(ns);
        }

        public static class Extensions
        {
            public static NamespaceLockGuard {|NSL4005:Lock|}(this NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireShared(ns);
        }
        """,
        """
        public sealed record Site(NamespaceLockManager Locks)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard Lock(BackupNamespace ns) => Locks.AcquireShared(ns);

            [AcquiresLock(LockMode.Shared, nameof(ns), Store = "site.Locks")]
            public static NamespaceLockGuard operator +(Site site, BackupNamespace ns) => site.Locks.AcquireShared(ns);
        }

        public static class Extensions
        {
            [AcquiresLock(LockMode.Shared, nameof(ns), Store = nameof(locks))]
            public static NamespaceLockGuard Lock(this NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireShared(ns);
        }
        """);

    [Fact]
    public Task Local_function_that_acquires() => MemberAsync(
        """
        public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns)
        {
            return Local();

            NamespaceLockGuard Local() => _locks.AcquireShared(ns);
        }
        """,
        """
        [AcquiresLock(LockMode.Shared, nameof(ns))]
        public NamespaceLockGuard Lock(BackupNamespace ns)
        {
            return Local();

            NamespaceLockGuard Local() => _locks.AcquireShared(ns);
        }
        """);

    [Fact]
    public Task Getter_with_a_block() => MemberAsync(
        """
        public NamespaceLockGuard {|NSL4005:Everything|}
        {
            get
            {
                // All of it.
                return _locks.AcquireExclusive(BackupNamespace.Root);
            }
        }
        """,
        """
        [AcquiresLock(LockMode.Exclusive, "BackupNamespace.Root")]
        public NamespaceLockGuard Everything
        {
            get
            {
                // All of it.
                return _locks.AcquireExclusive(BackupNamespace.Root);
            }
        }
        """);

    [Fact]
    public Task File_that_does_not_import_the_library() => Verify.FileAsync(Key,
        """
        public class C(NamespaceLocking.NamespaceLockManager locks)
        {
            public NamespaceLocking.NamespaceLockGuard {|NSL4005:Lock|}(NamespaceLocking.BackupNamespace ns) => locks.AcquireShared(ns);
        }
        """,
        """
        public class C(NamespaceLocking.NamespaceLockManager locks)
        {
            [NamespaceLocking.AcquiresLock(NamespaceLocking.LockMode.Shared, nameof(ns))]
            public NamespaceLocking.NamespaceLockGuard Lock(NamespaceLocking.BackupNamespace ns) => locks.AcquireShared(ns);
        }
        """);

    [Theory]
    [InlineData("public void {|NSL4005:Lock|}(BackupNamespace ns, BackupNamespace ns2, bool flag, out NamespaceLockGuard guard) => guard = flag ? _locks.AcquireShared(ns) : _locks.AcquireShared(ns2);")]
    [InlineData("public NamespaceLockGuard {|NSL4005:Make|}(Func<NamespaceLockGuard> factory) => factory();")]
    [InlineData("public NamespaceLockGuard {|NSL4005:Lock|}(string text) => _locks.AcquireShared(BackupNamespace.Parse(text));")]
    [InlineData("public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns, BackupNamespace ns2, bool flag) => flag ? _locks.AcquireShared(ns) : _locks.AcquireShared(ns2);")]
    public Task Not_where_the_body_does_not_show_it(string member) => NoFixAsync(member);

    [Fact]
    public Task Not_where_there_is_no_body() => Verify.NoFixAsync(Key,
        """
        public interface ILocks
        {
            NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns);
        }
        """);

    [Fact]
    public Task Half_typed_code() => NoFixAsync(
        """
        public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => _locks.AcquireShared({|CS0103:missing|});
        """);

    [Fact]
    public Task Title() => Verify.TitlesAsync(
        InClass("public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => _locks.AcquireShared(ns);"),
        "Say so: [AcquiresLock(LockMode.Shared, nameof(ns))]");
}
