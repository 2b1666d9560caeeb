namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Values that are copied: namespaces, and the guards themselves.</summary>
public class CopiesTests
{
    [Theory]
    [InlineData("var copy = ns;")]
    [InlineData("BackupNamespace copy; copy = ns;")]
    [InlineData("var first = ns; var copy = first;")]
    [InlineData("var (copy, rest) = (ns, ns2);")]
    [InlineData("var copy = flag ? ns : ns;")]
    [InlineData("var copy = (BackupNamespace)ns;")]
    [InlineData("BackupNamespace? maybe = ns; var copy = maybe!;")]
    [InlineData("var copy = ns2; copy = ns;")]
    public Task A_copy_names_the_same_namespace(string copy) => Verify.BodyAsync(
        $$"""
        {{copy}}
        using var guard = locks.AcquireShared(copy);
        store.Backup(ns);
        """);

    [Theory]
    [InlineData("var copy = ns2;")]
    [InlineData("var copy = ns; copy = ns2;")]
    [InlineData("var (rest, copy) = (ns, ns2);")]
    [InlineData("var copy = flag ? ns : ns2;")]
    public Task A_copy_of_something_else(string copy) => Verify.BodyAsync(
        $$"""
        {{copy}}
        using var guard = locks.AcquireShared(ns);
        {|NSL1003:store.Backup(copy)|};
        """);

    [Fact]
    public Task A_copy_keeps_the_value_of_its_time() => Verify.BodyAsync(
        """
        var current = ns;
        var before = current;
        current = ns2;
        using var guard = locks.AcquireShared(before);
        store.Backup(ns);
        {|NSL1003:store.Backup(current)|};
        """);

