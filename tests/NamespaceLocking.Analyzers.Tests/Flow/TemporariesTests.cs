namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guards in the middle of an expression, and in what initializes a field.</summary>
public class TemporariesTests
{
    private const string Types =
        """
        sealed class NotOwner(NamespaceLockGuard guard) : IDisposable { public string Store => guard.Store; public void Dispose() { } }

        [LockGuard]
        sealed class Counted([TakesOwnership] NamespaceLockGuard guard, int count) : IDisposable { public int Count => count; public void Dispose() => guard.Dispose(); public System.IO.Stream Open() => System.IO.Stream.Null; }
        """;

    [Theory]
    [InlineData("var same = {|NSL2001:locks.AcquireShared(ns)|} == {|NSL2001:locks.AcquireShared(ns2)|};")]
    [InlineData("for (var i = 0; i < {|NSL2001:locks.AcquireShared(ns)|}.Store.Length; i++) { }")]
    [InlineData("for (var i = {|NSL2001:locks.AcquireShared(ns)|}.Store.Length; i > 0; i--) { }")]
    [InlineData("for (var i = 0; i < 10; i += {|NSL2001:locks.AcquireShared(ns)|}.Store.Length) { }")]
    [InlineData("while ({|NSL2001:locks.AcquireShared(ns)|}.IsHeld) { }")]
    [InlineData("if ({|NSL2001:locks.AcquireShared(ns)|}.IsHeld) { }")]
    [InlineData("using var stream = {|NSL2001:new Counted(locks.AcquireShared(ns), 1)|}.Open();")]
    [InlineData("using var counted = new Counted(locks.AcquireShared(ns), 1); store.Backup(ns);")]
    [InlineData("using var counted = new Counted(locks.AcquireShared(ns), 2); store.Backup(ns);")]
    [InlineData("using var other2 = new NotOwner({|NSL2001:locks.AcquireShared(ns)|});")]
    [InlineData("using (var a = locks.AcquireShared(ns)) { {|NSL2001:locks.AcquireShared(ns2)|}; }")]
    [InlineData("try { {|NSL2001:locks.AcquireShared(ns)|}; } finally { }")]
    [InlineData("Func<NamespaceLockGuard> run = () => locks.AcquireShared(ns);")]
    [InlineData("Func<NamespaceLockGuard> run = () => { return locks.AcquireShared(ns); };")]
    [InlineData("Func<BackupNamespace, NamespaceLockGuard> run = flag ? n => locks.AcquireShared(n) : n => locks.AcquireExclusive(n);")]
    [InlineData("var guard = {|NSL2002:locks.AcquireShared(ns)|}; try { } finally { }")]
    [InlineData("NamespaceLockGuard? guard = locks.AcquireShared(ns); try { {|NSL2004:guard = null|}; } finally { guard?.Dispose(); }")]
    [InlineData("var text = $\"{ {|NSL2001:locks.AcquireShared(ns)|} }\";")]
    [InlineData("Console.WriteLine({|NSL2001:locks.AcquireShared(ns)|});")]
    [InlineData("var isNull = {|NSL2001:locks.TryAcquireShared(ns)|} is null;")]
    [InlineData("{|NSL2001:locks.TryAcquireShared(ns)|}?.ThrowIfNotShared(ns);")]
    [InlineData("locks.TryAcquireShared(ns)?.Dispose();")]
    [InlineData("await using (locks.AcquireShared(ns).ConfigureAwait(false)) store.Backup(ns);")]
    [InlineData("throw new InvalidOperationException({|NSL2001:locks.AcquireShared(ns)|}.Store);")]
    [InlineData("using var guard = flag ? locks.AcquireExclusive(ns) : null; if (guard is null) other.ToString(); else guard.ThrowIfNotExclusive(ns);")]
    public Task A_guard_inside_an_expression(string body) => Cases.BodyAsync(Types, body);

