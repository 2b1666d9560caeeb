namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Assertions, exclusions and substituted parameters, alone and where paths meet.</summary>
public class JoinsTests
{
    [Theory]
    [InlineData("void M(Asserter a, BackupNamespace ns, bool c) { using var g = c ? Locks.AcquireExclusive(ns) : null; if (!c) a.Held(ns); Store.Delete(ns); }")]
    [InlineData("void M(Asserter a, BackupNamespace ns, bool c) { NamespaceLockGuard? g = null; try { if (c) g = Locks.AcquireExclusive(ns); else a.Held(ns); Store.Delete(ns); } finally { g?.Dispose(); } }")]
    [InlineData("void M(Asserter a, BackupNamespace ns, bool c) { NamespaceLockGuard? g = null; try { if (c) g = Locks.AcquireShared(ns); else a.Held(ns); Store.Backup(ns); {|NSL1002:Store.Delete(ns)|}; } finally { g?.Dispose(); } }")]
    [InlineData("void M(Asserter a, BackupNamespace ns, bool c) { if (c) a.Held(ns); else a.Held(ns); Store.Delete(ns); }")]
    [InlineData("void M(Asserter a, BackupNamespace ns, bool c) { if (c) a.Held(ns); {|NSL1005:Store.Delete(ns)|}; }")]
    [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))] void M(Asserter a, BackupNamespace ns) { a.Held(ns); Store.Delete(ns); }")]
    [InlineData("void M(Asserter a, BackupNamespace ns) { a.Read(ns); Store.Backup(ns); {|NSL1002:Store.Delete(ns)|}; }")]
    public Task An_assertion(string members) => Cases.AsserterAsync(members);

    [Theory]
    [InlineData("[ExcludesLock(nameof(a))][ExcludesLock(nameof(b))] void Both(BackupNamespace a, BackupNamespace b) { } void M(BackupNamespace a, BackupNamespace b) { using var g = Locks.AcquireExclusive(a, b); {|NSL3004:Both(a, b)|}; }")]
    [InlineData("[ExcludesLock(nameof(a))] void One<T>(BackupNamespace a, T t) { } void M(BackupNamespace a, BackupNamespace b) { using var g = Locks.AcquireShared(a); {|NSL3004:One(a, 1)|}; One(b, \"x\"); }")]
    [InlineData("[ExcludesLock(nameof(a))] int this[BackupNamespace a] => 0; void M(BackupNamespace a) { _ = this[a]; using var g = Locks.AcquireShared(a); _ = {|NSL3004:this[a]|}; }")]
    [InlineData("class Node(BackupNamespace ns) { public BackupNamespace Namespace => ns; [ExcludesLock(\"this.Namespace\")] public void Work(Node child) { } } void M(Node n, Node child) { using var g = Locks.AcquireShared(n.Namespace); child.Work(n); {|NSL3004:n.Work(child)|}; }")]
    [InlineData("class Node { [ExcludesLock(nameof(ns))] public Node(BackupNamespace ns) { } } void M(BackupNamespace ns) { _ = new Node(ns); using var g = Locks.AcquireShared(ns); _ = {|NSL3004:new Node(ns)|}; }")]
    public Task An_exclusion(string members) => Cases.AsserterAsync(members);

    [Theory]
    [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))] static void Go(BackupNamespace ns, params int[] more) { } void M(BackupNamespace ns) { {|NSL1001:Go(ns)|}; {|NSL1001:Go(ns, 1, 2)|}; using var g = Locks.AcquireShared(ns); Go(more: [1], ns: ns); Go(ns); }")]
    [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))] static void Go(int n, BackupNamespace? ns = null) { } void M(BackupNamespace ns) { using var g = Locks.AcquireShared(ns); Go(ns: ns, n: 1); }")]
    [InlineData("void M(BackupNamespace ns, bool c) { if (!c) throw new InvalidOperationException(); using var g = Locks.AcquireShared(ns); if (c) Environment.FailFast(\"x\"); Store.Backup(ns); }")]
    public Task A_requirement_whose_parameters_are_substituted(string members) => Cases.AsserterAsync(members);
}
