using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>Code of the usual kind, the same from the same seed, of which a share of the methods calls the library, and correctly.</summary>
/// <param name="seed">Which code.</param>
/// <param name="share">How many methods of a hundred call the library.</param>
internal sealed class GeneratedCode(int seed, int share)
{
    private const int MethodsPerClass = 12;

    /// <summary>
    /// An annotated store and all that can make a name-less call: annotated constructors and delegates. Only there where something calls the library.
    /// </summary>
    private const string Store =
        """
        using System;
        using System.Threading.Tasks;
        using NamespaceLocking;

        namespace Generated;

        [RequiresLock(LockMode.Shared, nameof(ns))]
        public delegate void Visit(BackupNamespace ns);

        public sealed class Store(NamespaceLockManager locks)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard LockToRead(BackupNamespace ns) => locks.AcquireShared(ns);

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public int ReadEntries(BackupNamespace ns) => ns.ToString().Length;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public Task<int> ReadEntriesAsync(BackupNamespace ns) => Task.FromResult(ns.ToString().Length);

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void DeleteEntries(BackupNamespace ns) { }

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void VisitEntries(BackupNamespace ns, Visit visit) => visit(ns);
        }

        [LockGuard]
        public sealed class StoreSession : IDisposable
        {
            private readonly NamespaceLockGuard _guard;

            [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public StoreSession(NamespaceLockManager locks, BackupNamespace ns)
            {
                _guard = locks.AcquireExclusive(ns);
                Namespace = ns;
            }

            public BackupNamespace Namespace { get; }

            public void Dispose() => _guard.Dispose();
        }
        """;

    private readonly Random _random = new(seed);
    private int _methods;

    /// <summary>At least so many methods, in files of one class each.</summary>
    public static CodeSet Make(int methods, int share, int seed, bool isReferenced = true)
    {
        var code = new GeneratedCode(seed, share);
        var sources = new List<(string, SourceText)>();
        for (var i = 0; code._methods < methods; i++)
            sources.Add(($"/Generated/Class{i}.cs", Text(code.Class(i))));
        if (share > 0)
            sources.Add(("/Generated/Store.cs", Text(Store)));
        return new CodeSet($"generated, {methods} methods, {share} of 100 call the library", sources, isReferenced);
    }

    private static SourceText Text(string text) => SourceText.From(text, Encoding.UTF8);

    private string Class(int number)
    {
        var text = new StringBuilder();
        Line(text, "using System;\nusing System.Collections.Generic;\nusing System.IO;\nusing System.Linq;\nusing System.Text;\nusing System.Threading;\nusing System.Threading.Tasks;");
        if (share > 0)
            Line(text, "using NamespaceLocking;");
        Line(text, $"\nnamespace Generated;\n\npublic sealed class Class{number}\n{{");
        Line(text, "    private readonly Dictionary<string, int> _counts = new();\n    private readonly List<string> _log = [];");
        if (share > 0)
            Line(text, "    private readonly NamespaceLockManager _locks;\n    private readonly Store _store;");
        Line(text, share > 0
            ? $"\n    public Class{number}(NamespaceLockManager locks)\n    {{\n        _locks = locks;\n        _store = new Store(locks);\n    }}"
            : $"\n    public Class{number}(string first)\n    {{\n        _log.Add(first);\n    }}");
        Line(text, "\n    public string Title { get; set; } = \"\";\n\n    public int Total => _counts.Values.Sum();");
        for (var i = 0; i < MethodsPerClass; i++)
            Method(text, _methods++);
        Line(text, "}");
        return text.ToString();
    }

    private void Method(StringBuilder text, int number)
    {
        // Spread evenly, so that few methods have the share too.
        var calls = (number + 1) * share / 100 > number * share / 100;
        var body = new StringBuilder();
        var parts = _random.Next(2, 5);
        for (var i = 0; i < parts; i++)
            Plain(body, i);
        if (!calls)
            Line(text, $"\n    public async Task<int> Method{number}Async(List<string> items, int limit, CancellationToken token)\n    {{\n        var result = 0;\n        await Task.Yield();\n{body}        return result;\n    }}");
        else
            Calling(text, number, body.ToString());
    }