    [Theory]
    [InlineData("_ = ({|NSL2001:locks.AcquireShared(ns)|}, 1);")]
    [InlineData("_ = (({|NSL2001:locks.AcquireShared(ns)|}, 2), 1);")]
    [InlineData("_ = Tuple.Create({|NSL2001:locks.AcquireShared(ns)|}, 1);")]
    [InlineData("_ = flag ? ({|NSL2001:locks.AcquireShared(ns)|}, 1) : default;")]
    [InlineData("(_, _) = ({|NSL2001:locks.AcquireShared(ns)|}, 1);")]
    [InlineData("var (_, n) = ({|NSL2001:locks.AcquireShared(ns)|}, 1);")]
    [InlineData("var n = ({|NSL2001:locks.AcquireShared(ns)|}, 1).Item2;")]
    [InlineData("({|NSL2001:locks.AcquireShared(ns)|}, 1).ToString();")]
    [InlineData("var pair = (locks.AcquireShared(ns), 1); _ = pair; pair.Item1.Dispose();")]
    [InlineData("var (guard, n) = flag ? (locks.AcquireShared(ns), 1) : (locks.AcquireShared(ns2), 2); guard.Dispose();")]
    public Task A_guard_in_a_tuple_that_is_dropped(string body) => Verify.BodyAsync(body);

    [Theory]
    [InlineData("var name = {|NSL2001:locks.TryAcquireShared(ns)|}?.Store;")]
    [InlineData("var name = {|NSL2001:locks.TryAcquireShared(ns)|}?.Store ?? {|NSL2001:locks.AcquireShared(ns)|}.Store;")]
    [InlineData("var name = flag ? {|NSL2001:locks.AcquireShared(ns)|}.Store : null;")]
    [InlineData("var n = Math.Max(1, (flag ? {|NSL2001:locks.AcquireShared(ns)|} : {|NSL2001:locks.AcquireShared(ns2)|}).Store.Length);")]
    [InlineData("var n = {|NSL2001:locks.TryAcquireShared(ns)|} switch { null => 1, _ => 2 };")]
    [InlineData("switch ({|NSL2001:locks.TryAcquireShared(ns)|}) { case null: return; default: store.Backup(ns); break; }")]
    [InlineData("switch ({|NSL2001:locks.AcquireShared(ns)|}.IsHeld) { case true: break; }")]
    [InlineData("switch (locks.TryAcquireShared(ns)) { case { } guard: guard.Dispose(); break; case null: break; }")]
    [InlineData("var guard = locks.TryAcquireShared(ns) switch { { } granted => granted, null => locks.AcquireExclusive(ns2) }; guard.Dispose();")]
    [InlineData("using (flag ? locks.AcquireShared(ns) : null) items.Clear();")]
    [InlineData("using var guard = flag ? await locks.AcquireSharedAsync(ns) : await locks.AcquireSharedAsync(ns2); items.Clear();")]
    public Task A_guard_that_is_chosen_or_asked(string body) => Verify.BodyAsync(body);

    [Theory]
    [InlineData("string? M(BackupNamespace ns) => {|NSL2001:Locks.TryAcquireShared(ns)|}?.Store;")]
    [InlineData("string? M(BackupNamespace ns, bool flag) { using (Locks.AcquireShared(ns)) return flag ? {|NSL2001:Locks.AcquireShared(ns)|}.Store : null; }")]
    [InlineData("NamespaceLockGuard? M(BackupNamespace ns) => Locks.TryAcquireShared(ns) is { } guard ? guard : null;")]
    [InlineData("[AcquiresLock(LockMode.Shared, nameof(ns))] (NamespaceLockGuard, int) M(BackupNamespace ns, bool flag) => flag ? (Locks.AcquireShared(ns), 1) : (Locks.AcquireShared(ns), 2);")]
    public Task A_guard_on_its_way_out(string members) => Cases.AsserterAsync(members);

    [Theory]
    [InlineData("class H : IDisposable { static readonly NamespaceLockManager L = new(\"s\", new InProcessLockProvider()); readonly NamespaceLockGuard _g = L.AcquireShared(BackupNamespace.Root); public void Dispose() => _g.Dispose(); }")]
    [InlineData("class H { static readonly NamespaceLockManager L = new(\"s\", new InProcessLockProvider()); static readonly NamespaceLockGuard G = L.AcquireShared(BackupNamespace.Root); }")]
    [InlineData("class H { static readonly NamespaceLockManager L = new(\"s\", new InProcessLockProvider()); readonly string _s = {|NSL2001:L.AcquireShared(BackupNamespace.Root)|}.Store; }")]
    [InlineData("class H { static readonly NamespaceLockManager L = new(\"s\", new InProcessLockProvider()); public Func<NamespaceLockGuard> Open { get; } = () => L.AcquireShared(BackupNamespace.Root); }")]
    public Task A_guard_that_initializes_a_field(string members) => Cases.AsserterAsync(members);
}
