using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using NamespaceLocking.Analyzers.Benchmarks;

namespace NamespaceLocking.Analyzers.CostTests;

/// <summary>Methods of any size, each of which makes paths, guards or facts meet in its own way.</summary>
internal static class Shapes
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using NamespaceLocking;

        """;

    private const string Store =
        """
        public sealed class Store
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Read(BackupNamespace ns) { }

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public Task ReadAsync(BackupNamespace ns) => Task.CompletedTask;

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void Delete(BackupNamespace ns) { }

            public Task RunAsync(Func<Task> work) => work();
        }
        """;

    /// <summary>The statements of a method, by its size.</summary>
    public static readonly ImmutableSortedDictionary<string, Func<int, string>> All = new Dictionary<string, Func<int, string>>
    {
        // Loops around states.
        ["states that acquire into one variable"] = size => States(size, i => i % 2 == 0 ? $"guard = locks.AcquireShared(ns.Child(\"a{i}\"));" : "guard?.Dispose(); guard = null;"),
        ["states that try into one variable"] = size => States(size, i => i % 2 == 0 ? $"guard = locks.TryAcquireShared(ns.Child(\"a{i}\"));" : "guard?.Dispose(); guard = null;"),
        ["states that release first"] = size => States(size, i => i % 2 == 0 ? $"guard?.Dispose(); guard = locks.AcquireShared(ns.Child(\"a{i}\"));" : "store.Read(ns);"),
        ["states that use one variable"] = size => States(size, i => i % 2 == 0 ? $"guard ??= locks.AcquireShared(ns.Child(\"a{i}\"));" : "if (guard is not null) store.Read(ns);"),
        ["states with a variable each"] = size => Each(size / 2, i => $"NamespaceLockGuard? g{i} = null;")
            + States(size / 2 * 2, i => i % 2 == 0 ? $"g{i / 2} = locks.AcquireShared(ns.Child(\"a{i}\"));" : $"g{i / 2}?.Dispose(); g{i / 2} = null;"),
        ["states of namespaces"] = size => "var place = ns;\n" + States(size, i => i % 2 == 0 ? $"place = place.Child(\"a{i}\");" : "guard?.Dispose(); guard = locks.AcquireShared(place); store.Read(place);"),
        ["states that await"] = size => States(size, i => i % 2 == 0 ? $"guard = await locks.AcquireSharedAsync(ns.Child(\"a{i}\"));" : "if (guard is not null) { await store.ReadAsync(ns); await guard.DisposeAsync(); guard = null; }"),
        ["states in a try"] = size => "NamespaceLockGuard? guard = null; var state = 0;\ntry { while (true) { try { switch (state) {\n"
            + Each(size, i => $"case {i}: {(i % 2 == 0 ? $"guard = locks.AcquireShared(ns.Child(\"a{i}\"));" : "guard?.Dispose(); guard = null;")} state = {(i + 1) % size}; break;")
            + "default: return; } } catch (IOException) { state = 0; } } } finally { guard?.Dispose(); }",
        ["labels that go on to one another"] = size => "NamespaceLockGuard? guard = null;\n"
            + Each(size, i => $"L{i}: {(i % 2 == 0 ? $"guard = locks.AcquireShared(ns.Child(\"a{i}\"));" : "guard?.Dispose(); guard = null;")} if (items.Count > {i}) goto L{(i * 7 + 3) % size};"),
        ["labels ahead"] = size => "NamespaceLockGuard? guard = null;\n"
            + Each(size, i => $"{(i % 2 == 0 ? $"guard = locks.AcquireShared(ns.Child(\"a{i}\"));" : "guard?.Dispose(); guard = null;")} if (items.Count > {i}) goto End;")
            + "End: guard?.Dispose();",
        ["cases that go on to one another"] = size => "NamespaceLockGuard? guard = null;\nswitch (items.Count) {\n"
            + Each(size, i => $"case {i}: {(i % 2 == 0 ? $"guard = locks.AcquireShared(ns.Child(\"a{i}\"));" : "guard?.Dispose(); guard = null;")} if (flag) goto case {(i * 7 + 3) % size}; break;")
            + "}\nguard?.Dispose();",

        // Tries.
        ["tries that are kept"] = size => Each(size, i => $"var g{i} = locks.TryAcquireShared(ns.Child(\"a{i}\"));") + Each(size, i => $"g{i}?.Dispose();"),
        ["tries in using variables"] = size => Each(size, i => $"using var g{i} = locks.TryAcquireShared(ns.Child(\"a{i}\"));\nif (g{i} is not null) store.Read(ns.Child(\"a{i}\"));"),
        ["tries left where null"] = size => Each(size, i => $"using var g{i} = locks.TryAcquireShared(ns.Child(\"a{i}\"));\nif (g{i} is null) return;\nstore.Read(ns.Child(\"a{i}\"));"),
        ["tries in one condition"] = size => Each(size, i => $"NamespaceLockGuard? g{i} = null;") + "try { if ("
            + string.Join(" && ", Enumerable.Range(0, size).Select(i => $"(g{i} = locks.TryAcquireShared(ns.Child(\"a{i}\"))) is not null")) + ") store.Read(ns); } finally {\n"
            + Each(size, i => $"g{i}?.Dispose();") + "}",
        ["patterns in one condition"] = size => "if (" + string.Join(" && ", Enumerable.Range(0, size).Select(i => $"locks.TryAcquireShared(ns.Child(\"a{i}\")) is {{ }} g{i}")) + ") {\n"
            + Each(size, i => $"g{i}.Dispose();") + "}",
        ["alternatives in one condition"] = size => "NamespaceLockGuard? g = null; if (" + string.Join(" || ", Enumerable.Range(0, size).Select(i => $"(g = locks.TryAcquireShared(ns.Child(\"a{i}\"))) is not null")) + ") { store.Read(ns); g.Dispose(); }",
        ["one after another where null"] = size => "var g = " + string.Join(" ?? ", Enumerable.Range(0, size).Select(i => $"locks.TryAcquireShared(ns.Child(\"a{i}\"))")) + "; if (g is null) return; using (g) store.Read(ns);",
        ["a guard or none"] = size => Each(size, i => $"using var g{i} = items.Count > {i} ? locks.AcquireShared(ns.Child(\"a{i}\")) : null;") + "store.Read(ns);",
        ["guards acquired on some paths"] = size => Each(size, i => $"NamespaceLockGuard? g{i} = null; if (items.Count > {i}) g{i} = locks.AcquireShared(ns.Child(\"a{i}\"));") + Each(size, i => $"g{i}?.Dispose();"),
        ["one variable acquired on some paths"] = size => "NamespaceLockGuard? g = null;\n" + Each(size, i => $"if (items.Count > {i}) {{ g?.Dispose(); g = locks.AcquireShared(ns.Child(\"a{i}\")); }} store.Read(ns);") + "g?.Dispose();",
        ["tries with a flag"] = size => Each(size, i => $"var g{i} = locks.TryAcquireShared(ns.Child(\"a{i}\")); var f{i} = g{i} is not null; if (f{i}) items.Add({i});") + Each(size, i => $"if (f{i}) g{i}!.Dispose();"),

        // Nesting.
        ["usings in one another"] = size => Each(size, i => $"using (var g{i} = locks.AcquireShared(ns.Child(\"a{i}\"))) {{ store.Read(ns);") + Repeat("}", size),
        ["using variables"] = size => Each(size, i => $"using var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); store.Read(ns.Child(\"a{i}\"));"),
        ["using variables with returns"] = size => Each(size, i => $"using var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); if (items.Count > {i}) return; store.Read(ns.Child(\"a{i}\"));"),
        ["tries with finally in one another"] = size => Each(size, i => $"var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); try {{ if (items.Count > {i}) return;")
            + string.Concat(Enumerable.Range(0, size).Reverse().Select(i => $"}} finally {{ g{i}.Dispose(); }}\n")),
        ["loops in one another"] = size => Each(size, i => $"while (items.Count > {i}) {{ using var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); store.Read(ns.Child(\"a{i}\"));") + Repeat("}", size),
        ["loops with tries in one another"] = size => Each(size, i => $"for (var i{i} = 0; i{i} < 3; i{i}++) {{ try {{ using var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); store.Read(ns.Child(\"a{i}\"));")
            + string.Concat(Enumerable.Range(0, size).Select(_ => "} catch (IOException) { continue; } }\n")),
        ["loops that try and leave"] = size => Each(size, i => $"while (items.Count > {i}) {{ using var g{i} = locks.TryAcquireShared(ns.Child(\"a{i}\")); if (g{i} is null) {(i % 2 == 0 ? "continue" : "break")}; store.Read(ns.Child(\"a{i}\"));") + Repeat("}", size),
        ["conditions in one another"] = size => "NamespaceLockGuard? g = null;\n" + Each(size, i => $"if (items.Count > {i}) {{ g?.Dispose(); g = locks.AcquireShared(ns.Child(\"a{i}\"));") + Repeat("}", size) + "g?.Dispose();",
        ["a finally in a finally"] = size => Each(size, i => $"try {{ using var g{i} = locks.AcquireShared(ns); if (flag) throw new IOException(); store.Read(ns); }} finally {{") + "store.Delete(ns);" + Repeat("}", size),
        ["lambdas in one another"] = size => "using var guard = locks.AcquireShared(ns);\n" + Each(size, i => $"Action f{i} = () => {{ store.Read(ns);")
            + string.Concat(Enumerable.Range(0, size).Reverse().Select(i => $"}}; f{i}();\n")),
        ["lambdas with guards in one another"] = size => Each(size, i => $"Action f{i} = () => {{ using var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); store.Read(ns.Child(\"a{i}\"));")
            + string.Concat(Enumerable.Range(0, size).Reverse().Select(i => $"}}; f{i}();\n")),
        ["lambdas that are run in one another"] = size => Each(size, i => $"await store.RunAsync(async () => {{ using var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); store.Read(ns.Child(\"a{i}\"));") + Repeat("});", size),
        ["local functions in one another"] = size => Each(size, i => $"void F{i}(BackupNamespace n{i}) {{ using var g{i} = locks.AcquireShared(n{i}); store.Read(n{i});")
            + string.Concat(Enumerable.Range(0, size).Reverse().Select(i => $"}} F{i}(ns.Child(\"a{i}\")); F{i}(ns2);\n")),
        ["local functions that call the next"] = size => "F0(ns);\n" + Each(size, i => $"void F{i}(BackupNamespace n) {{ using var g = locks.AcquireShared(n.Child(\"a{i}\")); store.Read(n); {(i + 1 < size ? $"F{i + 1}(n); F{i + 1}(n.Child(\"b\"));" : "")} }}"),
        ["lambdas side by side"] = size => "using var guard = locks.AcquireExclusive(ns);\n" + Each(size, i => $"items.ForEach(item => {{ if (item > {i}) store.Read(ns.Child(\"a{i}\")); }});"),

        // Variables.
        ["guards that are moved on"] = size => Each(size, i => $"NamespaceLockGuard? g{i} = null;") + "try { while (items.Count > 0) { g0 = locks.AcquireShared(ns);\n"
            + string.Concat(Enumerable.Range(1, size - 1).Reverse().Select(i => $"if (items.Count > {i}) {{ g{i}?.Dispose(); g{i} = g{i - 1}; g{i - 1} = null; }}\n")) + "} } finally {\n"
            + Each(size, i => $"g{i}?.Dispose();") + "}",
        ["guards that go round"] = size => Each(size, i => $"var g{i} = locks.AcquireShared(ns.Child(\"a{i}\"));") + "while (flag) { var last = g0;\n"
            + string.Concat(Enumerable.Range(1, size - 1).Select(i => $"g{i - 1} = g{i};\n")) + $"g{size - 1} = last; store.Read(ns); }}\n" + Each(size, i => $"g{i}.Dispose();"),
        ["namespaces that go round"] = size => Each(size, i => $"var n{i} = ns.Child(\"a{i}\");") + "using var guard = locks.AcquireShared(n0);\nwhile (flag) { var last = n0;\n"
            + string.Concat(Enumerable.Range(1, size - 1).Select(i => $"n{i - 1} = n{i};\n")) + $"n{size - 1} = last; store.Read(n0); }}",
        ["namespaces that go down"] = size => Each(size, i => $"var n{i} = ns;") + "using var guard = locks.AcquireExclusive(ns);\nwhile (flag) {\n"
            + string.Concat(Enumerable.Range(1, size - 1).Select(i => $"n{i} = n{i - 1}.Child(\"a{i}\"); store.Read(n{i});\n")) + $"n0 = n{size - 1}; }}",
        ["namespaces that are chosen"] = size => "using var guard = locks.AcquireExclusive(ns);\n" + Each(size, i => $"var n{i} = items.Count > {i} ? ns.Child(\"a{i}\") : {(i == 0 ? "ns" : $"n{i - 1}")}; store.Read(n{i});"),
        ["namespaces that are swapped in a loop"] = size => Each(size, i => $"var n{i} = ns.Child(\"a{i}\");") + "using var guard = locks.AcquireExclusive(ns);\nforeach (var item in items) {\n"
            + Each(size, i => $"if (item == {i}) (n{i}, n{(i + 1) % size}) = (n{(i + 1) % size}, n{i}); store.Read(n{i});") + "}",
        ["namespaces that are contained"] = size => "using var guard = locks.AcquireExclusive(ns);\n"
            + Each(size, i => $"var n{i} = BackupNamespace.Parse(\"a\" + items[{i}]); if (!ns.Contains(n{i})) return; store.Read(n{i});"),
        ["namespaces that contain one another"] = size => "using var guard = locks.AcquireExclusive(ns);\n"
            + Each(size, i => $"var n{i} = BackupNamespace.Parse(\"a\" + items[{i}]); if (!{(i == 0 ? "ns" : $"n{i - 1}")}.Contains(n{i})) return; store.Read(n{i});"),
        ["namespaces that are equal"] = size => "using var guard = locks.AcquireExclusive(ns);\n"
            + Each(size, i => $"var n{i} = BackupNamespace.Parse(\"a\" + items[{i}]); if (n{i} != {(i == 0 ? "ns" : $"n{i - 1}")}) return; store.Read(n{i});"),
        ["namespaces that are equal or not"] = size => "using var guard = locks.AcquireExclusive(ns);\n"
            + Each(size, i => $"var n{i} = BackupNamespace.Parse(\"a\" + items[{i}]); if (n{i} == ns) store.Read(n{i});"),
        ["flags"] = size => Each(size, i => $"var f{i} = items.Count > {i};") + "using var guard = locks.AcquireShared(ns);\n" + Each(size, i => $"if (f{i}) store.Read(ns); else items.Add({i});") + Each(size, i => $"if (!f{i}) store.Read(ns);"),

        // Straight on.
        ["acquired and released"] = size => Each(size, i => $"locks.AcquireShared(ns.Child(\"a{i}\")).Dispose();"),
        ["acquired, used and released"] = size => Each(size, i => $"var g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); store.Read(ns.Child(\"a{i}\")); g{i}.Dispose();"),
        ["released in a loop"] = size => "foreach (var item in items) {\n" + Each(size, i => $"using (var g{i} = locks.AcquireShared(ns.Child(\"a{i}\"))) {{ if (item == {i}) continue; store.Read(ns.Child(\"a{i}\")); }}") + "}",
        ["guards of a collection"] = size => "var guards = new List<NamespaceLockGuard>();\ntry {\n" + Each(size, i => $"guards.Add(locks.AcquireShared(ns.Child(\"a{i}\")));") + "store.Read(ns); } finally { foreach (var guard in guards) guard.Dispose(); }",
        ["guards of a collection on some paths"] = size => "var guards = new List<NamespaceLockGuard>();\ntry {\n" + Each(size, i => $"if (items.Count > {i}) guards.Add(locks.AcquireShared(ns.Child(\"a{i}\")));") + "store.Read(ns); } finally { foreach (var guard in guards) guard.Dispose(); }",
        ["awaits under a guard"] = size => "await using var guard = await locks.AcquireExclusiveAsync(ns);\n" + Each(size, i => $"await store.ReadAsync(ns.Child(\"a{i}\")); if (items.Count > {i}) await Task.Yield();"),
        ["tasks that run on"] = size => "using var guard = locks.AcquireExclusive(ns);\n" + Each(size, i => $"var t{i} = store.ReadAsync(ns.Child(\"a{i}\"));") + Each(size, i => $"await t{i};"),
        ["tasks that run on, on some paths"] = size => "using var guard = locks.AcquireExclusive(ns);\n" + Each(size, i => $"var t{i} = items.Count > {i} ? store.ReadAsync(ns.Child(\"a{i}\")) : Task.CompletedTask;") + Each(size, i => $"await t{i};"),
        ["tasks in one variable"] = size => "using var guard = locks.AcquireExclusive(ns);\nvar t = Task.CompletedTask;\n" + Each(size, i => $"if (items.Count > {i}) {{ await t; t = store.ReadAsync(ns.Child(\"a{i}\")); }}") + "await t;",
        ["tasks of guards"] = size => Each(size, i => $"var t{i} = locks.AcquireSharedAsync(ns.Child(\"a{i}\"));") + Each(size, i => $"(await t{i}).Dispose();"),
        ["catches under a guard"] = size => "using var guard = locks.AcquireExclusive(ns);\n" + Each(size, i => $"try {{ store.Read(ns.Child(\"a{i}\")); }} catch (IOException e) when (e.Message.Length > {i}) {{ items.Add({i}); }} finally {{ items.Clear(); }}"),
        ["catches that release"] = size => Each(size, i => $"NamespaceLockGuard? g{i} = null; try {{ g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); items.Add({i}); }} catch (IOException) {{ g{i}?.Dispose(); throw; }} finally {{ items.Clear(); }}") + Each(size, i => $"g{i}.Dispose();"),
        ["catches that hide"] = size => Each(size, i => $"NamespaceLockGuard? g{i} = null; try {{ g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); items.Add({i}); }} catch (IOException) {{ }}") + Each(size, i => $"g{i}?.Dispose();"),
        ["arms of a switch"] = size => "using var guard = items.Count switch {\n" + Each(size, i => $"{i} => locks.AcquireShared(ns.Child(\"a{i}\")),") + "_ => locks.AcquireShared(ns) }; store.Read(ns);",
        ["arms of a switch that may be null"] = size => "using var guard = items.Count switch {\n" + Each(size, i => $"{i} => locks.TryAcquireShared(ns.Child(\"a{i}\")),") + "_ => null };\nif (guard is null) return; store.Read(ns);",
        ["cases that acquire"] = size => "NamespaceLockGuard? guard = null; switch (items.Count) {\n" + Each(size, i => $"case {i}: guard = locks.AcquireShared(ns.Child(\"a{i}\")); break;") + "}\nstore.Read(ns); guard?.Dispose();",
        ["switches one after another"] = size => Each(size, i => $"NamespaceLockGuard? g{i} = null; switch (items.Count) {{ case 1: g{i} = locks.AcquireShared(ns.Child(\"a{i}\")); break; case 2: g{i} = locks.AcquireExclusive(ns.Child(\"a{i}\")); break; case 3: return; }} store.Read(ns); g{i}?.Dispose();"),
        ["tuples of guards"] = size => Each(size, i => $"var t{i} = (locks.AcquireShared(ns.Child(\"a{i}\")), locks.TryAcquireShared(ns.Child(\"b{i}\")));") + Each(size, i => $"t{i}.Item1.Dispose(); t{i}.Item2?.Dispose();"),
        ["a long expression"] = size => "using var guard = locks.AcquireExclusive(ns); store.Read(ns.Child(" + string.Join(" + ", Enumerable.Range(0, size).Select(i => $"items[{i}].ToString()")) + "));",
        ["a long condition"] = size => "using var guard = locks.AcquireShared(ns); if (" + string.Join(" || ", Enumerable.Range(0, size).Select(i => $"(items.Count > {i} && items[{i}] > 0)")) + ") store.Read(ns);",
        ["chosen again and again in one expression"] = size => "using var guard = locks.AcquireExclusive(ns); store.Read(" + string.Concat(Enumerable.Range(0, size).Select(i => $"items.Count == {i} ? ns.Child(\"a{i}\") : ")) + "ns);",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>A method of the shape.</summary>
    public static CodeSet Make(string name, int size)
    {
        var text = new StringBuilder(Usings + "using System.IO;\n" + Store);
        text.Append("\nclass C {\nasync Task M(Store store, NamespaceLockManager locks, BackupNamespace ns, BackupNamespace ns2, bool flag, List<int> items) {\nawait Task.Yield();\n");
        text.Append(All[name](size)).Append("\n} }");
        return new CodeSet(name, [("/Shape.cs", SourceText.From(text.ToString(), Encoding.UTF8))], IsReferenced: true);
    }

    private static string States(int size, Func<int, string> state) => "NamespaceLockGuard? guard = null; var state = 0;\nwhile (true) { switch (state) {\n"
        + Each(size, i => $"case {i}: {state(i)} state = items.Count > 3 ? {(i + 1) % size} : {(i + 2) % size}; break;") + "default: guard?.Dispose(); return; } }";

    private static string Each(int size, Func<int, string> each) => string.Concat(Enumerable.Range(0, size).Select(i => each(i) + "\n"));

    private static string Repeat(string text, int size) => string.Concat(Enumerable.Repeat(text, size));
}