    private void Calling(StringBuilder text, int number, string body)
    {
        var lines = _random.Next(7) switch
        {
            0 => $"        using var guard = _locks.AcquireShared(ns);\n        result += _store.ReadEntries(ns);\n{body}",
            1 => $"        await using var guard = await _locks.AcquireExclusiveAsync(ns, cancellationToken: token);\n{body}        _store.DeleteEntries(ns);\n        result += await _store.ReadEntriesAsync(ns.Child(\"a\"));",
            2 => $"        using var guard = _locks.TryAcquireShared(ns);\n        if (guard is null)\n            return -1;\n{body}        result += _store.ReadEntries(ns);",
            3 => $"        result += limit;\n{body}        using (_store.LockToRead(ns))\n        {{\n            result += await _store.ReadEntriesAsync(ns);\n        }}",
            4 => $"        var guard = _locks.AcquireExclusive(ns);\n        try\n        {{\n            _store.DeleteEntries(ns);\n{body}        }}\n        finally\n        {{\n            guard.Dispose();\n        }}",
            5 => $"        using var session = new StoreSession(_locks, ns);\n        _store.DeleteEntries(session.Namespace);\n{body}",
            _ => $"        foreach (var child in items.Select(item => ns.Child(item)))\n        {{\n            using var guard = _locks.AcquireShared(child);\n            _store.VisitEntries(child, visited => result += _store.ReadEntries(visited));\n        }}\n\n{body}",
        };
        Line(text, $"\n    public async Task<int> Method{number}Async(BackupNamespace ns, List<string> items, int limit, CancellationToken token)\n    {{\n        var result = 0;\n        await Task.Yield();\n{lines.TrimEnd('\n')}\n        return result;\n    }}");
    }

    private void Plain(StringBuilder text, int part)
    {
        var name = (char)('a' + part);
        var number = _random.Next(2, 1000).ToString(CultureInfo.InvariantCulture);
        var lines = _random.Next(8) switch
        {
            0 => $$"""
                for (var {{name}}0 = 0; {{name}}0 < limit; {{name}}0++)
                {
                    if ({{name}}0 % {{number}} == 0 && items.Count > {{name}}0)
                        result += items[{{name}}0].Length;
                    else if (token.IsCancellationRequested)
                        return result;
                }
                """,
            1 => $$"""
                var {{name}}1 = new StringBuilder();
                foreach (var item in items)
                    {{name}}1.Append(item).Append(", ").Append(limit + {{number}});
                Title = {{name}}1.ToString();
                _log.Add($"{Title}: {result} of {limit}");
                """,
            2 => $$"""
                var {{name}}2 = items.Where(item => item.Length > {{number}}).GroupBy(item => item[0]).ToDictionary(group => group.Key.ToString(), group => group.Count());
                foreach (var (key, value) in {{name}}2)
                    _counts[key] = _counts.TryGetValue(key, out var known) ? known + value : value;
                """,
            3 => $$"""
                try
                {
                    await Task.Delay(TimeSpan.FromMilliseconds({{number}}), token);
                    result += int.Parse(Title, System.Globalization.CultureInfo.InvariantCulture);
                }
                catch (FormatException exception)
                {
                    _log.Add(exception.Message);
                }
                """,
            4 => $$"""
                result += limit switch
                {
                    < 0 => throw new ArgumentOutOfRangeException(nameof(limit)),
                    0 or {{number}} => 1,
                    _ when items is [var first, ..] => first.Length,
                    _ => Math.Max(limit, {{number}}),
                };
                """,
            5 => $$"""
                using (var {{name}}5 = new MemoryStream())
                {
                    using var writer = new StreamWriter({{name}}5);
                    await writer.WriteLineAsync(string.Join(';', items.Take({{number}})));
                    await writer.FlushAsync(token);
                    result += (int){{name}}5.Length;
                }
                """,
            6 => $$"""
                int Weigh(string text) => text.Length * {{number}} + limit;
                while (result < {{number}} && _log.Count > 0)
                {
                    var last = _log[^1];
                    _log.RemoveAt(_log.Count - 1);
                    result += last is { Length: > 3 } ? Weigh(last) : 1;
                }
                """,
            _ => $$"""
                var {{name}}7 = Title?.Trim() ?? "none";
                lock (_log)
                {
                    if ({{name}}7.StartsWith("x", StringComparison.Ordinal) || {{name}}7.Length == {{number}})
                        _log.Add({{name}}7);
                    _log.Sort((left, right) => string.CompareOrdinal(left, right));
                }
                """,
        };
        // Two parts can declare the same names: each in a block of its own.
        Line(text, "        {\n            " + lines.Replace("\n", "\n            ", StringComparison.Ordinal) + "\n        }\n");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
