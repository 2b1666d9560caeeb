namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guarded members: where they are declared, how they are reached, and who may use them.</summary>
public class GuardedMembersTests
{
    private static Task MembersAsync(string members) => Verify.SourceAsync(
        $$"""
        class Stats(BackupNamespace ns, NamespaceLockManager locks)
        {
            public BackupNamespace Namespace { get; } = ns;
            public NamespaceLockManager Locks => locks;

            [GuardedBy(nameof(Namespace))]
            protected int _count;

            {{members}}
        }
        """);

    [Theory]
    [InlineData("ref int Get() => ref {|NSL1001:_count|};")]
    [InlineData("[RequiresLock(LockMode.Shared)] ref int Get() => ref {|NSL1002:_count|};")]
    [InlineData("[RequiresLock(LockMode.Shared)] ref int Get() { return ref {|NSL1002:_count|}; }")]
    [InlineData("[RequiresLock(LockMode.Exclusive)] ref int Get() => ref _count;")]
    [InlineData("[RequiresLock(LockMode.Shared)] ref readonly int Get() => ref _count;")]
    [InlineData("ref readonly int Get() => ref {|NSL1001:_count|};")]
    [InlineData("[RequiresLock(LockMode.Shared, \"Namespace\")] ref int Counter => ref {|NSL1002:_count|};")]
    public Task A_place_that_is_returned_by_reference(string members) => MembersAsync(members);

    [Theory]
    [InlineData("public Stats(BackupNamespace n, NamespaceLockManager l, int c) : this(n, l) { _count = c; }")]
    [InlineData("Action _reset; public Stats(BackupNamespace n, NamespaceLockManager l, int c) : this(n, l) { _reset = () => {|NSL1001:_count|} = 0; }")]
    [InlineData("event Action? Changed; public Stats(BackupNamespace n, NamespaceLockManager l, int c) : this(n, l) { Changed += () => {|NSL1001:_count|}++; }")]
    [InlineData("public Stats(BackupNamespace n, NamespaceLockManager l, int c) : this(n, l) { Set(); void Set() => _count = c; }")]
    [InlineData("public Stats(BackupNamespace n, NamespaceLockManager l, List<int> c) : this(n, l) { c.ForEach(i => _count += i); }")]
    [InlineData("readonly Func<int> _read = () => 1; ~Stats() => {|NSL1001:_count|} = 0;")]
    [InlineData("[GuardedBy(nameof(Namespace))] public int Count { get; init; } static Stats Make(BackupNamespace n, NamespaceLockManager l) => new(n, l) { Count = 1 };")]
    [InlineData("[GuardedBy(nameof(Namespace))] public required int Count { get; set; } static Stats Make(BackupNamespace n, NamespaceLockManager l) => new(n, l) { Count = 1, _count = 2 };")]
    [InlineData("public int Count { get => {|NSL1001:_count|}; init => _count = value; }")]
    public Task Who_makes_the_object_needs_no_guard_and_what_it_stores_does(string members) => MembersAsync(members);

    [Theory]
    [InlineData("[GuardedBy(nameof(Namespace))] public int Count { get => _count; set => _count = value; }")]
    [InlineData("[GuardedBy(nameof(Namespace))] public int Count { get => {|NSL1002:_count|}++; set => _count = value; }")]
    [InlineData("[GuardedBy(nameof(Namespace))] public int Count => _count;")]
    [InlineData("[GuardedBy(nameof(Namespace))] public int Count { get => field; set { field = value; _count++; } }")]
    [InlineData("public int this[int i] { get => {|NSL1001:_count|}; [RequiresLock(LockMode.Exclusive, \"Namespace\")] set => _count = value; }")]
    [InlineData("public int this[int i] { [RequiresLock(LockMode.Exclusive, \"Namespace\")] get => _count; } static int M(Stats s) => {|NSL1001:s[0]|};")]
    [InlineData("[GuardedBy(nameof(Namespace))] public int this[int i] { get => _count; set => _count = value; } static void M(Stats s) { using var g = s.Locks.AcquireShared(s.Namespace); _ = s[0]; {|NSL1002:s[0]|} = 1; }")]
    public Task What_guards_a_property_is_held_in_its_accessors(string members) => MembersAsync(members);

