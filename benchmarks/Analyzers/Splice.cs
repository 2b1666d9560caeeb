using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>A file with calls of the library put into it.</summary>
internal sealed class Splice
{
    /// <summary>What is called.</summary>
    public const string Library =
        """
        internal static class Spliced
        {
            public static readonly NamespaceLocking.BackupNamespace Ns = NamespaceLocking.BackupNamespace.Parse("a/b");
            public static readonly NamespaceLocking.NamespaceLockManager Locks = new("store", new NamespaceLocking.InProcessLockProvider());
            public static NamespaceLocking.NamespaceLockGuard Kept;

            [NamespaceLocking.RequiresLock(NamespaceLocking.LockMode.Shared, "ns")]
            public static void Read(NamespaceLocking.BackupNamespace ns) { }

            [NamespaceLocking.RequiresLock(NamespaceLocking.LockMode.Exclusive, "ns")]
            public static void Write(NamespaceLocking.BackupNamespace ns) { }

            [NamespaceLocking.RequiresLock(NamespaceLocking.LockMode.Shared, "ns")]
            public static System.Threading.Tasks.Task ReadAsync(NamespaceLocking.BackupNamespace ns) => System.Threading.Tasks.Task.CompletedTask;

            [NamespaceLocking.AcquiresLock(NamespaceLocking.LockMode.Shared, "ns")]
            public static NamespaceLocking.NamespaceLockGuard Lock(NamespaceLocking.BackupNamespace ns) => Locks.AcquireShared(ns);

            public static void Run(System.Action action) => action();
        }
        """;

    private const string Acquire = "global::Spliced.Locks.AcquireShared(global::Spliced.Ns)";
    private const string Exclusive = "global::Spliced.Locks.AcquireExclusive(global::Spliced.Ns)";
    private const string Try = "global::Spliced.Locks.TryAcquireShared(global::Spliced.Ns)";
    private const string Read = "global::Spliced.Read(global::Spliced.Ns);";
    private const string Write = "global::Spliced.Write(global::Spliced.Ns.Child(\"c\"));";
    private const string Throw = "throw new global::System.InvalidOperationException();";

    /// <summary>A guard around the whole body of a member, the operations in it, and the one rule that has to report each of these; or none may.</summary>
    private static readonly (string Kind, string Before, string After, string Operation, string Expected)[] Known =
    [
        ("held by using var", $"using var gZ = {Acquire};", "", Read, ""),
        ("held by using", $"using ({Acquire}) {{", "}", Read, ""),
        ("held exclusively", $"using var gZ = {Exclusive};", "", Write, ""),
        ("disposed in finally", $"var gZ = {Acquire}; try {{", "} finally { gZ.Dispose(); }", Read, ""),
        ("tried and tested", $"using var gZ = {Try}; if (gZ is null) {Throw}", "", Read, ""),
        ("tried, tested around all", $"using var gZ = {Try}; if (gZ != null) {{", $"}} {Throw}", Read, ""),
        ("nothing held", "", "", Read, "NSL1001"),
        ("shared only", $"using var gZ = {Acquire};", "", "global::Spliced.Write(global::Spliced.Ns);", "NSL1002"),
        ("another namespace", "using var gZ = global::Spliced.Locks.AcquireShared(global::Spliced.Ns.Parent!.Child(\"x\"));", "", Read, "NSL1003"),
        ("released before", $"var gZ = {Acquire}; gZ.Dispose();", "", Read, "NSL1004"),
        ("tried, not tested", $"using var gZ = {Try};", "", Read, "NSL1005"),
    ];

