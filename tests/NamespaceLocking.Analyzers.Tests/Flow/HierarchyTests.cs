namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Which namespaces a guard covers above and below its own.</summary>
public class HierarchyTests
{
    [Theory]
    [InlineData("ns", "ns.Child(\"a\")")]
    [InlineData("ns", "ns.Child(\"a\").Child(\"b\")")]
    [InlineData("ns.Parent", "ns")]
    [InlineData("ns.Parent", "ns.Child(\"a\")")]
    [InlineData("ns.Parent.Parent", "ns")]
    [InlineData("ns.Child(\"a\").Parent", "ns")]
    [InlineData("BackupNamespace.Root", "ns")]
    [InlineData("BackupNamespace.Root", "BackupNamespace.Root")]
    [InlineData("BackupNamespace.Root", "BackupNamespace.Parse(\"a\")")]
    [InlineData("BackupNamespace.Parse(\"a\")", "BackupNamespace.Parse(\"a/b/c\")")]
    [InlineData("BackupNamespace.Parse(\"a\")", "BackupNamespace.Parse(\"a\").Child(\"b\")")]
    [InlineData("BackupNamespace.Parse(\"a/b\")", "BackupNamespace.Parse(\"a\").Child(\"b\").Child(\"c\")")]
    [InlineData("BackupNamespace.Parse(\"a/b\").Parent", "BackupNamespace.Parse(\"a\")")]
    [InlineData("Tree.Top(ns)", "ns")]
    [InlineData("ns", "Tree.Deepest(ns)")]
    [InlineData("ns", "Tree.Deepest(ns.Child(\"a\"))")]
    public Task An_exclusive_guard_covers_all_below(string held, string needed) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        var top = {{held}};
        var leaf = {{needed}};
        using var guard = locks.AcquireExclusive(top);
        store.Delete(leaf);
        store.Backup(leaf);
        """);

    [Theory]
    [InlineData("ns.Child(\"a\")", "ns")]
    [InlineData("ns.Child(\"a\").Child(\"b\")", "ns")]
    [InlineData("ns.Child(\"a\").Child(\"b\")", "ns.Child(\"a\")")]
    [InlineData("ns.Child(\"a\")", "ns.Parent")]
    [InlineData("ns", "Tree.Top(ns)")]
    [InlineData("Tree.Deepest(ns)", "ns")]
    [InlineData("BackupNamespace.Parse(\"a/b/c\")", "BackupNamespace.Parse(\"a/b\")")]
    [InlineData("BackupNamespace.Parse(\"a/b/c\")", "BackupNamespace.Root")]
    public Task A_guard_of_either_mode_covers_shared_work_above(string held, string needed) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        var leaf = {{held}};
        var top = {{needed}};
        using (locks.AcquireShared(leaf))
            store.Backup(top);
        using (locks.AcquireExclusive(leaf))
            store.Backup(top);
        """);

    [Theory]
    [InlineData("ns", "ns.Child(\"a\")")]
    [InlineData("ns.Parent", "ns")]
    [InlineData("Tree.Top(ns)", "ns")]
    [InlineData("ns", "Tree.Deepest(ns)")]
    [InlineData("BackupNamespace.Root", "ns")]
    [InlineData("BackupNamespace.Parse(\"a\")", "BackupNamespace.Parse(\"a/b\")")]
    public Task A_shared_guard_covers_nothing_below(string held, string needed) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        var top = {{held}};
        var leaf = {{needed}};
        using var guard = locks.AcquireShared(top);
        {|NSL1003:store.Backup(leaf)|};
        """);

    [Fact]
    public Task A_joined_namespace_of_which_each_is_covered() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireExclusive(ns);
        var target = flag ? ns.Child("a") : ns.Child("b");
        store.Delete(target);
        """);

    [Fact]
    public Task Containment_that_was_tested_covers_below() => Verify.BodyAsync(
        """
        if (!ns.Contains(ns2))
            return;
        using var guard = locks.AcquireExclusive(ns);
        store.Delete(ns2);
        store.Delete(ns2.Child("a"));
        """);

    [Fact]
    public Task Containment_that_was_tested_covers_above() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireShared(ns2);
        if (ns.Contains(ns2))
            store.Backup(ns);
        """);

    [Fact]
    public Task Containment_that_was_tested_and_failed() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireExclusive(ns);
        if (!ns.Contains(ns2))
            {|NSL1003:store.Backup(ns2)|};
        """);

    [Fact]
    public Task Equality_joins_what_lies_below() => Verify.BodyAsync(
        """
        if (ns.Parent != ns2)
            return;
        using var guard = locks.AcquireExclusive(ns2);
        store.Delete(ns);
        """);

    [Theory]
    [InlineData("ns == ns2")]
    [InlineData("ns2 == ns")]
    [InlineData("ns.Equals(ns2)")]
    [InlineData("ns2.Equals(ns) && flag")]
    [InlineData("!(ns != ns2)")]
    public Task Equality_that_was_tested(string test) => Verify.BodyAsync(
        $$"""
        using var guard = locks.AcquireShared(ns);
        if ({{test}})
            store.Backup(ns2);
        """);

    [Theory]
    [InlineData("ns != ns2")]
    [InlineData("!ns.Equals(ns2)")]
    [InlineData("ns == ns2 || flag")]
    public Task Equality_that_does_not_hold_there(string test) => Verify.BodyAsync(
        $$"""
        using var guard = locks.AcquireShared(ns);
        if ({{test}})
            {|NSL1003:store.Backup(ns2)|};
        """);

    [Fact]
    public Task Equality_is_forgotten_when_one_side_is_written() => Verify.BodyAsync(
        """
        var current = ns2;
        if (ns != current)
            return;
        using var guard = locks.AcquireShared(ns);
        current = ns2.Child("a");
        {|NSL1003:store.Backup(current)|};
        """);

    [Fact]
    public Task A_parameter_declared_below_another() => Cases.MembersAsync(
        """
        void M(BackupNamespace top, [DescendantOf(nameof(top))] BackupNamespace leaf)
        {
            using var guard = _locks.AcquireExclusive(top);
            _store.Delete(leaf);
        }
        """);

    [Fact]
    public Task A_parameter_declared_above_another() => Cases.MembersAsync(
        """
        void M(BackupNamespace leaf, [AncestorOf(nameof(leaf))] BackupNamespace top)
        {
            using var guard = _locks.AcquireShared(leaf);
            _store.Backup(top);
        }
        """);

    [Fact]
    public Task A_property_declared_below_another() => Cases.MembersAsync(
        """
        void M(Job job)
        {
            using var guard = _locks.AcquireExclusive(job.Namespace);
            _store.Delete(job.Leaf);
        }
        """,
        """
        sealed class Job(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [DescendantOf("this.Namespace")]
            public BackupNamespace Leaf => Namespace.Child("leaf");
        }
        """);

    [Fact]
    public Task A_relation_to_another_object_s_namespace_does_not_help() => Cases.MembersAsync(
        """
        void M(Job first, Job second)
        {
            using var guard = _locks.AcquireExclusive(first.Namespace);
            {|NSL1003:_store.Delete(second.Leaf)|};
        }
        """,
        """
        sealed class Job(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [DescendantOf("this.Namespace")]
            public BackupNamespace Leaf => Namespace.Child("leaf");
        }
        """);

    [Fact]
    public Task The_group_found_in_a_namespace_has_that_namespace() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireShared(ns);
        var group = Tree.Find(ns);
        store.Backup(group.Namespace);
        """);

    [Fact]
    public Task The_group_found_in_another_namespace() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireShared(ns);
        var group = Tree.Find(ns2);
        {|NSL1003:store.Backup(group.Namespace)|};
        """);

    [Fact]
    public Task A_group_parameter_declared_in_a_namespace() => Cases.MembersAsync(
        """
        void M(BackupNamespace ns, [InNamespace(nameof(ns))] Group group)
        {
            using var guard = _locks.AcquireShared(group.Namespace);
            _store.Backup(ns);
        }
        """,
        Cases.Tree);

    [Fact]
    public Task A_namespace_declared_to_be_another() => Cases.MembersAsync(
        """
        void M(BackupNamespace ns)
        {
            using var guard = _locks.AcquireExclusive(ns);
            _store.Delete(Normalized(ns));
        }

        [return: InNamespace(nameof(ns))]
        static BackupNamespace Normalized(BackupNamespace ns) => ns;
        """);

    [Fact]
    public Task A_requirement_on_the_namespace_of_a_parameter() => Cases.BodyAsync(
        Cases.Tree + """

        static class Tools
        {
            [RequiresLock(LockMode.Shared, "group.Namespace")]
            public static void Read(Group group) { }
        }
        """,
        """
        var group = new Group(ns);
        using var guard = locks.AcquireShared(group.Namespace);
        Tools.Read(group);
        """);

    [Fact]
    public Task A_requirement_on_a_static_member() => Cases.BodyAsync(
        """
        static class Tools
        {
            [RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
            public static void List() { }
        }
        """,
        """
        {|NSL1001:Tools.List()|};
        using var guard = locks.AcquireShared(ns);
        Tools.List();
        """);
}