    [Theory]
    [InlineData("void M() { using var g = Locks.AcquireShared(this.Namespace); _ = _count; _ = this._count; }")]
    [InlineData("void M() { var self = this; using var g = Locks.AcquireShared(self.Namespace); _ = _count; }")]
    [InlineData("void M(Stats o) { using var g = Locks.AcquireShared(o.Namespace); _ = o._count; _ = {|NSL1003:_count|}; }")]
    [InlineData("void M(Stats o) { using var g = Locks.AcquireShared(Namespace); _ = {|NSL1003:o._count|}; if (o == this) _ = o._count; }")]
    [InlineData("bool Same(Stats a, Stats b) { using var g = Locks.AcquireShared(a.Namespace); return a._count == {|NSL1003:b._count|}; }")]
    [InlineData("BackupNamespace Home => Namespace; void M() { using var g = Locks.AcquireShared(Home); _ = _count; }")]
    [InlineData("[InNamespace(\"this.Namespace\")] BackupNamespace Home { get => Namespace; set { } } void M() { using var g = Locks.AcquireShared(Home); _ = _count; }")]
    [InlineData("[GuardedBy(\"Peer.Namespace\")] int _other; Stats Peer => this; void M() { using var g = Locks.AcquireShared(Peer.Namespace); _ = _other; }")]
    [InlineData("[GuardedBy(\"_peer.Namespace\")] int _other; Stats? _peer; void M(Stats p) { using var g = Locks.AcquireShared(p.Namespace); _ = {|NSL1003:_other|}; _peer = p; _ = _other; }")]
    [InlineData("static readonly Stats Shared = new(BackupNamespace.Root, null!); static void M() { {|NSL1001:Shared._count|}++; using var g = Shared.Locks.AcquireExclusive(Shared.Namespace); Shared._count++; }")]
    [InlineData("[GuardedBy(\"Namespace\")] int a, b; void M() { {|NSL1001:a|} = 1; {|NSL1001:b|} = 2; }")]
    [InlineData("[GuardedBy(\"_lateNs\")] int a; BackupNamespace _lateNs = BackupNamespace.Root; void M() { using var g = Locks.AcquireShared(_lateNs); _ = a; }")]
    [InlineData("[GuardedBy(\"Late.Root\")] static int a; static class Late { public static BackupNamespace Root => BackupNamespace.Root; } static int M(NamespaceLockManager l) { using var g = l.AcquireShared(Late.Root); return a; }")]
    [InlineData("static readonly BackupNamespace One = BackupNamespace.Parse(\"a\"); [GuardedBy(\"One\")] static int a; static int M(NamespaceLockManager l) { using var g = l.AcquireShared(Stats.One); return Stats.a; }")]
    public Task The_path_to_what_guards_it(string members) => MembersAsync(members);

    [Theory]
    [InlineData("[{|NSL4001:GuardedBy(\"Namespace\")|}] static int a;")]
    [InlineData("[{|NSL4001:GuardedBy(\"Stats.Namespace\")|}] int a;")]
    [InlineData("[{|NSL4001:GuardedBy(\"Stats\")|}] int a;")]
    [InlineData("[{|NSL4001:GuardedBy(\"Namespace()\")|}] int a;")]
    [InlineData("[{|NSL4001:GuardedBy(\"this lock\")|}] int a;")]
    [InlineData("[{|NSL4001:GuardedBy(\"\")|}] int a;")]
    [InlineData("[{|NSL4001:GuardedBy(\"Namespace.\")|}] int a;")]
    [InlineData("[{|NSL4001:GuardedBy(\"base.Namespace\")|}] int a;")]
    public Task A_path_that_names_nothing(string members) => MembersAsync(members);