    [Fact]
    public Task Two_variables_that_are_exchanged() => Verify.BodyAsync(
        """
        var first = ns;
        var second = ns2;
        (first, second) = (second, first);
        using var guard = locks.AcquireShared(first);
        store.Backup(ns2);
        {|NSL1003:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_child_kept_in_a_variable() => Verify.BodyAsync(
        """
        var child = ns.Child("a");
        using var guard = locks.AcquireShared(child);
        store.Backup(ns.Child("a"));
        store.Backup(child.Parent);
        """);

    [Fact]
    public Task A_child_of_a_variable_that_was_written_since() => Verify.BodyAsync(
        """
        var current = ns;
        using var guard = locks.AcquireShared(current.Child("a"));
        current = ns2;
        {|NSL1003:store.Backup(current.Child("a"))|};
        """);

    [Fact]
    public Task The_same_constant_in_a_local_constant() => Verify.BodyAsync(
        """
        const string Name = "tenants/a";
        using var guard = locks.AcquireShared(BackupNamespace.Parse(Name));
        store.Backup(BackupNamespace.Parse("tenants/a"));
        """);

    [Fact]
    public Task A_property_path_of_a_copied_object() => Verify.SourceAsync(
        """
        record Job(BackupNamespace Namespace);

        class C
        {
            void M(Datastore store, NamespaceLockManager locks, Job job)
            {
                var same = job;
                using var guard = locks.AcquireShared(same.Namespace);
                store.Backup(job.Namespace);
            }
        }
        """);

    [Fact]
    public Task A_longer_property_path() => Verify.SourceAsync(
        """
        record Job(BackupNamespace Namespace);
        record Plan(Job First, Job Second);

        class C
        {
            void M(Datastore store, NamespaceLockManager locks, Plan plan)
            {
                using var guard = locks.AcquireShared(plan.First.Namespace);
                var first = plan.First;
                store.Backup(first.Namespace);
                {|NSL1003:store.Backup(plan.Second.Namespace)|};
            }
        }
        """);

    [Fact]
    public Task A_pure_member_is_stable() => Cases.MembersAsync(
        """
        [System.Diagnostics.Contracts.Pure]
        static BackupNamespace Of(string tenant) => BackupNamespace.Parse(tenant);

        void M(string tenant)
        {
            using var guard = _locks.AcquireShared(Of(tenant));
            _store.Backup(Of(tenant));
        }
        """);

    [Fact]
    public Task A_member_that_is_not_pure_may_answer_something_else() => Cases.MembersAsync(
        """
        static BackupNamespace Next() => BackupNamespace.Parse(Environment.TickCount.ToString());

        void M()
        {
            using var guard = _locks.AcquireShared(Next());
            {|NSL1003:_store.Backup(Next())|};
        }
        """);

    [Fact]
    public Task A_field_is_the_same_until_it_is_written() => Verify.SourceAsync(
        """
        class C(Datastore store, NamespaceLockManager locks)
        {
            private BackupNamespace _ns = BackupNamespace.Root;

            void M(BackupNamespace next)
            {
                using (locks.AcquireShared(_ns))
                    store.Backup(this._ns);
                _ns = next;
                using var guard = locks.AcquireShared(next);
                store.Backup(_ns);
            }
        }
        """);

    [Fact]
    public Task The_field_of_another_object() => Verify.SourceAsync(
        """
        class C(Datastore store, NamespaceLockManager locks)
        {
            private BackupNamespace _ns = BackupNamespace.Root;

            void M(C other)
            {
                using var guard = locks.AcquireShared(other._ns);
                {|NSL1003:store.Backup(_ns)|};
            }
        }
        """);

    [Fact]
    public Task A_captured_variable_that_a_lambda_writes() => Verify.BodyAsync(
        """
        var current = ns;
        Action next = () => current = ns2;
        using var guard = locks.AcquireShared(current);
        next();
        {|NSL1003:store.Backup(current)|};
        """);

    [Fact]
    public Task A_captured_variable_that_no_lambda_writes() => Verify.BodyAsync(
        """
        var current = ns;
        Action print = () => Console.WriteLine(current);
        using var guard = locks.AcquireShared(current);
        print();
        store.Backup(ns);
        """);

    private static Task ChoiceAsync(string held, string between, string needed) => Verify.SourceAsync(
        $$"""
        class Node(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            public Node? Next { get; set; }

            public bool IsLast { get; set; }

            public static Node? Find() => null;
        }

        class C(NamespaceLockManager locks, Datastore store)
        {
            void M(Node a, Node b, Node? x, bool flag, int n, BackupNamespace ns, BackupNamespace ns2)
            {
                using var guard = locks.AcquireShared({{held}});
                {{between}}
                {{needed}};
            }
        }
        """);

    [Theory]
    [InlineData("(flag ? a : b).Namespace")]
    [InlineData("flag ? a.Namespace : b.Namespace")]
    [InlineData("(n > 0 ? a : b).Namespace")]
    [InlineData("(a.IsLast ? a : b).Namespace")]
    [InlineData("(flag ? ns : ns2).Parent")]
    [InlineData("flag ? ns.Child(\"a\") : ns2")]
    [InlineData("x?.Namespace!")]
    [InlineData("a.Next?.Namespace!")]
    [InlineData("(x ?? a).Namespace")]
    [InlineData("x?.Namespace ?? ns")]
    [InlineData("(flag ? x ?? a : b).Namespace")]
    [InlineData("n switch { 0 => ns, > 3 => ns2, _ => a.Namespace }")]
    public Task A_choice_that_is_written_twice(string choice) => ChoiceAsync(choice, "", $"store.Backup({choice})");

    [Theory]
    [InlineData("(flag ? a : b).Namespace", "flag = !flag;")]
    [InlineData("(flag ? a : b).Namespace", "a = new Node(ns);")]
    [InlineData("(a.IsLast ? a : b).Namespace", "a.IsLast = true;")]
    [InlineData("(n > 0 ? a : b).Namespace", "n++;")]
    [InlineData("(n > 0 ? a : b).Namespace", "(n, flag) = (0, true);")]
    [InlineData("x?.Namespace!", "x = x?.Next;")]
    [InlineData("a.Next?.Namespace!", "a.Next = b;")]
    [InlineData("(x ?? a).Namespace", "if (flag) x = b;")]
    [InlineData("(Node.Find() ?? a).Namespace", "")]
    public Task A_choice_that_may_come_out_differently(string choice, string between) => ChoiceAsync(choice, between, $"{{|NSL1003:store.Backup({choice})|}}");

    [Theory]
    [InlineData("(flag ? a : b).Namespace", "(flag ? b : a).Namespace")]
    [InlineData("x?.Namespace!", "x?.Next?.Namespace!")]
    [InlineData("(x ?? a).Namespace", "(x ?? b).Namespace")]
    public Task Another_choice(string held, string needed) => ChoiceAsync(held, $"store.Backup({held});", $"{{|NSL1003:store.Backup({needed})|}}");

    [Fact]
    public Task A_choice_in_each_round_of_a_loop() => Verify.BodyAsync(
        """
        foreach (var child in new[] { ns, ns2 })
        {
            using var guard = locks.AcquireShared(flag ? child : ns);
            store.Backup(flag ? child : ns);
        }
        """);

    [Fact]
    public Task A_choice_of_an_earlier_round() => Verify.BodyAsync(
        """
        NamespaceLockGuard? guard = null;
        foreach (var child in new[] { ns, ns2 })
        {
            guard ??= {|NSL2003:locks.AcquireShared(flag ? child : ns)|};
            {|NSL1003:store.Backup(flag ? child : ns)|};
        }

        guard?.Dispose();
        """);

    private static Task ShownAsync(string type) => Verify.SourceAsync(
        $$"""
        interface INode { BackupNamespace Namespace { get; } }

        abstract class Node : INode
        {
            public abstract BackupNamespace Namespace { get; }

            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public void Work() { }
        }

        {{type}}
        """);

    [Theory]
    [InlineData("sealed class C(NamespaceLockManager locks, BackupNamespace ns) : Node { public override BackupNamespace Namespace => ns; void M() { using var guard = locks.AcquireShared(ns); Work(); } }")]
    [InlineData("class C(NamespaceLockManager locks, Datastore store, BackupNamespace ns) : Node { public override BackupNamespace Namespace { get { return ns; } } void M() { using var guard = locks.AcquireShared(Namespace); store.Backup(ns); Work(); } }")]
    [InlineData("class C(NamespaceLockManager locks, BackupNamespace ns) : Node { private readonly BackupNamespace _ns = ns; public override BackupNamespace Namespace => _ns; void M() { using var guard = locks.AcquireShared(_ns); Work(); } }")]
    [InlineData("class C(NamespaceLockManager locks, Datastore store, BackupNamespace ns) : INode { public BackupNamespace Namespace => ns; void M() { INode me = this; using var guard = locks.AcquireShared(ns); store.Backup(me.Namespace); } }")]
    [InlineData("class C(NamespaceLockManager locks, Datastore store, BackupNamespace ns) { public BackupNamespace Namespace => ns; void M() { using var guard = locks.AcquireShared(ns); store.Backup(Namespace); } }")]
    [InlineData("class C(NamespaceLockManager locks, Datastore store, BackupNamespace ns) { public BackupNamespace Namespace => ns; NamespaceLockGuard Lock() => locks.AcquireShared(ns); static void M(C c, Datastore store) { using var guard = c.Lock(); store.Backup(c.Namespace); } }")]
    public Task A_property_that_shows_what_the_type_keeps(string type) => ShownAsync(type);

    [Theory]
    [InlineData("class C(NamespaceLockManager locks, BackupNamespace ns, BackupNamespace other) : Node { public override BackupNamespace Namespace => ns; void M() { using var guard = locks.AcquireShared(other); {|NSL1003:Work()|}; } }")]
    [InlineData("class C(NamespaceLockManager locks, BackupNamespace ns) : Node { public override BackupNamespace Namespace => ns; void M() { using var guard = locks.AcquireShared(ns); ns = ns.Child(\"a\"); {|NSL1003:Work()|}; } }")]
    [InlineData("class C(NamespaceLockManager locks, BackupNamespace ns) : Node { public override BackupNamespace Namespace => ns; void M(C c) { using var guard = locks.AcquireShared(ns); {|NSL1003:c.Work()|}; } }")]
    public Task A_property_that_shows_something_else(string type) => ShownAsync(type);

    [Fact]
    public Task A_second_name_for_the_guard() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns);
        var same = guard;
        store.Backup(same.Namespace);
        store.Backup(ns);
        """);

