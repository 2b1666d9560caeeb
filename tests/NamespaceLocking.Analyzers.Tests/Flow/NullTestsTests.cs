namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>What tells that a Try succeeded.</summary>
public class NullTestsTests
{
    private const string Checks =
        """
        static class Checks
        {
            [System.Diagnostics.CodeAnalysis.DoesNotReturn]
            public static void Fail() => throw new InvalidOperationException();

            public static void Log() { }

            public static void Held([System.Diagnostics.CodeAnalysis.NotNull] object? value)
            {
                if (value is null)
                    throw new InvalidOperationException();
            }

            public static void Print(this NamespaceLockGuard guard, int count) { }
        }
        """;

    [Theory]
    [InlineData("if (guard is null) Checks.Fail();")]
    [InlineData("Checks.Held(guard);")]
    [InlineData("_ = guard ?? throw new TimeoutException();")]
    [InlineData("if (guard is not { }) return;")]
    public Task A_check_that_does_not_return_where_the_Try_failed(string check) => Cases.BodyAsync(
        Checks,
        $$"""
        using var guard = locks.TryAcquireShared(ns);
        {{check}}
        store.Backup(ns);
        """);

    [Fact]
    public Task A_call_that_returns_is_no_check() => Cases.BodyAsync(
        Checks,
        """
        using var guard = locks.TryAcquireShared(ns);
        if (guard is null)
            Checks.Log();
        {|NSL1005:store.Backup(ns)|};
        """);

    [Fact]
    public Task The_arguments_of_a_conditional_access() => Cases.BodyAsync(
        Checks,
        """
        using var guard = locks.TryAcquireShared(ns);
        guard?.Print(store.Count(ns));
        """);

    [Fact]
    public Task The_arguments_of_an_ordinary_call_do_not_wait_for_a_test() => Cases.BodyAsync(
        Checks,
        """
        using var guard = locks.TryAcquireShared(ns);
        items.Add({|NSL1005:store.Count(ns)|});
        guard?.Print(0);
        """);

    [Fact]
    public Task A_pattern_variable() => Verify.BodyAsync(
        """
        if (locks.TryAcquireShared(ns) is { } guard)
        {
            using (guard)
                store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_pattern_variable_after_an_early_return() => Verify.BodyAsync(
        """
        if (locks.TryAcquireShared(ns) is not { } guard)
            return;
        using (guard)
            store.Backup(ns);
        """);

    [Fact]
    public Task An_assignment_inside_the_test() => Verify.BodyAsync(
        """
        NamespaceLockGuard? guard;
        if ((guard = locks.TryAcquireShared(ns)) != null)
        {
            using (guard)
                store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_second_name_for_the_guard_is_tested() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        var same = guard;
        if (same is null)
            return;
        store.Backup(ns);
        """);

    [Fact]
    public Task A_bool_local_that_holds_the_test() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        var held = guard is not null;
        if (held)
            store.Backup(ns);
        """);

    [Fact]
    public Task A_bool_local_that_holds_the_test_and_more() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        var ready = guard != null && flag;
        if (ready)
            store.Backup(ns);
        """);

    [Fact]
    public Task A_bool_local_that_was_written_since() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        var held = guard is not null;
        held = flag;
        if (held)
            {|NSL1005:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_bool_local_the_wrong_way_round() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        var failed = guard is null;
        if (failed)
            {|NSL1005:store.Backup(ns)|};
        """);

