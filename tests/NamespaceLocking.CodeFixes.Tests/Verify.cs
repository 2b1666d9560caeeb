using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using NamespaceLocking.Analyzers;

namespace NamespaceLocking.CodeFixes.Tests;

/// <summary>Runs one way of mending on a source, beside the store of <see cref="Sources.Store"/>, with every analyzer of the assembly: one by one, and all at once.</summary>
internal static class Verify<TFix>
    where TFix : CodeFixProvider, new()
{
    /// <summary>Expects what <paramref name="source"/> marks, and <paramref name="mended"/> after the fix with that key: nothing marked there, nothing wrong.</summary>
    /// <param name="all">What Fix All writes, where it is not what one fix after another comes to.</param>
    public static Task FixAsync(string key, string source, string mended, string? all = null) =>
        new Test(key, Sources.Usings + source, Sources.Usings + mended, all is null ? null : Sources.Usings + all).RunAsync();

    /// <summary>As <see cref="FixAsync"/>, for a whole file with its own using directives.</summary>
    public static Task FileAsync(string key, string source, string mended) => new Test(key, source, mended, null).RunAsync();

    /// <summary>As <see cref="FileAsync"/>, for several files.</summary>
    public static Task FilesAsync(string key, IEnumerable<(string Name, string Text)> sources, IEnumerable<(string Name, string Text)> mended)
    {
        var test = new Test(key, "", "", null);
        foreach (var (name, text) in sources)
            test.TestState.Sources.Add((name, text));
        foreach (var (name, text) in mended)
            test.FixedState.Sources.Add((name, text));
        return test.RunAsync();
    }

    /// <summary>As <see cref="FixAsync"/>, for a source that builds on another project's.</summary>
    public static Task ProjectsAsync(string key, string library, string source, string libraryMended, string mended)
    {
        var test = new Test(key, Sources.Usings + source, Sources.Usings + mended, null);
        foreach (var (state, text) in new[] { (test.TestState, library), (test.FixedState, libraryMended) })
        {
            state.AdditionalProjects["Library"].Sources.Add(("Library.cs", Sources.Usings + text));
            state.AdditionalProjects["Library"].AdditionalReferences.AddRange(test.TestState.AdditionalReferences);
            state.AdditionalProjectReferences.Add("Library");
        }

        return test.RunAsync();
    }

    /// <summary>Expects that the fix is not offered for what <paramref name="source"/> marks.</summary>
    public static Task NoFixAsync(string key, string source) => FixAsync(key, source, source);

    /// <summary>As <see cref="FixAsync"/>, for statements in the method that <see cref="Sources.Method"/> makes of them.</summary>
    public static Task BodyAsync(string key, string body, string mended, string? all = null) =>
        FixAsync(key, Sources.Method(body), Sources.Method(mended), all is null ? null : Sources.Method(all));

    /// <summary>As <see cref="BodyAsync"/>, in an asynchronous method.</summary>
    public static Task AsyncBodyAsync(string key, string body, string mended, string? all = null) =>
        FixAsync(key, Sources.AsyncMethod(body), Sources.AsyncMethod(mended), all is null ? null : Sources.AsyncMethod(all));

    public static Task NoFixInBodyAsync(string key, string body) => BodyAsync(key, body, body);

    /// <summary>As <see cref="FixAsync"/>, for a program whose entry point is top-level statements.</summary>
    public static Task ProgramAsync(string key, string statements, string mended) =>
        new Test(key, Sources.Usings + statements, Sources.Usings + mended, null) { TestState = { OutputKind = OutputKind.ConsoleApplication } }.RunAsync();

    /// <summary>Expects these titles, in this order, for the one diagnostic of <paramref name="source"/>.</summary>
    public static async Task TitlesAsync(string source, params string[] titles)
    {
        var offered = new List<string>();
        var test = new Test(null, Sources.Usings + source, Sources.Usings + source, null)
        {
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck,
        };
        test.Offered = offered;
        await test.RunAsync();
        Assert.Equal(titles, offered);
    }

    private sealed class Test : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    {
        private static readonly ImmutableArray<DiagnosticAnalyzer> AllAnalyzers =
            [.. typeof(LockFlowAnalyzer).Assembly.GetTypes()
                .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

        public Test(string? key, string source, string mended, string? all)
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(Basic.Reference.Assemblies.Net100.References.All);
            TestState.AdditionalReferences.Add(typeof(BackupNamespace).Assembly);
            TestState.Sources.Add(("Test.cs", source));
            TestState.Sources.Add(("Store.cs", Sources.Store));
            FixedState.Sources.Add(("Test.cs", mended));
            FixedState.Sources.Add(("Store.cs", Sources.Store));
            FixedState.MarkupHandling = MarkupMode.Allow;
            if (all is not null)
            {
                BatchFixedState.Sources.Add(("Test.cs", all));
                BatchFixedState.Sources.Add(("Store.cs", Sources.Store));
                BatchFixedState.MarkupHandling = MarkupMode.Allow;
            }

            CodeActionEquivalenceKey = key;
        }

        public List<string>? Offered { get; set; }

        protected override ImmutableArray<Microsoft.CodeAnalysis.CodeActions.CodeAction> FilterCodeActions(
            ImmutableArray<Microsoft.CodeAnalysis.CodeActions.CodeAction> actions)
        {
            if (Offered is { Count: 0 })
                Offered.AddRange(actions.Select(action => action.Title));
            return Offered is null ? actions : [];
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AllAnalyzers;

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

        protected override CompilationOptions CreateCompilationOptions() =>
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
    }
}
