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
}