    /// <summary>Statements of all kinds; Z is a number.</summary>
    private static readonly string[] Statements =
    [
        $"using var gZ = {Acquire};", $"using var gZ = {Try};", $"var gZ = {Exclusive};", $"var gZ = global::Spliced.Lock(global::Spliced.Ns);", $"_ = {Acquire};",
        $"await using var gZ = await global::Spliced.Locks.AcquireExclusiveAsync(global::Spliced.Ns);", $"if ({Try} is {{ }} gZ) {{ {Read} gZ.Dispose(); }}",
        Read, Write, "await global::Spliced.ReadAsync(global::Spliced.Ns);", "var tZ = global::Spliced.ReadAsync(global::Spliced.Ns);", "gZ.Dispose();", "gZ?.Dispose();",
        "global::Spliced.Kept?.Dispose();", $"global::Spliced.Kept = {Acquire};", $"global::Spliced.Run(() => {Read.TrimEnd(';')});",
        $"global::System.Action aZ = () => {{ using var hZ = {Acquire}; {Read} }}; aZ();", $"void FZ(global::NamespaceLocking.NamespaceLockGuard g) {{ using (g) {Read} }} FZ({Acquire});",
        $"try {{ {Acquire}.Dispose(); }} finally {{ {Read} }}", $"foreach (var nZ in new[] {{ global::Spliced.Ns }}) {{ using var hZ = {Acquire}; {Read} if (nZ is null) continue; }}",
        $"while (gZ is null) {{ gZ = {Try}; }}", $"var lZ = new global::System.Collections.Generic.List<global::System.IDisposable> {{ {Acquire} }};", $"return {Acquire};",
        "yield return gZ;", "if (gZ.IsHeld) goto default;", $"lock (gZ) {{ {Read} }}", $"var (xZ, gZ) = (1, {Acquire});", $"switch (gZ) {{ case null: break; case var _ when gZ.IsHeld: {Read} break; }}",
    ];

    private Splice(string kind, string text, string? expected, int operations, string excerpt) =>
        (Kind, Text, Expected, Operations, Excerpt) = (kind, text, expected, operations, excerpt);

    public string Kind { get; set; }

    public string Text { get; }

    /// <summary>The rule that has to report each operation, nothing where none may, and null where anything may be said.</summary>
    public string? Expected { get; }

    /// <summary>How many operations were put in.</summary>
    public int Operations { get; }

    /// <summary>The member that was changed.</summary>
    public string Excerpt { get; }

    public static Splice? Make(SyntaxTree tree, Random random)
    {
        var (root, options) = (tree.GetRoot(), (CSharpParseOptions)tree.Options);
        return random.Next(5) switch
        {
            0 => Broken("cut", Cut(root.ToFullString(), random)),
            1 => Broken("tokens deleted", WithoutTokens(root.ToFullString(), options, random)),
            2 => Broken("spliced and broken", WithoutTokens(Anything(root, random), options, random)),
            3 => random.Next(2) == 0 ? Broken("spliced", Anything(root, random)) : Broken("spliced and cut", Cut(Anything(root, random), random)),
            _ => WithKnownAnswer(root, random),
        };
    }