    [Fact]
    public Task The_namespace_that_a_guard_was_acquired_for() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns.Child("a"));
        store.Backup(guard.Namespace);
        store.Backup(guard.Namespace.Parent);
        """);

    [Fact]
    public Task The_namespace_of_another_guard() => Verify.BodyAsync(
        """
        using var second = locks.AcquireShared(ns2);
        using (var first = locks.AcquireShared(ns))
            store.Backup(first.Namespace);
        store.Backup(second.Namespace);
        {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task The_guard_moves_to_another_variable() => Verify.BodyAsync(
        """
        var first = locks.AcquireShared(ns);
        using var second = first;
        store.Backup(ns);
        """);

    [Fact]
    public Task A_pattern_variable_for_a_namespace() => Verify.SourceAsync(
        """
        record Job(BackupNamespace? Namespace);

        class C
        {
            void M(Datastore store, NamespaceLockManager locks, Job job)
            {
                if (job.Namespace is { } found)
                {
                    using var guard = locks.AcquireShared(found);
                    store.Backup(job.Namespace);
                }
            }
        }
        """);

    [Theory]
    [InlineData("var pair = (guard: locks.AcquireShared(ns), 1); using (pair.guard) store.Backup(ns);")]
    [InlineData("(NamespaceLockGuard Guard, int Count) pair = (locks.AcquireShared(ns), 1); using (pair.Guard) store.Backup(ns);")]
    [InlineData("(NamespaceLockGuard? Guard, long Count) pair = (locks.AcquireShared(ns), 1); using (pair.Guard) store.Backup(ns);")]
    [InlineData("var pair = (locks.AcquireShared(ns), 1); (NamespaceLockGuard Guard, int Count) named = pair; named.Guard.Dispose();")]
    [InlineData("(BackupNamespace Place, int Count) pair = (ns, 1); using var guard = locks.AcquireShared(pair.Place); store.Backup(ns);")]
    [InlineData("var pair = (guard: {|NSL2002:locks.AcquireShared(ns)|}, 1); store.Backup(ns);")]
    public Task An_element_of_a_tuple_by_any_of_its_names(string body) => Verify.BodyAsync(body);

    private const string Snapshots =
        """
        sealed class Writer(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;
        }

        sealed class Session(Writer writer)
        {
            private Writer _writer = writer;

            public Writer Writer { get; } = writer;

            public BackupNamespace Kept => _writer.Namespace;

            public BackupNamespace Shown { get { return this.Writer.Namespace; } }

            public void M(Datastore store, NamespaceLockManager locks, Writer other)
            {
                using var guard = locks.AcquireShared(_writer.Namespace);
                store.Backup(Kept);
                {|NSL1003:store.Backup(Shown)|};
                _writer = other;
                {|NSL1003:store.Backup(Kept)|};
            }
        }

        class Open(Writer writer)
        {
            protected Writer Writer { get; } = writer;

            public virtual BackupNamespace Namespace => Writer.Namespace;

            public BackupNamespace Round => Round2;

            public BackupNamespace Round2 => Round;

            void M(Datastore store, NamespaceLockManager locks)
            {
                using var guard = locks.AcquireShared(Writer.Namespace);
                {|NSL1003:store.Backup(Namespace)|};
                {|NSL1003:store.Backup(Round)|};
            }
        }
        """;

    [Theory]
    [InlineData("using var guard = locks.AcquireShared(session.Shown); store.Backup(session.Writer.Namespace);")]
    [InlineData("using var guard = locks.AcquireShared(session.Writer.Namespace); store.Backup(session.Shown);")]
    [InlineData("using var guard = locks.AcquireShared(session.Kept); store.Backup(session.Kept); {|NSL1003:store.Backup(session.Shown)|};")]
    [InlineData("using var guard = locks.AcquireShared(session.Shown); {|NSL1003:store.Backup(new Session(new Writer(ns)).Shown)|};")]
    public Task A_property_that_forwards_a_member_of_another(string body) => Cases.BodyAsync(
        Snapshots + "\nstatic class Sessions { public static Session Current => throw new InvalidOperationException(); }", "var session = Sessions.Current;\n" + body);

    [Theory]
    [InlineData("record Place(BackupNamespace Namespace, int Number);")]
    [InlineData("record struct Place(BackupNamespace Namespace, int Number);")]
    [InlineData("class Place(BackupNamespace place, int number) { public BackupNamespace Namespace { get; } = place; public int Number => number; }")]
    [InlineData("class Place { public Place(BackupNamespace place, int number) { Namespace = place ?? throw new ArgumentNullException(nameof(place)); Number = number; } public BackupNamespace Namespace { get; } public int Number { get; } }")]
    [InlineData("class Place { private readonly BackupNamespace _place; public Place(BackupNamespace place, int number) => _place = place; public BackupNamespace Namespace => _place; }")]
    public Task What_a_constructor_puts_into_a_property(string declaration) => Cases.BodyAsync(
        declaration + " record Holder(Place Place);",
        """
        var place = new Place(ns, 1);
        var holder = new Holder(place);
        using var guard = locks.AcquireExclusive(ns);
        store.Delete(place.Namespace);
        store.Delete(holder.Place.Namespace);
        foreach (var each in items.Select(item => new Place(ns.Child("a" + item), item)))
            store.Delete(each.Namespace);
        {|NSL1003:store.Delete(new Place(ns2, 1).Namespace)|};
        """);

    [Theory]
    [InlineData("record Place(BackupNamespace Namespace) { public BackupNamespace Namespace { get; } = Namespace.Parent; }")]
    [InlineData("class Place(BackupNamespace place) { public BackupNamespace Namespace { get; } = place.Parent; }")]
    [InlineData("class Place { public Place(BackupNamespace place) { Namespace = place; if (place.Depth > 2) Namespace = place.Parent; } public BackupNamespace Namespace { get; } }")]
    public Task What_a_constructor_changes_on_its_way_into_a_property(string declaration) => Cases.BodyAsync(
        declaration,
        """
        using var guard = locks.AcquireExclusive(ns);
        {|NSL1003:store.Delete(new Place(ns).Namespace)|};
        """);
}
