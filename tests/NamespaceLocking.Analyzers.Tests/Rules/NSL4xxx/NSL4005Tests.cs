using NamespaceLocking.Analyzers.Tests.Pages;

namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>A member hands out a namespace guard and does not say what it holds.</summary>
public static class NSL4005Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => locks.AcquireShared(ns);")]
        [InlineData("public NamespaceLockGuard? {|NSL4005:TryLock|}(BackupNamespace ns) => locks.TryAcquireShared(ns);")]
        [InlineData("public ValueTask<NamespaceLockGuard> {|NSL4005:LockAsync|}(BackupNamespace ns) => locks.AcquireSharedAsync(ns);")]
        [InlineData("public Task<NamespaceLockGuard> {|NSL4005:LockAsync|}(BackupNamespace ns) => locks.AcquireSharedAsync(ns).AsTask();")]
        [InlineData("public async Task<NamespaceLockGuard> {|NSL4005:LockAsync|}(BackupNamespace ns) => await locks.AcquireSharedAsync(ns);")]
        [InlineData("public async ValueTask<NamespaceLockGuard?> {|NSL4005:LockAsync|}(BackupNamespace ns) => await locks.TryAcquireSharedAsync(ns);")]
        [InlineData("public (NamespaceLockGuard Guard, int Count) {|NSL4005:Lock|}(BackupNamespace ns) => (locks.AcquireShared(ns), 1);")]
        [InlineData("public void {|NSL4005:Lock|}(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);")]
        [InlineData("public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) { var guard = locks.AcquireShared(ns); return guard; }")]
        [InlineData("public NamespaceLockGuard {|NSL4005:Everything|} => locks.AcquireShared(BackupNamespace.Root);")]
        public Task Public_member(string member) => Verify.SourceAsync(
            $$"""
            public sealed class Locks(NamespaceLockManager locks)
            {
                {{member}}
            }
            """);

        [Theory]
        [InlineData("protected")]
        [InlineData("protected internal")]
        public Task Protected_member_of_a_public_type(string accessibility) => Verify.SourceAsync(
            $$"""
            public class Locks(NamespaceLockManager locks)
            {
                {{accessibility}} NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Theory]
        [InlineData("NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns);")]
        [InlineData("ValueTask<NamespaceLockGuard> {|NSL4005:LockAsync|}(BackupNamespace ns);")]
        [InlineData("bool {|NSL4005:TryLock|}(BackupNamespace ns, out NamespaceLockGuard? guard);")]
        public Task Member_of_a_public_interface(string member) => Verify.SourceAsync(
            $$"""
            public interface ILocks
            {
                {{member}}
            }
            """);

        [Fact]
        public Task Abstract_member_of_a_public_type() => Verify.SourceAsync(
            """
            public abstract class Locks
            {
                public abstract NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns);
            }
            """);

        [Fact]
        public Task Static_member_and_extension_method() => Verify.SourceAsync(
            """
            public static class Locks
            {
                public static NamespaceLockGuard {|NSL4005:Lock|}(this NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Nested_public_type() => Verify.SourceAsync(
            """
            public static class Outer
            {
                public sealed class Locks(NamespaceLockManager locks)
                {
                    public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => locks.AcquireShared(ns);
                }
            }
            """);

        [Fact]
        public Task Public_generic_type() => Verify.SourceAsync(
            """
            public sealed class Locks<T>(NamespaceLockManager locks)
            {
                public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns, T value) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Public_record_and_struct() => Verify.SourceAsync(
            """
            public record Site(NamespaceLockManager Locks)
            {
                public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => Locks.AcquireShared(ns);
            }

            public readonly struct Place(NamespaceLockManager locks)
            {
                public NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Guard_type_of_one_s_own() => Verify.SourceAsync(
            """
            [LockGuard]
            public sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                [AcquiresLock(LockMode.Shared, "this.Namespace")]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    Namespace = ns;
                    _guard = locks.AcquireShared(ns);
                }

                public BackupNamespace Namespace { get; }

                public void Dispose() => _guard.Dispose();
            }

            public sealed class Sessions(NamespaceLockManager locks)
            {
                public Session {|NSL4005:Open|}(BackupNamespace ns) => new(locks, ns);
            }
            """);

        [Fact]
        public Task Private_member_whose_body_does_not_show_it() => Verify.SourceAsync(
            """
            class C
            {
                private static NamespaceLockGuard {|NSL4005:Make|}(Func<NamespaceLockGuard> factory) => factory();
            }
            """);

        [Fact]
        public Task Private_asynchronous_member_whose_body_does_not_show_it() => Verify.SourceAsync(
            """
            class C
            {
                private static async Task<NamespaceLockGuard> {|NSL4005:MakeAsync|}(Func<Task<NamespaceLockGuard>> factory) => await factory();
            }
            """);
        [Theory]
        [InlineData("NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns);")]
        [InlineData("ValueTask<NamespaceLockGuard> {|NSL4005:LockAsync|}(BackupNamespace ns);")]
        public Task Member_without_a_body_of_an_internal_interface(string member) => Verify.SourceAsync(
            $$"""
            interface ILocks
            {
                {{member}}
            }
            """);

        [Fact]
        public Task Asked_once_where_it_is_declared() => Verify.SourceAsync(
            """
            public interface ILocks
            {
                NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns);
            }

            public sealed class Locks(NamespaceLockManager locks) : ILocks
            {
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Ways_out_that_differ() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard {|NSL4005:Lock|}(BackupNamespace ns, BackupNamespace ns2, bool flag)
                {
                    if (flag)
                        return locks.AcquireShared(ns);
                    return locks.AcquireShared(ns2);
                }
            }
            """);

        [Fact]
        public Task Constructor_that_states_nothing() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Ticket(BackupNamespace ns) : IDisposable
            {
                public BackupNamespace Namespace => ns;

                public void Dispose() { }
            }

            class C
            {
                private static Ticket {|NSL4005:Make|}(BackupNamespace ns) => new(ns);
            }
            """);

    }

    public class Clean
    {
        [Theory]
        [InlineData("public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);")]
        [InlineData("public NamespaceLockGuard? Lock(BackupNamespace ns) => locks.TryAcquireShared(ns);")]
        [InlineData("public async Task<NamespaceLockGuard> Lock(BackupNamespace ns) => await locks.AcquireSharedAsync(ns);")]
        [InlineData("public (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);")]
        [InlineData("public void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);")]
        public Task Public_member_that_says_it(string member) => Verify.SourceAsync(
            $$"""
            public sealed class Locks(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                {{member}}
            }
            """);

        [Theory]
        [InlineData("private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);")]
        [InlineData("internal NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);")]
        [InlineData("private protected NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);")]
        [InlineData("private NamespaceLockGuard? Lock(BackupNamespace ns) => locks.TryAcquireShared(ns);")]
        [InlineData("private ValueTask<NamespaceLockGuard> Lock(BackupNamespace ns) => locks.AcquireSharedAsync(ns);")]
        [InlineData("private Task<NamespaceLockGuard> Lock(BackupNamespace ns) => locks.AcquireSharedAsync(ns).AsTask();")]
        [InlineData("private async Task<NamespaceLockGuard> Lock(BackupNamespace ns) => await locks.AcquireSharedAsync(ns);")]
        [InlineData("private async Task<NamespaceLockGuard> Lock(BackupNamespace ns) => await locks.AcquireSharedAsync(ns).ConfigureAwait(false);")]
        [InlineData("private NamespaceLockGuard Lock(BackupNamespace ns) { return locks.AcquireExclusive(ns); }")]
        [InlineData("private NamespaceLockGuard Lock(BackupNamespace ns) { var guard = locks.AcquireShared(ns); return guard; }")]
        [InlineData("private NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2) => locks.AcquireExclusive(ns, ns2);")]
        public Task Member_not_visible_outside_whose_body_shows_it(string member) => Verify.SourceAsync(
            $$"""
            public class Locks(NamespaceLockManager locks)
            {
                {{member}}
            }
            """);

        [Fact]
        public Task Public_member_of_an_internal_type() => Verify.SourceAsync(
            """
            class Locks(NamespaceLockManager locks)
            {
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Public_member_of_a_file_local_type() => Verify.SourceAsync(
            """
            file class Locks(NamespaceLockManager locks)
            {
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Public_member_of_a_private_nested_type() => Verify.SourceAsync(
            """
            public static class Outer
            {
                private sealed class Locks(NamespaceLockManager locks)
                {
                    public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);
                }
            }
            """);

        [Fact]
        public Task Private_member_that_passes_on_another_one() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Inner(BackupNamespace ns) => locks.AcquireShared(ns);

                private NamespaceLockGuard Outer(BackupNamespace ns) => Inner(ns);
            }
            """);

        [Theory]
        [InlineData("public NamespaceLockGuard Guard => _guard;")]
        [InlineData("public NamespaceLockGuard Current() => _guard;")]
        [InlineData("public NamespaceLockGuard Current() { return _guard; }")]
        [InlineData("public NamespaceLockGuard Current() => this._guard;")]
        public Task Public_member_that_lends_a_field(string member) => Verify.SourceAsync(
            $$"""
            public sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                {{member}}

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Public_member_that_returns_its_parameter() => Verify.SourceAsync(
            """
            public static class Guards
            {
                public static NamespaceLockGuard Checked(this NamespaceLockGuard guard) => guard;
            }
            """);

        [Fact]
        public Task Public_member_that_returns_this() => Verify.SourceAsync(
            """
            [LockGuard]
            public sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                [AcquiresLock(LockMode.Shared, "this.Namespace")]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    Namespace = ns;
                    _guard = locks.AcquireShared(ns);
                }

                public BackupNamespace Namespace { get; }

                public Session Named() => this;

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Override_inherits_what_its_base_says() => Verify.SourceAsync(
            """
            public abstract class Base
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                public abstract NamespaceLockGuard Lock(BackupNamespace ns);
            }

            public sealed class Derived(NamespaceLockManager locks) : Base
            {
                public override NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Implementation_inherits_what_the_interface_says() => Verify.SourceAsync(
            """
            public interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);

                [AcquiresLock(LockMode.Shared, nameof(ns))]
                ValueTask<NamespaceLockGuard> LockAsync(BackupNamespace ns);
            }

            public sealed class Locks(NamespaceLockManager locks) : ILocks
            {
                public NamespaceLockGuard Lock(BackupNamespace target) => locks.AcquireShared(target);

                ValueTask<NamespaceLockGuard> ILocks.LockAsync(BackupNamespace ns) => locks.AcquireSharedAsync(ns);
            }
            """);

        [Fact]
        public Task Guard_type_without_a_namespace() => Verify.SourceAsync(
            """
            [LockGuard]
            public sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            public static class Snapshots
            {
                public static Snapshot Take() => new();
            }
            """);

        [Fact]
        public Task Public_member_that_hands_out_no_guard() => Verify.SourceAsync(
            """
            public sealed class Reader(NamespaceLockManager locks, BackupNamespace ns)
            {
                public LockMode Mode()
                {
                    using var guard = locks.AcquireShared(ns);
                    return guard.Mode;
                }

                public void Use(NamespaceLockGuard guard) => Console.WriteLine(guard.Mode);
            }
            """);

        [Theory]
        [InlineData("private NamespaceLockGuard Lock() => throw new NotSupportedException();")]
        [InlineData("private NamespaceLockGuard? Lock() => null;")]
        [InlineData("private NamespaceLockGuard Lock() => null!;")]
        [InlineData("private Task<NamespaceLockGuard> LockAsync() => throw new NotSupportedException();")]
        [InlineData("private NamespaceLockGuard Locked => locks.AcquireShared(BackupNamespace.Root);")]
        [InlineData("private (NamespaceLockGuard Guard, int Count) Lock() => (locks.AcquireShared(BackupNamespace.Root), 1);")]
        public Task Private_member(string member) => Verify.SourceAsync(
            $$"""
            class Locks(NamespaceLockManager locks)
            {
                private readonly NamespaceLockManager _locks = locks;

                {{member.Replace("locks.", "_locks.")}}
            }
            """);

        [Fact]
        public Task Guard_whose_own_using_ends_it_is_another_mistake() => Verify.SourceAsync(
            """
            class Locks(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    return {|NSL1006:guard|};
                }
            }
            """);

        [Theory]
        [InlineData("public record Session(NamespaceLockGuard Guard);")]
        [InlineData("public interface ISession { NamespaceLockGuard Guard { get; } }")]
        [InlineData("public delegate NamespaceLockGuard Lock(BackupNamespace ns);")]
        [InlineData("public class Sessions { private readonly List<NamespaceLockGuard> _all = []; public NamespaceLockGuard this[int index] => _all[index]; }")]
        [InlineData("public class Session(NamespaceLockGuard guard) { public void Deconstruct(out NamespaceLockGuard first, out int count) { first = guard; count = 1; } }")]
        public Task Public_declaration_that_lends(string declaration) => Verify.SourceAsync(declaration);

        [Fact]
        public Task Line_of_a_file_says_it() => Verify.SourceAsync(
            """
            public interface ILocks
            {
                NamespaceLockGuard Lock(BackupNamespace ns);
            }
            """,
            """M:ILocks.Lock(NamespaceLocking.BackupNamespace);AcquiresLock(LockMode.Exclusive, "ns")""");

        [Fact]
        public Task Getter_that_says_it() => Verify.SourceAsync(
            """
            public sealed class Locks(NamespaceLockManager locks)
            {
                public NamespaceLockGuard Everything
                {
                    [AcquiresLock(LockMode.Shared, "BackupNamespace.Root")]
                    get => locks.AcquireShared(BackupNamespace.Root);
                }
            }
            """);

        [Fact]
        public Task Local_function_and_lambda() => Verify.BodyAsync(
            """
            using var guard = Lock();
            Func<NamespaceLockGuard> take = () => locks.AcquireShared(ns2);
            using var guard2 = take();

            NamespaceLockGuard Lock() => locks.AcquireShared(ns);
            """);
    }

    /// <summary>The annotation that the message proposes.</summary>
    public class Proposal
    {
        [Theory]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) => _locks.AcquireShared(ns);", "[AcquiresLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace @namespace) => _locks.AcquireShared(@namespace);", "[AcquiresLock(LockMode.Shared, nameof(@namespace))]")]
        [InlineData("NamespaceLockGuard Lock(Group group) => _locks.AcquireExclusive(group.Namespace);", "[AcquiresLock(LockMode.Exclusive, \"group.Namespace\")]")]
        [InlineData("static NamespaceLockGuard Lock(NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireShared(ns);",
            "[AcquiresLock(LockMode.Shared, nameof(ns), Store = nameof(locks))]")]
        [InlineData("NamespaceLockGuard Lock(NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireShared(ns);",
            "[AcquiresLock(LockMode.Shared, nameof(ns), Store = nameof(locks))]")]
        [InlineData("static NamespaceLockGuard Lock(Site site, BackupNamespace ns) => site.Locks.AcquireShared(ns);",
            "[AcquiresLock(LockMode.Shared, nameof(ns), Store = \"site.Locks\")]")]
        [InlineData("static NamespaceLockGuard Lock(NamespaceLockManager locks, BackupNamespace ns) { var copy = locks; var guard = copy.AcquireExclusive(ns); return guard; }",
            "[AcquiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(locks))]")]
        [InlineData("static async Task<NamespaceLockGuard> LockAsync(NamespaceLockManager locks, BackupNamespace ns) => await locks.AcquireExclusiveAsync(ns);",
            "[AcquiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(locks))]")]
        [InlineData("static NamespaceLockGuard Lock(NamespaceLockManager locks, BackupNamespace a, BackupNamespace b) => locks.AcquireExclusive(a, b);",
            "[AcquiresLock(LockMode.Exclusive, nameof(a), Store = nameof(locks))] and [AcquiresLock(LockMode.Exclusive, nameof(b), Store = nameof(locks))]")]
        [InlineData("static NamespaceLockGuard Lock(BackupNamespace ns) => Shared.AcquireShared(ns);", "[AcquiresLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("static NamespaceLockGuard Lock(NamespaceLockManager locks, string text) => locks.AcquireShared(BackupNamespace.Parse(text));", "[AcquiresLock(…)]")]
        public async Task What_the_body_shows(string member, string annotation)
        {
            var reported = await AnalyzedCode.DiagnoseAsync([("C.cs",
                $$"""
                using NamespaceLocking;

                public sealed record Group(BackupNamespace Namespace);

                public sealed record Site(NamespaceLockManager Locks);

                public sealed class C(NamespaceLockManager locks)
                {
                    private static readonly NamespaceLockManager Shared = new("store", new InProcessLockProvider());
                    private readonly NamespaceLockManager _locks = locks;

                    public {{member}}
                }
                """)]);
            Assert.EndsWith($": say what it holds with {annotation}", Assert.Single(reported).GetMessage(), StringComparison.Ordinal);
        }
    }
}