    [Fact]
    public Task The_right_side_of_and() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        if (guard is not null && store.Count(ns) > 0)
            store.Backup(ns);
        """);

    [Fact]
    public Task The_right_side_of_or() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        if (guard is null || store.Count(ns) == 0)
            return;
        store.Backup(ns);
        """);

    [Fact]
    public Task The_left_side_of_and_comes_before_the_test() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        if ({|NSL1005:store.Count(ns)|} > 0 && guard is not null)
            store.Backup(ns);
        """);

    [Fact]
    public Task The_right_side_of_or_after_a_test_for_held() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        if (guard is not null || {|NSL1005:store.Count(ns)|} > 0)
            return;
        """);

    [Fact]
    public Task The_sides_of_a_conditional_expression() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        var count = guard is null ? -1 : store.Count(ns);
        """);

    [Fact]
    public Task The_body_of_while() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        while (guard is not null)
        {
            store.Backup(ns);
            if (flag)
                break;
        }
        """);

    [Fact]
    public Task A_loop_that_asks_until_it_is_granted() => Verify.BodyAsync(
        """
        var guard = locks.TryAcquireShared(ns);
        while (guard is null)
        {
            await Task.Delay(10, token);
            guard = await locks.TryAcquireSharedAsync(ns);
        }
        using (guard)
            store.Backup(ns);
        """);

    [Fact]
    public Task A_do_loop_that_asks_until_it_is_granted() => Verify.BodyAsync(
        """
        NamespaceLockGuard? guard;
        do
        {
            guard = locks.TryAcquireShared(ns);
        }
        while (guard is null);
        using (guard)
            store.Backup(ns);
        """);

    [Fact]
    public Task Nested_tests_of_two_guards() => Verify.BodyAsync(
        """
        using var first = locks.TryAcquireExclusive(ns);
        if (first is not null)
        {
            using var second = locks.TryAcquireExclusive(ns2);
            if (second is null)
                return;
            store.Move(ns, ns2);
        }
        """);

    [Fact]
    public Task A_test_before_the_value_changes_says_nothing_of_the_new_value() => Verify.BodyAsync(
        """
        NamespaceLockGuard? guard = locks.TryAcquireShared(ns);
        if (guard is null)
            return;
        guard.Dispose();
        guard = locks.TryAcquireShared(ns2);
        using (guard)
            {|NSL1005:store.Backup(ns2)|};
        """);

    [Fact]
    public Task The_null_forgiving_operator_after_a_test_does_no_harm() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        if (guard is null)
            return;
        store.Backup(guard!.Namespace);
        """);

    [Fact]
    public Task The_test_of_an_awaited_Try() => Verify.BodyAsync(
        """
        await using var guard = await locks.TryAcquireSharedAsync(ns).ConfigureAwait(false);
        if (guard is null)
            return;
        await store.BackupAsync(ns);
        """);

    [Fact]
    public Task A_lambda_that_runs_after_the_test() => Verify.BodyAsync(
        """
        using var guard = locks.TryAcquireShared(ns);
        if (guard is null)
            return;
        items.ForEach(_ => store.Backup(ns));
        """);

    [Theory]
    [InlineData("if (guard?.IsHeld == true) store.Backup(ns);")]
    [InlineData("if (guard?.IsHeld ?? false) store.Backup(ns);")]
    [InlineData("if (guard?.IsHeld != true) return; store.Backup(ns);")]
    [InlineData("if (guard?.IsHeld == false) return; {|NSL1005:store.Backup(ns)|};")]
    [InlineData("if (guard?.Mode == LockMode.Shared) store.Backup(ns);")]
    [InlineData("if (!string.IsNullOrEmpty(guard?.Store)) store.Backup(ns);")]
    [InlineData("if (string.IsNullOrEmpty(guard?.Store)) {|NSL1005:store.Backup(ns)|};")]
    [InlineData("if (IsThere(guard)) store.Backup(ns);")]
    [InlineData("if (!IsThere(guard)) {|NSL1005:store.Backup(ns)|};")]
    public Task What_is_asked_of_it_where_it_is_there(string body) => Verify.BodyAsync(
        $$"""
        static bool IsThere([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] object? value) => value is not null;

        using var guard = locks.TryAcquireShared(ns);
        {{body}}
        """);

    [Theory]
    [InlineData("using var guard = locks.AcquireShared(ns); guard.Dispose(); if (guard is null) store.Delete(ns); {|NSL1004:store.Backup(ns)|};")]
    [InlineData("using var guard = locks.AcquireShared(ns); guard.Dispose(); if (guard == null) return; {|NSL1004:store.Backup(ns)|};")]
    [InlineData("using var guard = locks.TryAcquireShared(ns); guard?.Dispose(); if (guard is not null) {|NSL1004:store.Backup(ns)|};")]
    [InlineData("NamespaceLockGuard? guard = locks.AcquireShared(ns); guard.Dispose(); guard = null; if (guard is null) guard = locks.AcquireShared(ns); using (guard) {|NSL1002:store.Delete(ns)|};")]
    [InlineData("var guard = locks.TryAcquireShared(ns); void Free() => guard?.Dispose(); Free(); if (guard is null) {|NSL1005:store.Backup(ns)|};")]
    public Task A_guard_that_was_released_is_not_null(string body) => Verify.BodyAsync(body);

    [Theory]
    [InlineData("if (guard?.Namespace == ns) store.Backup(ns);")]
    [InlineData("if (guard?.Namespace != ns) return; store.Backup(ns);")]
    [InlineData("if (ns == guard?.Namespace) store.Backup(ns);")]
    [InlineData("if (guard?.Namespace != ns) {|NSL1005:store.Backup(ns)|};")]
    [InlineData("if (guard?.Namespace == maybe) {|NSL1005:store.Backup(ns)|};")]
    [InlineData("if (ns == null) {|NSL1005:store.Backup(ns)|};")]
    public Task Its_namespace_compared_with_one_that_is_not_null(string body) => Verify.BodyAsync(
        $$"""
        BackupNamespace? maybe = flag ? ns : null;
        using var guard = locks.TryAcquireShared(ns);
        {{body}}
        """);

    [Theory]
    [InlineData("if (guard != null) {|NSL1004:store.Backup(ns)|}; else {|NSL1005:store.Backup(ns)|};")]
    [InlineData("if (guard is null) {|NSL1005:store.Backup(ns)|}; else {|NSL1004:store.Backup(ns)|};")]
    [InlineData("if (guard is not { }) {|NSL1005:store.Backup(ns)|}; {|NSL1004:store.Backup(ns)|};")]
    [InlineData("{|NSL1004:store.Backup(ns)|};")]
    [InlineData("guard?.Dispose(); if (guard is null) {|NSL1005:store.Backup(ns)|};")]
    public Task A_test_after_the_release_of_what_was_granted(string use) => Verify.BodyAsync(
        $$"""
        var guard = locks.TryAcquireShared(ns);
        guard?.Dispose();
        {{use}}
        """);

    [Fact]
    public Task A_flag_that_was_set_before_the_release() => Verify.BodyAsync(
        """
        var guard = locks.TryAcquireShared(ns);
        var isGranted = guard is not null;
        guard?.Dispose();
        if (isGranted)
            {|NSL1004:store.Backup(ns)|};
        else
            {|NSL1005:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_test_after_the_release_of_what_one_path_acquired() => Verify.BodyAsync(
        """
        NamespaceLockGuard? guard = null;
        if (flag)
            guard = locks.AcquireShared(ns);
        guard?.Dispose();
        if (guard is not null)
            {|NSL1004:store.Backup(ns)|};
        else
            {|NSL1001:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_variable_that_is_made_null_after_the_release_tells_nothing() => Verify.BodyAsync(
        """
        var guard = flag ? locks.AcquireShared(ns) : null;
        if (guard is not null && items.Count > 0)
        {
            guard.Dispose();
            guard = null;
        }
        guard?.Dispose();
        if (guard is null)
            {|NSL1004:store.Backup(ns)|};
        """);

    [Fact]
    public Task A_test_after_the_release_that_acquires_again() => Verify.BodyAsync(
        """
        var guard = locks.TryAcquireShared(ns);
        guard?.Dispose();
        if (guard is null)
            return;
        using var again = locks.AcquireShared(ns);
        store.Backup(ns);
        """);

    [Theory]
    [InlineData("if ((first, second) is (not null, not null)) { store.Backup(ns); store.Backup(ns2); }")]
    [InlineData("if ((first, second) is ({ }, { })) { store.Backup(ns); store.Backup(ns2); }")]
    [InlineData("var n = (first, second) switch { (not null, not null) => store.Count(ns) + store.Count(ns2), (not null, null) => store.Count(ns), (null, not null) => store.Count(ns2), _ => 0 };")]
    [InlineData("var n = (first, second) switch { (null, _) => 0, (_, null) => store.Count(ns), _ => store.Count(ns) + store.Count(ns2) };")]
    [InlineData("var both = first is not null & second is not null; if (both) { store.Backup(ns); store.Backup(ns2); }")]
    [InlineData("if (first is null | second is null) return; store.Backup(ns); store.Backup(ns2);")]
    [InlineData("if (first is { IsHeld: true, Namespace.IsRoot: false }) store.Backup(ns);")]
    [InlineData("if ((first, second) is (not null, null)) { store.Backup(ns); {|NSL1005:store.Backup(ns2)|}; }")]
    [InlineData("if ((first, second) is not (not null, not null)) {|NSL1005:store.Backup(ns)|};")]
    [InlineData("if (first is not null | second is not null) {|NSL1005:store.Backup(ns)|};")]
    public Task Two_results_that_are_tested_together(string test) => Verify.BodyAsync(
        $$"""
        using var first = locks.TryAcquireShared(ns);
        using var second = locks.TryAcquireShared(ns2);
        {{test}}
        """);
}
