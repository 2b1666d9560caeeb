namespace NamespaceLocking.Analyzers.Tests;

/// <summary>Sources that several files of tests share.</summary>
internal static class Cases
{
    /// <summary>As <see cref="Verify.BodyAsync"/>, with types of the case's own beside it.</summary>
    public static Task BodyAsync(string declarations, string body) => Verify.SourceAsync(
        $$"""
        class C
        {
            async Task M(Datastore store, Datastore other, NamespaceLockManager locks, BackupNamespace ns, BackupNamespace ns2,
                CancellationToken token, bool flag, List<int> items)
            {
                await Task.Yield();
                {{body}}
            }
        }

        {{declarations}}
        """);

    /// <summary>As <see cref="BodyAsync"/>, for what an asynchronous method cannot have, such as spans.</summary>
    public static Task SynchronousBodyAsync(string declarations, string body) => Verify.SourceAsync(
        $$"""
        class C
        {
            void M(Datastore store, NamespaceLockManager locks, BackupNamespace ns, BackupNamespace ns2)
            {
                {{body}}
            }
        }

        {{declarations}}
        """);

    /// <summary>Members of a class that has a datastore and its manager in fields.</summary>
    public static Task MembersAsync(string members, string declarations = "") => Verify.SourceAsync(
        $$"""
        class C(Datastore store, NamespaceLockManager locks)
        {
            private readonly Datastore _store = store;
            private readonly NamespaceLockManager _locks = locks;

            {{members}}
        }

        {{declarations}}
        """);

    /// <summary>Members of a class that has nothing but a manager.</summary>
    public static Task LocksAsync(string members) => Verify.SourceAsync(
        $$"""
        class Locks(NamespaceLockManager locks)
        {
            {{members}}
        }
        """);

    /// <summary>Members of a class that has a manager and a datastore, beside types that assert and that hold a lock.</summary>
    public static Task AsserterAsync(string members) => Verify.SourceAsync(
        $$"""
        class Base(NamespaceLockManager locks, Datastore store)
        {
            protected NamespaceLockManager Locks => locks;
            protected Datastore Store => store;
            {{members}}
        }

        class Asserter { [AssertsLock(LockMode.Exclusive, nameof(ns))] public void Held(BackupNamespace ns) { } [AssertsLock(LockMode.Shared, nameof(ns))] public void Read(BackupNamespace ns) { } }

        {{Session.Replace("sealed class", "class")}}
        """);

    /// <summary>A store that grants its own locks, so that two of them can be told apart.</summary>
    public const string Store =
        """
        sealed class Store(NamespaceLockManager manager)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard Lock(BackupNamespace ns) => manager.AcquireShared(ns);

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public NamespaceLockGuard LockExclusive(BackupNamespace ns) => manager.AcquireExclusive(ns);

            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard? TryLock(BackupNamespace ns) => manager.TryAcquireShared(ns);

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Read(BackupNamespace ns) { }

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void Write(BackupNamespace ns) { }
        }
        """;

    /// <summary>A guard type whose object holds the exclusive lock on its namespace.</summary>
    public const string Session =
        """
        [LockGuard]
        sealed class Session : IDisposable
        {
            private readonly NamespaceLockGuard _guard;

            [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public Session(NamespaceLockManager locks, BackupNamespace ns)
            {
                Namespace = ns;
                _guard = locks.AcquireExclusive(ns);
            }

            public BackupNamespace Namespace { get; }

            public void Dispose() => _guard.Dispose();
        }
        """;

    /// <summary>A guard type made of another guard.</summary>
    public const string Wrapper =
        """
        [LockGuard]
        sealed class Wrapper : IDisposable
        {
            private readonly NamespaceLockGuard _guard;

            public Wrapper([TakesOwnership] NamespaceLockGuard guard) => _guard = guard;

            public void Dispose() => _guard.Dispose();
        }
        """;

    /// <summary>Disposes what is added to it.</summary>
    public const string Bag =
        """
        sealed class Bag : IDisposable
        {
            private readonly List<IDisposable> _all = [];
            public void Add(IDisposable d) => _all.Add(d);
            public void Dispose()
            {
                foreach (var d in _all)
                    d.Dispose();
            }
        }

        """;

    /// <summary>A guard type whose member returns its object.</summary>
    public const string Handle =
        """
        [LockGuard]
        sealed class Handle(NamespaceLockManager locks, BackupNamespace ns) : IDisposable
        {
            private readonly NamespaceLockGuard _g = locks.AcquireShared(ns);
            public Handle With(int n) => this;
            public void Dispose() => _g.Dispose();
        }

        """;

    /// <summary>Members that say where the namespaces that they hand out lie.</summary>
    public const string Tree =
        """
        static class Tree
        {
            [return: DescendantOf(nameof(ns))]
            public static List<BackupNamespace> Below(BackupNamespace ns) => [ns, ns.Child("x")];

            [return: DescendantOf(nameof(ns))]
            public static BackupNamespace Deepest(BackupNamespace ns) => ns.Child("x");

            [return: AncestorOf(nameof(ns))]
            public static List<BackupNamespace> Above(BackupNamespace ns) => [ns.Parent];

            [return: AncestorOf(nameof(ns))]
            public static BackupNamespace Top(BackupNamespace ns) => ns.Parent;

            [return: InNamespace(nameof(ns))]
            public static Group Find(BackupNamespace ns) => new(ns);

            [return: InNamespace(nameof(ns))]
            public static List<Group> Groups(BackupNamespace ns) => [new(ns)];

            public static List<BackupNamespace> Unrelated() => [];
        }

        sealed class Group(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;
        }
        """;

    /// <summary>Members that hand a guard out in other ways than by returning it.</summary>
    public const string Opener =
        """
        sealed class Opener(NamespaceLockManager locks)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public (NamespaceLockGuard Guard, int Count) Open(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public void Open(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);

            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public bool TryOpen(BackupNamespace ns, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NamespaceLockGuard? guard)
            {
                guard = locks.TryAcquireShared(ns);
                return guard is not null;
            }

            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public async Task<(NamespaceLockGuard Guard, int Count)> OpenAsync(BackupNamespace ns) => (await locks.AcquireSharedAsync(ns), 1);
        }
        """;
}
