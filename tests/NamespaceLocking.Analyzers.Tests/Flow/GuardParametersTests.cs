namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guards that are handed to parameters which ask for them, take them over, or know them by another type.</summary>
public class GuardParametersTests
{
    private static Task MembersAsync(string members) => Verify.SourceAsync(
        $$"""
        static class Tools
        {
            public static void Shared([RequiresLock(LockMode.Shared, nameof(ns))] NamespaceLockGuard guard, BackupNamespace ns) { }
            public static void Need([RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard, BackupNamespace ns, int times = 1) { }
            public static void Either([RequiresLock(LockMode.Exclusive, nameof(ns))] IDisposable guard, BackupNamespace ns) { }
            public static void Release([TakesOwnership] NamespaceLockGuard guard, int times = 1) => guard.Dispose();
            public static void ReleaseBoth([TakesOwnership] NamespaceLockGuard first, [TakesOwnership] NamespaceLockGuard second) { first.Dispose(); second.Dispose(); }
            public static void Look(NamespaceLockGuard guard) { }
        }

        class C(NamespaceLockManager locks, Datastore store)
        {
            {{members}}
        }

        {{Cases.Wrapper}}
        """);

    [Theory]
    [InlineData("void M(BackupNamespace ns) { using var g = locks.AcquireExclusive(ns); Tools.Need(g, ns); Tools.Need(ns: ns, guard: g); Tools.Need(times: 2, ns: ns, guard: g); }")]
    [InlineData("void M(BackupNamespace ns) { using var g = locks.AcquireShared(ns); Tools.Shared(g, ns); {|NSL1002:Tools.Need(g, ns)|}; }")]
    [InlineData("void M(BackupNamespace ns, BackupNamespace ns2) { using var g = locks.AcquireExclusive(ns); {|NSL1003:Tools.Need(g, ns2)|}; }")]
    [InlineData("void M(BackupNamespace ns, BackupNamespace ns2) { using var g = locks.AcquireExclusive(ns); using var h = locks.AcquireExclusive(ns2); {|NSL1003:Tools.Need(g, ns2)|}; Tools.Need(h, ns2); }")]
    [InlineData("void M(BackupNamespace ns) { var g = locks.AcquireExclusive(ns); g.Dispose(); {|NSL1004:Tools.Need(g, ns)|}; }")]
    [InlineData("void M(BackupNamespace ns) { using var g = locks.TryAcquireExclusive(ns); {|NSL1005:Tools.Need(g!, ns)|}; }")]
    [InlineData("void M(BackupNamespace ns) { Tools.Need({|NSL2001:locks.AcquireExclusive(ns)|}, ns); }")]
    [InlineData("void M(NamespaceLockGuard g) { {|NSL1002:Tools.Need(g, g.Namespace)|}; Tools.Shared(g, g.Namespace); }")]
    [InlineData("void M(NamespaceLockGuard g, BackupNamespace ns) { {|NSL1003:Tools.Need(g, ns)|}; }")]
    [InlineData("void M([RequiresLock(LockMode.Exclusive, \"ns\")] NamespaceLockGuard g, BackupNamespace ns) { Tools.Need(g, ns); Tools.Need(g, ns.Child(\"a\")); store.Delete(ns); }")]
    [InlineData("void M([TakesOwnership, RequiresLock(LockMode.Exclusive, \"ns\")] NamespaceLockGuard g, BackupNamespace ns) { using (g) { store.Delete(ns); } {|NSL1004:store.Delete(ns)|}; }")]
    [InlineData("void M(BackupNamespace ns) { var g = locks.AcquireExclusive(ns); Tools.Release(g); {|NSL1004:store.Delete(ns)|}; }")]
    [InlineData("void M(BackupNamespace ns) { var g = locks.AcquireExclusive(ns); Tools.Release(times: 3, guard: g); {|NSL1004:store.Delete(ns)|}; }")]
    [InlineData("void M(BackupNamespace ns, BackupNamespace ns2) { var g = locks.AcquireExclusive(ns); try { store.Delete(ns); } finally { Tools.Release(g); } {|NSL1004:store.Delete(ns)|}; }")]
    [InlineData("void M(BackupNamespace ns, BackupNamespace ns2) { Tools.ReleaseBoth({|NSL2003:locks.AcquireExclusive(ns)|}, locks.AcquireExclusive(ns2)); }")]
    [InlineData("void M(BackupNamespace ns) { using var w = new Wrapper(locks.AcquireExclusive(ns)); Tools.Either(w, ns); store.Delete(ns); }")]
    [InlineData("void M(BackupNamespace ns) { using IDisposable g = locks.AcquireExclusive(ns); store.Delete(ns); }")]
    [InlineData("void M(BackupNamespace ns) { using var g = (IDisposable)locks.AcquireExclusive(ns); store.Delete(ns); }")]
    [InlineData("void M(BackupNamespace ns) { using var g = locks.AcquireExclusive(ns) as IDisposable; store.Delete(ns); }")]
    [InlineData("void M(BackupNamespace ns) { object g = locks.AcquireExclusive(ns); try { store.Delete(ns); } finally { ((IDisposable)g).Dispose(); } }")]
    [InlineData("void M(BackupNamespace ns) { object g = locks.AcquireExclusive(ns); try { store.Delete(ns); } finally { (g as IDisposable)?.Dispose(); } }")]
    [InlineData("void M(BackupNamespace ns) { object g = locks.AcquireExclusive(ns); try { store.Delete(ns); } finally { if (g is IDisposable d) d.Dispose(); } }")]
    [InlineData("void M(BackupNamespace ns) { ((IDisposable)locks.AcquireExclusive(ns)).Dispose(); }")]
    [InlineData("void M(BackupNamespace ns) { using (var g = locks.AcquireExclusive(ns)) { Tools.Release(g); {|NSL1004:store.Delete(ns)|}; } }")]
    public Task A_guard_that_is_handed_on(string members) => MembersAsync(members);
}