    /// <summary>The same code, of which so many methods of a hundred hold a lock, and correctly. Files that do not compile then are left as they were.</summary>
    public static CodeSet Into(CodeSet code, int share, int seed)
    {
        var random = new Random(seed);
        var right = Array.FindAll(Known, known => known.Expected.Length == 0);
        var (methods, chosen) = (0, new Dictionary<string, int>());
        var sources = code.Sources.Select(source => source with { Text = WithGuards(source.Path, source.Text) }).Append(("/Spliced.cs", SourceText.From(Library, System.Text.Encoding.UTF8)));
        var spliced = code with { Sources = [.. sources], IsReferenced = true };
        while (Broken(spliced) is { Count: > 0 } broken)
        {
            foreach (var path in broken)
                chosen.Remove(path);
            spliced = spliced with { Sources = [.. spliced.Sources.Select((source, index) => broken.Contains(source.Path) ? code.Sources[index] : source)] };
        }

        return spliced with { Name = $"{code.Name}, {chosen.Values.Sum()} of {methods} methods call the library" };

        SourceText WithGuards(string path, SourceText text)
        {
            if (path.StartsWith("/generated", StringComparison.Ordinal))
                return text;
            var insertions = new List<(int, string)>();
            foreach (var body in Bodies(CSharpSyntaxTree.ParseText(text, code.ParseOptions).GetRoot()))
            {
                if (++methods * share / 100 == (methods - 1) * share / 100)
                    continue;
                var (_, before, after, operation, _) = right[random.Next(right.Length)];
                insertions.AddRange(Around(body, before, after, operation, random));
                chosen[path] = chosen.GetValueOrDefault(path) + 1;
            }

            return SourceText.From(Insert(text.ToString(), insertions), System.Text.Encoding.UTF8);
        }

        HashSet<string> Broken(CodeSet set) => [.. set.Compile().GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Location.SourceTree?.FilePath ?? "").Where(chosen.ContainsKey)];
    }

    private static Splice Broken(string kind, string text) => new(kind, text, null, 0, "");

    private static string Cut(string text, Random random) => text[..random.Next(text.Length + 1)];

    private static string WithoutTokens(string text, CSharpParseOptions options, Random random)
    {
        var tokens = CSharpSyntaxTree.ParseText(text, options).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).ToList();
        if (tokens.Count == 0)
            return text;
        var deleted = Enumerable.Range(0, random.Next(1, 6)).Select(_ => tokens[random.Next(tokens.Count)].Span).Distinct().OrderByDescending(span => span.Start);
        return deleted.Aggregate(text, (current, span) => current.Remove(span.Start, span.Length));
    }

    /// <summary>Statements of all kinds anywhere, which use one another's variables where they can see them.</summary>
    private static string Anything(SyntaxNode root, Random random)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
            return root.ToFullString();
        // Close together, so that they have to do with one another.
        var first = random.Next(places.Count);
        var inserted = Enumerable.Range(0, random.Next(2, 16)).Select(_ => (
            Position: places[Math.Min(first + random.Next(30), places.Count - 1)].SpanStart,
            Text: Numbered(Statements[random.Next(Statements.Length)], random.Next(4))));
        return Insert(root.ToFullString(), inserted);
    }

    /// <summary>A guard around a member's body, and operations in it: only where nothing but the guard decides whether these are covered.</summary>
    private static Splice? WithKnownAnswer(SyntaxNode root, Random random)
    {
        var bodies = Bodies(root).ToList();
        if (bodies.Count == 0)
            return null;
        var body = bodies[random.Next(bodies.Count)];
        var (kind, before, after, operation, expected) = Known[random.Next(Known.Length)];
        var insertions = Around(body, before, after, operation, random);
        var excerpt = Insert(body.Parent!.ToString(), insertions.Select(insertion => (insertion.Position - body.Parent.SpanStart, insertion.Text)));
        return new Splice(kind, Insert(root.ToFullString(), insertions), expected, insertions.Count - 2, excerpt);
    }

    private static IEnumerable<BlockSyntax> Bodies(SyntaxNode root) => root.DescendantNodes(static node => node is not BlockSyntax)
        .OfType<BaseMethodDeclarationSyntax>().Select(method => method.Body).OfType<BlockSyntax>().Where(body => body.Statements.Count > 0);

    /// <summary>What comes at the beginning and the end of a body, and operations between.</summary>
    private static List<(int Position, string Text)> Around(BlockSyntax body, string before, string after, string operation, Random random)
    {
        var places = Places(body).ToList();
        var operations = Enumerable.Range(0, random.Next(1, 6)).Select(_ => places[random.Next(places.Count)]).Distinct();
        return [(body.OpenBraceToken.Span.End, " " + before), .. operations.Select(place => (place.SpanStart, operation + " ")), (body.CloseBraceToken.SpanStart, after)];
    }

    /// <summary>Statements before which another may stand; not those of lambdas and local functions, which may run at another time.</summary>
    private static IEnumerable<StatementSyntax> Places(SyntaxNode node) => node
        .DescendantNodes(child => child is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<StatementSyntax>()
        .Where(statement => statement.Parent is BlockSyntax or SwitchSectionSyntax && statement is not LocalFunctionStatementSyntax);

    private static string Insert(string text, IEnumerable<(int Position, string Text)> insertions) =>
        insertions.Select((insertion, index) => (insertion, index)).OrderByDescending(pair => pair.insertion.Position).ThenByDescending(pair => pair.index)
            .Aggregate(text, (current, pair) => current.Insert(pair.insertion.Position, pair.insertion.Text));

    private static string Numbered(string statement, int number) => Regex.Replace(statement, @"\b([a-zA-Z])Z\b", $"${{1}}_{number}") + "\n";
}