    [Fact]
    public Task Members_of_generic_types() => Verify.SourceAsync(
        """
        class Cell<T>(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;
            [GuardedBy(nameof(Namespace))] public T? Data;
            [RequiresLock(LockMode.Exclusive)] public void Set(T value) => Data = value;
            [RequiresLock(LockMode.Exclusive, "this.Namespace")][RequiresLock(LockMode.Shared, "other.Namespace")]
            public void Copy<TOther>(Cell<TOther> other, Func<TOther, T> map) where TOther : notnull => Data = map(other.Data!);
        }

        static class Cells
        {
            [RequiresLock(LockMode.Exclusive, "cell.Namespace")]
            public static void Clear<T>(Cell<T> cell) => cell.Data = default;
            [RequiresLock(LockMode.Exclusive, "cell.Namespace")]
            public static void ClearAny<T, TCell>(TCell cell) where TCell : Cell<T> => cell.Data = default;

            static void M(NamespaceLockManager locks, Cell<int> one, Cell<string> two)
            {
                {|NSL1001:one.Data|} = 1;
                {|NSL1001:one.Set(1)|};
                {|NSL1001:Clear(one)|};
                {|NSL1001:ClearAny<int, Cell<int>>(one)|};
                using var guard = locks.AcquireExclusive(one.Namespace);
                one.Data = 1; one.Set(2); Clear(one); ClearAny<int, Cell<int>>(one);
                {|NSL1003:one.Copy(two, s => s.Length)|};
                using var more = locks.AcquireShared(two.Namespace);
                one.Copy(two, s => s.Length);
                {|NSL1002:two.Set("a")|};
            }
        }
        """);

    [Fact]
    public Task Members_that_are_inherited() => Verify.SourceAsync(
        """
        abstract class Base(NamespaceLockManager locks)
        {
            protected NamespaceLockManager Locks => locks;
            public abstract BackupNamespace Namespace { get; }
            [GuardedBy("Namespace")] public int Count;
            [RequiresLock(LockMode.Exclusive, "this.Namespace")] protected void Add() => Count++;
        }

        class Derived(NamespaceLockManager locks, BackupNamespace ns) : Base(locks)
        {
            public override BackupNamespace Namespace => ns;
            [GuardedBy("Namespace")] int _mine;

            void M()
            {
                {|NSL1001:base.Count|} = 1;
                {|NSL1001:Add()|};
                using var g = Locks.AcquireExclusive(Namespace);
                Count = 1; base.Count = 2; this.Count = 3; _mine = 4; Add();
            }

            static void Use(Base b, NamespaceLockManager l) { using var g = l.AcquireExclusive(b.Namespace); b.Count = 1; if (b is Derived d) { d._mine = 1; d.Count = 2; } }
            [RequiresLock(LockMode.Exclusive, "b.Namespace")] static void OfBase(Base b) => b.Count = 1;
            [RequiresLock(LockMode.Exclusive, "d.Namespace")] static void OfDerived(Derived d) { OfBase(d); d._mine = 1; }
        }
        """);

    [Fact]
    public Task Static_members_of_the_same_name() => Verify.SourceAsync(
        """
        class A
        {
            public static readonly BackupNamespace Home = BackupNamespace.Parse("a");
            [GuardedBy("Home")] public static int Count;
        }

        class B : A
        {
            public static new readonly BackupNamespace Home = BackupNamespace.Parse("b");
            [GuardedBy("Home")] public static new int Count;
            static void M(NamespaceLockManager l)
            {
                using (l.AcquireShared(Home)) { _ = Count; _ = {|NSL1003:A.Count|}; }
                using (l.AcquireShared(A.Home)) { _ = A.Count; _ = {|NSL1004:B.Count|}; }
            }
        }

        class D : A
        {
            static void M(NamespaceLockManager l)
            {
                using (l.AcquireShared(D.Home)) { _ = A.Count; _ = D.Count; _ = Count; }
            }
        }
        """);
}
