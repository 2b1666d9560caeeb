namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Elements of sequences keep the relation that their sequence has.</summary>
public class SequencesTests
{
    [Theory]
    [InlineData("Tree.Below(ns)")]
    [InlineData("Tree.Below(ns).Where(n => n.Depth > 2)")]
    [InlineData("Tree.Below(ns).OrderBy(n => n.Name)")]
    [InlineData("Tree.Below(ns).OrderByDescending(n => n.Depth).ThenBy(n => n.Name)")]
    [InlineData("Tree.Below(ns).Take(3)")]
    [InlineData("Tree.Below(ns).Skip(1)")]
    [InlineData("Tree.Below(ns).Where(n => n.Depth > 2).Reverse()")]
    [InlineData("Tree.Below(ns).Distinct()")]
    [InlineData("Tree.Below(ns).ToList()")]
    [InlineData("Tree.Below(ns).ToArray()")]
    [InlineData("Tree.Below(ns).Where(n => n.Depth > 2).OrderBy(n => n.Name).Take(3).ToList()")]
    [InlineData("Tree.Below(ns.Child(\"a\"))")]
    public Task Elements_below_an_exclusive_guard(string sequence) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in {{sequence}})
            store.Delete(element);
        """);

    private static Task NodesAsync(string sequence, string deletion) => Cases.BodyAsync(
        Cases.Tree +
        """
        class Node(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [DescendantOf("this.Namespace")]
            public IEnumerable<Node> Children => [];

            [return: DescendantOf("this.Namespace")]
            public IEnumerable<Node> Below() => [];

            public IEnumerable<Node> Links => [];
        }
        """,
        $$"""
        var root = new Node(ns);
        using var guard = locks.AcquireExclusive(root.Namespace);
        foreach (var node in {{sequence}})
            {{deletion}};
        """);

    [Theory]
    [InlineData("root.Children.SelectMany(c => c.Children)")]
    [InlineData("root.Children.SelectMany(c => c.Below())")]
    [InlineData("root.Below().SelectMany(c => { return c.Children; }).Where(c => c != root).ToList()")]
    [InlineData("root.Children.SelectMany(c => c.Children.Where(d => d != c))")]
    [InlineData("root.Children.SelectMany(c => c.Children.SelectMany(d => d.Children))")]
    [InlineData("from a in root.Children from b in a.Children select b")]
    public Task Elements_of_what_each_element_has(string sequence) => NodesAsync(sequence, "store.Delete(node.Namespace)");

    [Theory]
    [InlineData("Tree.Below(root.Namespace).SelectMany(n => Tree.Below(n))")]
    [InlineData("root.Children.SelectMany(c => Tree.Below(c.Namespace))")]
    public Task Namespaces_of_what_each_element_has(string sequence) => NodesAsync(sequence, "store.Delete(node)");

    [Theory]
    [InlineData("root.Children.SelectMany(c => c.Links)")]
    [InlineData("root.Links.SelectMany(c => c.Children)")]
    [InlineData("root.Children.SelectMany(c => new List<Node>())")]
    [InlineData("root.Children.SelectMany(c => root.Links, (c, d) => d)")]
    public Task Elements_that_lie_anywhere(string sequence) => NodesAsync(sequence, "{|NSL1003:store.Delete(node.Namespace)|}");

    [Theory]
    [InlineData("IReadOnlyList<BackupNamespace>")]
    [InlineData("IEnumerable<BackupNamespace>")]
    [InlineData("List<BackupNamespace>")]
    public Task A_sequence_that_is_gone_over_twice(string type) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        {{type}} all = Tree.Below(ns);
        foreach (var element in all)
            Console.WriteLine(element);
        foreach (var element in all)
            store.Delete(element);
        """);

    [Theory]
    [InlineData("Tree.Below(ns2)")]
    [InlineData("Tree.Below(ns.Parent)")]
    [InlineData("Tree.Unrelated()")]
    [InlineData("Tree.Unrelated().Where(n => n.Depth > 2).ToList()")]
    public Task Elements_of_something_else(string sequence) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in {{sequence}})
            {|NSL1003:store.Delete(element)|};
        """);

    [Theory]
    [InlineData("Tree.Below(ns).First()")]
    [InlineData("Tree.Below(ns).First(n => n.Depth > 2)")]
    [InlineData("Tree.Below(ns).Single()")]
    [InlineData("Tree.Below(ns).Where(n => n.IsRoot).First()")]
    [InlineData("Tree.Below(ns).FirstOrDefault() ?? ns")]
    public Task One_element(string element) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        var element = {{element}};
        store.Delete(element);
        """);

    [Fact]
    public Task Elements_below_a_shared_guard() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireShared(ns);
        foreach (var element in Tree.Below(ns))
            {|NSL1003:store.Backup(element)|};
        """);

    [Fact]
    public Task Elements_above_a_shared_guard() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireShared(ns);
        foreach (var element in Tree.Above(ns).Where(n => !n.IsRoot))
            store.Backup(element);
        """);

    [Fact]
    public Task A_sequence_kept_in_a_local() => Cases.BodyAsync(
        Cases.Tree,
        """
        var below = Tree.Below(ns);
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in below)
            store.Delete(element);
        """);

    [Fact]
    public Task The_children_of_elements() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in Tree.Below(ns))
            store.Delete(element.Child("x"));
        """);

    [Fact]
    public Task A_sequence_parameter_declared_below() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Exclusive, nameof(ns))]
        void M(BackupNamespace ns, [DescendantOf(nameof(ns))] IReadOnlyList<BackupNamespace> list)
        {
            foreach (var element in list)
                _store.Delete(element);
        }
        """);

    [Fact]
    public Task A_sequence_parameter_of_which_nothing_is_said() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Exclusive, nameof(ns))]
        void M(BackupNamespace ns, IReadOnlyList<BackupNamespace> list)
        {
            foreach (var element in list)
                {|NSL1003:_store.Delete(element)|};
        }
        """);

    [Fact]
    public Task Groups_in_a_namespace() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireShared(ns);
        foreach (var group in Tree.Groups(ns))
            store.Backup(group.Namespace);
        """);

    [Fact]
    public Task Groups_in_another_namespace() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireShared(ns);
        foreach (var group in Tree.Groups(ns2))
            {|NSL1003:store.Backup(group.Namespace)|};
        """);

    [Fact]
    public Task The_parameter_of_Any_is_an_element() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireExclusive(ns);
        var busy = Tree.Below(ns).Any(n => store.Count(n) > 0);
        """);

    [Fact]
    public Task The_parameter_of_Select_is_an_element() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireExclusive(ns);
        var counts = Tree.Below(ns).Select(n => store.Count(n)).ToList();
        """);

    [Fact]
    public Task The_parameter_of_Select_over_something_else() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireExclusive(ns);
        var counts = Tree.Unrelated().Select(n => {|NSL1003:store.Count(n)|}).ToList();
        """);

    [Fact]
    public Task The_parameter_of_a_parallel_loop_is_an_element() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireExclusive(ns);
        await Parallel.ForEachAsync(Tree.Below(ns), async (n, stop) => await store.DeleteAsync(n));
        """);

    [Fact]
    public Task A_local_list_that_only_receives_namespaces_below() => Verify.BodyAsync(
        """
        var list = new List<BackupNamespace>();
        list.Add(ns.Child("a"));
        list.Add(ns.Child("b"));
        list.Add(ns);
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in list)
            store.Delete(element);
        """);

    [Fact]
    public Task A_local_list_that_receives_another_namespace() => Verify.BodyAsync(
        """
        var list = new List<BackupNamespace>();
        list.Add(ns.Child("a"));
        list.Add(ns2);
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in list)
            {|NSL1003:store.Delete(element)|};
        """);

    [Fact]
    public Task A_local_list_made_with_its_elements() => Verify.BodyAsync(
        """
        var list = new List<BackupNamespace> { ns.Child("a"), ns.Child("b") };
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in list)
            store.Delete(element);
        """);

    [Fact]
    public Task A_local_array_made_with_its_elements() => Verify.BodyAsync(
        """
        BackupNamespace[] list = [ns.Child("a"), ns.Child("b")];
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in list)
            store.Delete(element);
        """);

    [Fact]
    public Task Each_element_under_a_guard_of_its_own() => Cases.BodyAsync(
        Cases.Tree,
        """
        foreach (var element in Tree.Unrelated().OrderBy(n => n.Name))
        {
            using var guard = locks.AcquireExclusive(element);
            store.Delete(element);
        }
        """);

    [Fact]
    public Task An_element_kept_beyond_its_round() => Cases.BodyAsync(
        Cases.Tree,
        """
        var last = ns;
        using var guard = locks.AcquireExclusive(ns);
        foreach (var element in Tree.Below(ns))
            last = element;
        store.Delete(last);
        """);

    [Theory]
    [InlineData("Tree.Below(ns) is [.., var last]", "last")]
    [InlineData("Tree.Below(ns) is [var first, ..]", "first")]
    [InlineData("Tree.Below(ns).ToArray() is [_, .. var rest] && rest.First() is var next", "next")]
    [InlineData("Tree.Below(ns) is [{ } only]", "only")]
    [InlineData("Tree.Below(ns) is { Count: > 1 } and [var one, var two]", "two")]
    public Task An_element_that_a_list_pattern_names(string test, string name) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        if ({{test}})
            store.Delete({{name}});
        """);

    [Theory]
    [InlineData("Tree.Unrelated() is [.., var last]", "last", "NSL1003")]
    [InlineData("Tree.Unrelated() is [_, .. var rest] && rest.First() is var next", "next", "NSL1003")]
    [InlineData("Tree.Above(ns) is [var last]", "last", "NSL1002")]
    public Task An_element_of_something_else_that_a_list_pattern_names(string test, string name, string rule) => Cases.BodyAsync(
        Cases.Tree,
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        if ({{test}})
            {|{{rule}}:store.Delete({{name}})|};
        """);

    [Fact]
    public Task Groups_that_a_list_pattern_names() => Cases.BodyAsync(
        Cases.Tree,
        """
        using var guard = locks.AcquireShared(ns);
        if (Tree.Groups(ns) is [var first, .., var last])
        {
            store.Backup(first.Namespace);
            store.Backup(last.Namespace);
        }
        """);

    [Theory]
    [InlineData("names.Select(name => ns.Child(name))")]
    [InlineData("names.Select(ns.Child)")]
    [InlineData("names.Select((name, i) => ns.Child(name + i)).ToHashSet()")]
    [InlineData("from name in names where name.Length > 1 select ns.Child(name)")]
    [InlineData("names.ConvertAll(ns.Child)")]
    [InlineData("Array.ConvertAll(names.ToArray(), name => ns.Child(name))")]
    [InlineData("Tree.Below(ns).Select(n => n.Child(\"a\"))")]
    [InlineData("Tree.Below(ns).Select(Tree.Deepest)")]
    [InlineData("Tree.Below(ns).Select(n => Tree.Find(n)).Select(group => group.Namespace)")]
    [InlineData("Tree.Unrelated().Where(n => ns.Contains(n))")]
    [InlineData("Tree.Unrelated().Where(ns.Contains).OrderBy(n => n.Depth)")]
    [InlineData("Tree.Unrelated().FindAll(ns.Contains)")]
    [InlineData("Tree.Unrelated().Where(n => n == ns)")]
    [InlineData("new List<BackupNamespace>(names.Select(ns.Child)) { ns }")]
    [InlineData("new BackupNamespace[] { ns, ns.Child(\"a\") }.AsSpan()")]
    [InlineData("(ReadOnlySpan<BackupNamespace>)names.Select(ns.Child).ToArray()")]
    public Task A_sequence_made_of_another(string sequence) => NamesAsync(
        $$"""
        foreach (var element in {{sequence}})
            store.Delete(element);
        """);

    [Theory]
    [InlineData("names.Select(name => ns2.Child(name))")]
    [InlineData("names.Select(ns2.Child)")]
    [InlineData("names.Select(name => name.Length > 1 ? ns2 : ns)")]
    [InlineData("Tree.Unrelated().Select(n => n.Child(\"a\"))")]
    [InlineData("Tree.Unrelated().Where(n => !ns.Contains(n))")]
    [InlineData("Tree.Unrelated().Where(n => n.Contains(ns))", "NSL1002")]
    [InlineData("new List<BackupNamespace>(Tree.Unrelated()) { ns }")]
    [InlineData("new List<BackupNamespace>(names.Select(ns.Child)) { ns2 }")]
    public Task A_sequence_made_of_something_else(string sequence, string rule = "NSL1003") => NamesAsync(
        $$"""
        foreach (var element in {{sequence}})
            {|{{rule}}:store.Delete(element)|};
        """);

    [Fact]
    public Task Two_elements_of_one_sequence() => NamesAsync(
        """
        foreach (var element in names.Select(ns2.Child))
        {
            using var inner = locks.AcquireExclusive(element);
            store.Delete(element);
            foreach (var other in names.Select(ns2.Child))
                {|NSL1003:store.Delete(other)|};
        }
        """);

    [Theory]
    [InlineData("store.Delete(Tree.Unrelated().First(ns.Contains));")]
    [InlineData("store.Delete(Tree.Unrelated().Single(n => n == ns));")]
    [InlineData("{|NSL1003:store.Delete(Tree.Unrelated().First(n => n.Depth > 2))|};")]
    [InlineData("var all = names.Select(ns.Child).ToList(); store.Delete(all[0]); store.Delete(all[^1]); for (var i = 0; i < all.Count; i++) store.Delete(all[i]);")]
    [InlineData("var all = new[] { ns, ns.Child(\"a\") }; for (var i = all.Length - 1; i >= 0; i--) store.Delete(all[i]);")]
    [InlineData("var all = new[] { ns, ns.Child(\"a\") }; all[1] = ns2; for (var i = 0; i < all.Length; i++) {|NSL1003:store.Delete(all[i])|};")]
    [InlineData("var all = new List<BackupNamespace> { ns }; all[0] = ns2; foreach (var n in all) {|NSL1003:store.Delete(n)|};")]
    [InlineData("names.Select(ns.Child).ToList().ForEach(store.Delete);")]
    [InlineData("names.Select(ns.Child).AsParallel().WithDegreeOfParallelism(2).ForAll(store.Delete);")]
    [InlineData("names.Select(ns2.Child).ToList().ForEach({|NSL4003:store.Delete|});")]
    public Task Elements_by_other_ways(string use) => NamesAsync(use);

    [Theory]
    [InlineData("Queue", "Enqueue", "while (open.TryDequeue(out var next))", "")]
    [InlineData("Queue", "Enqueue", "while (open.Count > 0)", "var next = open.Dequeue();")]
    [InlineData("Stack", "Push", "while (open.TryPop(out var next))", "")]
    [InlineData("Stack", "Push", "while (open.Count > 0)", "var next = open.Pop();")]
    public Task A_walk_that_keeps_what_is_left_in_a_collection(string type, string add, string loop, string take) => NamesAsync(
        $$"""
        var open = new {{type}}<BackupNamespace>();
        open.{{add}}(ns);
        {{loop}}
        {
            {{take}}
            store.Delete(next);
            foreach (var below in Tree.Below(next))
                open.{{add}}(below);
        }
        """);

    [Fact]
    public Task A_walk_that_comes_to_something_else() => NamesAsync(
        """
        var open = new Queue<BackupNamespace>([ns]);
        while (open.TryDequeue(out var next))
        {
            {|NSL1003:store.Delete(next)|};
            foreach (var other in Tree.Unrelated())
                open.Enqueue(other);
        }
        """);

    private static Task NamesAsync(string body) => Cases.SynchronousBodyAsync(
        Cases.Tree,
        $$"""
        var names = new List<string> { "a", "b" };
        using var guard = locks.AcquireExclusive(ns);
        {{body}}
        """);
}
