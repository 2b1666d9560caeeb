namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>More combinations of live guards meet than are kept apart: what is certain stays so, and doubt is silent.</summary>
public class ManyPathsTests
{
    private static string Cases(string each) => string.Concat(Enumerable.Range(0, 40).Select(i => $"case {i}: {each.Replace("#", $"{i}", StringComparison.Ordinal)} break;\n"));

    private static Task BodyAsync(string each, string after) => Verify.BodyAsync(
        $$"""
        using var sure = locks.AcquireShared(ns2);
        var place = ns;
        NamespaceLockGuard? guard = null;
        try
        {
            switch (items.Count)
            {
                {{Cases(each)}}
                default: return;
            }

            {{after}}
        }
        finally
        {
            guard?.Dispose();
        }
        """);

    [Fact]
    public Task Each_path_has_its_own_namespace_and_guard() =>
        BodyAsync("place = ns.Child(\"a#\"); guard = locks.AcquireShared(place);", "store.Backup(place);");

    [Fact]
    public Task A_guard_that_is_held_on_all_of_them() =>
        BodyAsync("guard = locks.AcquireShared(ns.Child(\"a#\"));", "store.Backup(ns2); {|NSL1002:store.Delete(ns2)|};");

    [Fact]
    public Task A_guard_that_all_of_them_release() =>
        BodyAsync("guard = locks.AcquireShared(ns.Child(\"a#\"));", "sure.Dispose(); items.Clear();");

    [Fact]
    public Task What_no_path_holds_is_no_reason_to_crash() =>
        BodyAsync("guard = locks.TryAcquireShared(ns.Child(\"a#\"));", "if (guard is null) return; store.Backup(ns); using var more = locks.TryAcquireExclusive(ns.Child(\"b\"));");

    [Fact]
    public Task Many_tests_of_many_guards() => Verify.BodyAsync(
        $$"""
        {{string.Concat(Enumerable.Range(0, 7).Select(i => $"using var guard{i} = locks.TryAcquireShared(ns.Child(\"a{i}\"));\nif (guard{i} is null) items.Add({i});\n"))}}
        if ({{string.Join(" && ", Enumerable.Range(0, 7).Select(i => $"guard{i} is not null"))}})
            store.Backup(ns.Child("a3"));
        """);

    private static string Each(int count, Func<int, string> each) => string.Concat(Enumerable.Range(0, count).Select(i => each(i) + "\n"));

    [Fact]
    public Task Guards_that_meet_in_too_many_combinations_are_not_said_never_to_be_disposed() => Verify.BodyAsync(
        $$"""
        {{Each(12, i => $"NamespaceLockGuard? guard{i} = null; try {{ guard{i} = {{|NSL2003:locks.AcquireShared(ns.Child(\"a{i}\"))|}}; items.Add({i}); }} catch (System.IO.IOException) {{ }}")}}
        {{Each(12, i => $"guard{i}?.Dispose();")}}
        """);

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(50)]
    public Task What_each_of_many_states_in_an_endless_loop_holds_is_known(int states) => Verify.BodyAsync(
        $$"""
        NamespaceLockGuard? guard = null;
        var state = 0;
        try
        {
            while (true)
            {
                switch (state)
                {
                    {{Each(states, i => $"case {2 * i}: guard?.Dispose(); guard = locks.AcquireShared(ns.Child(\"a{i}\")); store.Backup(ns.Child(\"a{i}\")); "
                        + $"{{|NSL1002:store.Delete(ns.Child(\"a{i}\"))|}}; state = {2 * i + 1}; break;\ncase {2 * i + 1}: guard?.Dispose(); guard = null; state = {2 * i + 2}; break;")}}
                    default: return;
                }
            }
        }
        finally
        {
            guard?.Dispose();
        }
        """);

    [Fact]
    public Task A_guard_overwritten_in_one_of_many_states_is_reported() => Verify.BodyAsync(
        $$"""
        NamespaceLockGuard? guard = null;
        while (true)
        {
            switch (items.Count)
            {
                {{Each(40, i => $"case {i}: guard?.Dispose(); guard = null; items.Add({i}); break;")}}
                case 40: {|NSL2004:guard = locks.AcquireShared(ns)|}; break;
                default: guard?.Dispose(); return;
            }
        }
        """);

    [Theory]
    [InlineData(40, "{|NSL1003:store.Delete(ns2)|};")]
    // More facts than are kept: what is not known may be so all the same.
    [InlineData(300, "store.Delete(ns2);")]
    public Task Many_namespaces_known_to_lie_below_the_one_that_is_held(int count, string elsewhere) => Verify.BodyAsync(
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        {{Each(count, i => $"var part{i} = BackupNamespace.Parse(\"a\" + items[{i}]); if (!ns.Contains(part{i})) return;")}}
        {{Each(count, i => $"store.Delete(part{i});")}}
        {{elsewhere}}
        guard.Dispose();
        {|NSL1004:store.Delete(ns)|};
        """);

    [Fact]
    public Task Many_namespaces_each_known_to_lie_below_the_one_before() => Verify.BodyAsync(
        $$"""
        using var guard = locks.AcquireExclusive(ns);
        var part0 = ns;
        {{Each(60, i => $"var part{i + 1} = BackupNamespace.Parse(\"a\" + items[{i}]); if (!part{i}.Contains(part{i + 1})) return;")}}
        store.Delete(part60);
        {|NSL1003:store.Delete(ns2)|};
        """);

    [Fact]
    public Task Many_namespaces_each_known_to_be_the_next() => Verify.BodyAsync(
        $$"""
        {{Each(60, i => $"var part{i} = BackupNamespace.Parse(\"a\" + items[{i}]);")}}
        {{Each(59, i => $"if (part{i} != part{i + 1}) return;")}}
        using var guard = locks.AcquireExclusive(part0);
        store.Delete(part59);
        {|NSL1003:store.Delete(ns2)|};
        """);

    [Fact]
    public Task Calls_that_acquire_more_with_each_level_come_to_an_end() => Verify.BodyAsync(
        $$"""
        using var guard = locks.AcquireShared(ns);
        {|NSL3004:F0(ns)|};
        {{Each(40, i => $"void F{i}(BackupNamespace n) {{ locks.AcquireExclusive(n).Dispose(); {(i == 39 ? "" : $"F{i + 1}(n.Child(\"a\")); F{i + 1}(n.Child(\"b\"));")} }}")}}
        """);
}
