namespace NamespaceLocking.CodeFixes.Tests;

/// <summary>Sources that the tests share.</summary>
internal static class Sources
{
    public const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using NamespaceLocking;

        """;

    /// <summary>A store that has the manager of its locks, and operations that need them.</summary>
    public const string Store =
        """
        using System.Threading.Tasks;
        using NamespaceLocking;

        public sealed record Folder(BackupNamespace Namespace);

        public sealed class Store(NamespaceLockManager locks)
        {
            public NamespaceLockManager Locks { get; } = locks;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Read(BackupNamespace ns) { }

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public int Count(BackupNamespace ns) => 0;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public Task ReadAsync(BackupNamespace ns) => Task.CompletedTask;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public Task<int> CountAsync(BackupNamespace ns) => Task.FromResult(0);

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void Write(BackupNamespace ns) { }

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public Task WriteAsync(BackupNamespace ns) => Task.CompletedTask;

            [RequiresLock(LockMode.Exclusive, nameof(source))]
            [RequiresLock(LockMode.Exclusive, nameof(target))]
            public void Move(BackupNamespace source, BackupNamespace target) { }

            [RequiresLock(LockMode.Shared, nameof(source))]
            [RequiresLock(LockMode.Exclusive, nameof(target))]
            public void Copy(BackupNamespace source, BackupNamespace target) { }
        }
        """;

    /// <summary>A method that has these statements, and what they speak of as parameters.</summary>
    public static string Method(string statements) =>
        $$"""
        public class C
        {
            public void M(Store store, BackupNamespace ns, BackupNamespace ns2, bool flag)
            {
        {{Indented(statements)}}
            }
        }
        """;

    public static string AsyncMethod(string statements) => Method(statements).Replace("public void M", "public async Task M");

    private static string Indented(string statements) =>
        string.Join('\n', statements.Split('\n').Select(line => line.Length == 0 ? line : "        " + line));
}
