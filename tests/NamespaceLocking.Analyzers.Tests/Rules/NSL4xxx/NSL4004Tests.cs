namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary><c>[LockGuard]</c> on a type that cannot be disposed, or <c>[AcquiresLock]</c> on a member that hands out no guard.</summary>
public static class NSL4004Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("class Ticket { }")]
        [InlineData("sealed class Ticket(int number) { public int Number { get; } = number; }")]
        [InlineData("abstract class Ticket { }")]
        [InlineData("struct Ticket { }")]
        [InlineData("readonly record struct Ticket(int Number);")]
        [InlineData("record Ticket(int Number);")]
        [InlineData("interface ITicket { }")]
        [InlineData("interface ITicket : IEnumerable<int> { }")]
        [InlineData("class Ticket<T> { }")]
        [InlineData("ref struct Ticket { }")]
        public Task Guard_type_that_cannot_be_disposed(string type) => Verify.SourceAsync(
            $$"""
            [{|NSL4004:LockGuard|}]
            {{type}}
            """);

        [Theory]
        [InlineData("void M(BackupNamespace ns);")]
        [InlineData("int M(BackupNamespace ns);")]
        [InlineData("string? M(BackupNamespace ns);")]
        [InlineData("BackupNamespace M(BackupNamespace ns);")]
        [InlineData("Task M(BackupNamespace ns);")]
        [InlineData("Task<int> M(BackupNamespace ns);")]
        [InlineData("ValueTask<bool> M(BackupNamespace ns);")]
        [InlineData("(int Count, string Name) M(BackupNamespace ns);")]
        [InlineData("bool M(BackupNamespace ns, out int count);")]
        [InlineData("void M(BackupNamespace ns, NamespaceLockGuard guard);")]
        [InlineData("IDisposable M(BackupNamespace ns);")]
        public Task Member_that_hands_out_no_guard(string member) => Verify.SourceAsync(
            $$"""
            interface ILocks
            {
                [{|NSL4004:AcquiresLock(LockMode.Shared, nameof(ns))|}]
                {{member}}
            }
            """);

        [Fact]
        public Task Property_that_hands_out_no_guard() => Verify.SourceAsync(
            """
            interface IJob
            {
                BackupNamespace Namespace { get; }

                [{|NSL4004:AcquiresLock(LockMode.Shared, "this.Namespace")|}]
                int Size { get; }
            }
            """);

        [Fact]
        public Task Constructor_of_a_type_that_is_no_guard() => Verify.SourceAsync(
            """
            class Job
            {
                [{|NSL4004:AcquiresLock(LockMode.Shared, nameof(ns))|}]
                public Job(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Local_function_that_hands_out_no_guard() => Verify.BodyAsync(
            """
            [{|NSL4004:AcquiresLock(LockMode.Shared, nameof(name))|}]
            static int Local(BackupNamespace name) => name.Depth;
            """);

        [Fact]
        public Task Accessor_that_hands_out_no_guard() => Verify.SourceAsync(
            """
            class C
            {
                public static int Size
                {
                    [{|NSL4004:AcquiresLock(LockMode.Shared, "BackupNamespace.Root")|}]
                    get => 0;
                }
            }
            """);

        [Theory]
        [InlineData("{|NSL4004:T:Ticket;LockGuard|}")]
        [InlineData("""{|NSL4004:M:Ticket.Lock(NamespaceLocking.BackupNamespace);AcquiresLock(LockMode.Shared, "ns")|}""")]
        public Task Line_of_a_file(string annotations) => Verify.SourceAsync(
            """
            class Ticket
            {
                public int Lock(BackupNamespace ns) => 0;
            }
            """,
            annotations);

        [Fact]
        public Task Guard_by_its_name_only() => Verify.SourceAsync(
            """
            sealed class NamespaceLockGuard2 : IDisposable
            {
                public void Dispose() { }
            }

            interface ILocks
            {
                [{|NSL4004:AcquiresLock(LockMode.Shared, nameof(ns))|}]
                NamespaceLockGuard2 Lock(BackupNamespace ns);
            }
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("sealed class Ticket : IDisposable { public void Dispose() { } }")]
        [InlineData("sealed class Ticket : IAsyncDisposable { public ValueTask DisposeAsync() => default; }")]
        [InlineData("sealed class Ticket : IDisposable, IAsyncDisposable { public void Dispose() { } public ValueTask DisposeAsync() => default; }")]
        [InlineData("abstract class Ticket : IDisposable { public abstract void Dispose(); }")]
        [InlineData("sealed class Ticket : IDisposable { void IDisposable.Dispose() { } }")]
        [InlineData("sealed class Ticket : System.IO.MemoryStream { }")]
        [InlineData("struct Ticket : IDisposable { public readonly void Dispose() { } }")]
        [InlineData("ref struct Ticket { public readonly void Dispose() { } }")]
        [InlineData("ref struct Ticket : IDisposable { public readonly void Dispose() { } }")]
        [InlineData("sealed record Ticket(int Number) : IDisposable { public void Dispose() { } }")]
        [InlineData("interface ITicket : IDisposable { }")]
        [InlineData("interface ITicket : IAsyncDisposable { }")]
        [InlineData("sealed class Ticket<T> : IDisposable { public void Dispose() { } }")]
        public Task Guard_type_that_can_be_disposed(string type) => Verify.SourceAsync(
            $$"""
            [LockGuard]
            {{type}}
            """);

        [Theory]
        [InlineData("NamespaceLockGuard M(BackupNamespace ns);")]
        [InlineData("NamespaceLockGuard? M(BackupNamespace ns);")]
        [InlineData("Task<NamespaceLockGuard> M(BackupNamespace ns);")]
        [InlineData("Task<NamespaceLockGuard?> M(BackupNamespace ns);")]
        [InlineData("ValueTask<NamespaceLockGuard> M(BackupNamespace ns);")]
        [InlineData("(NamespaceLockGuard Guard, int Count) M(BackupNamespace ns);")]
        [InlineData("Task<(NamespaceLockGuard Guard, int Count)> M(BackupNamespace ns);")]
        [InlineData("bool M(BackupNamespace ns, out NamespaceLockGuard? guard);")]
        [InlineData("void M(BackupNamespace ns, out NamespaceLockGuard guard);")]
        [InlineData("IGuard M(BackupNamespace ns);")]
        [InlineData("T M<T>(BackupNamespace ns) where T : IGuard;")]
        public Task Member_that_hands_out_a_guard(string member) => Verify.SourceAsync(
            $$"""
            [LockGuard]
            interface IGuard : IDisposable
            {
                BackupNamespace Namespace { get; }
            }

            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                {{member}}
            }
            """);

        [Fact]
        public Task Property_that_hands_out_a_guard() => Verify.SourceAsync(
            """
            interface IJob
            {
                BackupNamespace Namespace { get; }

                [AcquiresLock(LockMode.Shared, "this.Namespace")]
                NamespaceLockGuard Locked { get; }
            }
            """);

        [Fact]
        public Task Constructor_of_a_guard_type() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Session : IDisposable
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
            """);

        [Fact]
        public Task Subclass_of_a_guard_type() => Verify.SourceAsync(
            """
            [LockGuard]
            abstract class Ticket : IDisposable
            {
                public BackupNamespace Namespace => BackupNamespace.Root;

                public abstract void Dispose();
            }

            abstract class NamedTicket : Ticket;

            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamedTicket Lock(BackupNamespace ns);
            }
            """);

        [Theory]
        [InlineData("List<NamespaceLockGuard>")]
        [InlineData("NamespaceLockGuard[]")]
        [InlineData("Task<IReadOnlyList<NamespaceLockGuard>>")]
        public Task Several_guards_at_once(string type) => Verify.SourceAsync(
            $$"""
            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                {{type}} Lock(BackupNamespace ns);
            }
            """);

        [Fact]
        public Task Types_that_the_compiler_cannot_find() => Verify.SourceAsync(
            """
            [LockGuard]
            class Ticket : {|CS0246:Nope|} { }

            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                {|CS0246:Nope|} Lock(BackupNamespace ns);
            }
            """);

        [Fact]
        public Task Type_without_annotations() => Verify.SourceAsync(
            """
            class Ticket;

            interface ILocks
            {
                Ticket Lock(BackupNamespace ns);
            }
            """);
    }
}
