namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>A method or lambda that requires a lock is turned into a delegate whose type does not.</summary>
public static class NSL4003Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("Action<BackupNamespace> action = {|NSL4003:store.Backup|};")]
        [InlineData("Action<BackupNamespace> action = {|NSL4003:store.Delete|};")]
        [InlineData("Func<BackupNamespace, int> action = {|NSL4003:store.Count|};")]
        [InlineData("Func<BackupNamespace, Task> action = {|NSL4003:store.BackupAsync|};")]
        [InlineData("Action<BackupNamespace, BackupNamespace> action = {|NSL4003:store.Move|};")]
        [InlineData("Action<BackupNamespace>? action; action = {|NSL4003:store.Backup|};")]
        public Task Kept_in_a_local(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Stored_in_a_field() => Verify.SourceAsync(
            """
            class C
            {
                private Action<BackupNamespace>? _action;

                void M(Datastore store) => _action = {|NSL4003:store.Backup|};
            }
            """);

        [Fact]
        public Task Returned() => Verify.SourceAsync(
            """
            class C
            {
                Action<BackupNamespace> M(Datastore store) => {|NSL4003:store.Backup|};
            }
            """);

        [Fact]
        public Task Subscribed() => Verify.SourceAsync(
            """
            class C
            {
                event Action<BackupNamespace>? Changed;

                void M(Datastore store)
                {
                    Changed += {|NSL4003:store.Backup|};
                    Changed(BackupNamespace.Root);
                }
            }
            """);

        [Fact]
        public Task Handed_to_a_call_without_a_guard() => Verify.SourceAsync(
            """
            class C
            {
                void M(Datastore store, List<BackupNamespace> names) => names.ForEach({|NSL4003:store.Backup|});
            }
            """);

        [Fact]
        public Task Handed_to_a_call_under_a_guard_that_is_too_weak() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(Datastore store, List<BackupNamespace> names)
                {
                    using var guard = locks.AcquireShared(BackupNamespace.Root);
                    names.ForEach({|NSL4003:store.Delete|});
                }
            }
            """);

        [Fact]
        public Task Handed_to_a_constructor() => Verify.SourceAsync(
            """
            class Worker(Action<BackupNamespace> action)
            {
                private readonly Action<BackupNamespace> _action = action;

                public void Run() => _action(BackupNamespace.Root);
            }

            class C
            {
                void M(Datastore store) => new Worker({|NSL4003:store.Backup|}).Run();
            }
            """);

        [Fact]
        public Task Added_to_a_collection() => Verify.BodyAsync(
            """
            var actions = new List<Action<BackupNamespace>>();
            actions.Add({|NSL4003:store.Backup|});
            """);

        [Fact]
        public Task Delegate_type_of_one_s_own_without_the_requirement() => Verify.SourceAsync(
            """
            delegate void Handler(BackupNamespace ns);

            class C
            {
                void M(Datastore store)
                {
                    Handler handler = {|NSL4003:store.Backup|};
                }
            }
            """);

        [Fact]
        public Task Delegate_type_with_a_weaker_requirement() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            delegate void Handler(BackupNamespace ns);

            class C
            {
                void M(Datastore store)
                {
                    Handler handler = {|NSL4003:store.Delete|};
                }
            }
            """);

        [Fact]
        public Task Method_of_this() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared)]
                private void Run() => Console.WriteLine();

                Action M() => {|NSL4003:Run|};

                Action N() => {|NSL4003:this.Run|};
            }
            """);

        [Fact]
        public Task Static_method() => Verify.SourceAsync(
            """
            class C
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                private static void Run(BackupNamespace ns) { }

                private static readonly Action<BackupNamespace> Action = {|NSL4003:Run|};
            }
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            Action<BackupNamespace> action = {|NSL4003:Local|};

            [RequiresLock(LockMode.Shared, nameof(name))]
            void Local(BackupNamespace name) => store.Backup(name);
            """);

        [Fact]
        public Task Lambda_with_a_requirement() => Verify.BodyAsync(
            """
            Action<BackupNamespace> action = {|NSL4003:[RequiresLock(LockMode.Shared, "name")] (BackupNamespace name) => store.Backup(name)|};
            """);

        [Fact]
        public Task Override_that_inherits_the_requirement() => Verify.SourceAsync(
            """
            abstract class Base
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public abstract void Run(BackupNamespace ns);
            }

            sealed class Derived : Base
            {
                public override void Run(BackupNamespace ns) { }
            }

            class C
            {
                Action<BackupNamespace> M(Derived derived) => {|NSL4003:derived.Run|};
            }
            """);

        [Fact]
        public Task Interface_member() => Verify.SourceAsync(
            """
            interface IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Run(BackupNamespace ns);
            }

            class C<T> where T : IJob
            {
                Action<BackupNamespace> M(T job) => {|NSL4003:job.Run|};
            }
            """);

        [Fact]
        public Task Automatic_property() => Verify.SourceAsync(
            """
            class C(Datastore store)
            {
                public Action<BackupNamespace> Action { get; } = {|NSL4003:store.Backup|};
            }
            """);
    }

    public class Clean
    {
        [Fact]
        public Task Delegate_type_with_the_same_requirement() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            delegate void Handler(BackupNamespace ns);

            class C
            {
                void M(Datastore store)
                {
                    Handler handler = store.Backup;
                }
            }
            """);

        [Fact]
        public Task Delegate_type_with_the_same_requirement_invoked_under_a_guard() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            delegate void Handler(BackupNamespace ns);

            class C(NamespaceLockManager locks)
            {
                void M(Datastore store, BackupNamespace name)
                {
                    Handler handler = store.Backup;
                    using var guard = locks.AcquireShared(name);
                    handler(name);
                }
            }
            """);

        [Fact]
        public Task Delegate_type_with_a_stronger_requirement() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            delegate void Handler(BackupNamespace ns);

            class C
            {
                void M(Datastore store)
                {
                    Handler handler = store.Backup;
                }
            }
            """);

        [Fact]
        public Task Delegate_type_whose_parameter_has_another_name() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Exclusive, nameof(target))]
            delegate void Handler(BackupNamespace target);

            class C
            {
                event Handler? Changed;

                void M(Datastore store) => Changed += store.Delete;
            }
            """);

        [Fact]
        public Task Lambda_turned_into_a_delegate_that_requires_the_lock() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            delegate void Handler(BackupNamespace ns);

            class C
            {
                Handler M(Datastore store) => name => store.Backup(name);
            }
            """);

        [Theory]
        [InlineData("Action clear = items.Clear;")]
        [InlineData("Func<BackupNamespace, bool> contains = ns.Contains;")]
        [InlineData("Func<string, BackupNamespace> child = ns.Child;")]
        [InlineData("Action<object?> write = Console.WriteLine;")]
        public Task Method_without_a_requirement(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Lambda_that_takes_the_lock_itself() => Verify.BodyAsync(
            """
            Action<BackupNamespace> action = name =>
            {
                using var guard = locks.AcquireShared(name);
                store.Backup(name);
            };
            action(ns);
            """);

        [Fact]
        public Task Unsubscribed() => Verify.SourceAsync(
            """
            class C
            {
                event Action<BackupNamespace>? Changed;

                void M(Datastore store)
                {
                    Changed -= store.Backup;
                    Changed?.Invoke(BackupNamespace.Root);
                }
            }
            """);

        [Theory]
        [InlineData("names.ForEach(store.Backup);")]
        [InlineData("names.ForEach(store.Delete);")]
        [InlineData("_ = names.Select(store.Count).ToList();")]
        [InlineData("_ = names.Sum(store.Count);")]
        public Task Runs_during_the_call_under_a_guard_on_the_root(string statement) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                void M(Datastore store, List<BackupNamespace> names)
                {
                    using var guard = locks.AcquireExclusive(BackupNamespace.Root);
                    {{statement}}
                }
            }
            """);

        [Fact]
        public Task Runs_during_the_call_under_a_guard_above_its_elements() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireExclusive(ns);
            var below = new List<BackupNamespace> { ns.Child("a"), ns.Child("b") };
            below.ForEach(store.Delete);
            """);

        [Fact]
        public Task Runs_during_the_call_under_what_the_member_requires() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared)]
                private void Read(int item) => Console.WriteLine(item);

                [RequiresLock(LockMode.Shared)]
                void M(List<int> items) => items.ForEach(Read);
            }
            """);

        [Fact]
        public Task Task_awaited_under_the_guard() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared)]
                public void Run() => Console.WriteLine();
            }

            class C(NamespaceLockManager locks)
            {
                async Task M(Job job)
                {
                    using var guard = locks.AcquireShared(job.Namespace);
                    await Task.Run(job.Run);
                }
            }
            """);

        [Theory]
        [InlineData("_ = nameof(store.Backup);")]
        [InlineData("_ = typeof(Datastore);")]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
        public Task No_conversion(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Unreachable_code() => Verify.BodyAsync(
            """
            return;
            Action<BackupNamespace> action = store.Backup;
            """);

        [Fact]
        public Task Local_function_without_a_requirement() => Verify.BodyAsync(
            """
            Action<BackupNamespace> action = Local;
            action(ns);

            void Local(BackupNamespace name)
            {
                using var guard = locks.AcquireShared(name);
                store.Backup(name);
            }
            """);

        [Fact]
        public Task Lambda_in_a_local_called_under_the_guard() => Verify.BodyAsync(
            """
            Action backup = () => store.Backup(ns);
            using var guard = locks.AcquireShared(ns);
            backup();
            """);
    }
}
