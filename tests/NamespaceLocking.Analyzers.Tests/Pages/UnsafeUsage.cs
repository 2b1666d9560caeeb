using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>The sample whose mistakes the compiler shows, analyzed once for all tests.</summary>
internal static class UnsafeUsage
{
    public static IReadOnlyList<(string Path, string Text)> Sources { get; } =
        [.. Repository.Files("samples/UnsafeUsage", "*.cs").Select(path => (path, Repository.Read(path)))];

    private static readonly Lazy<Task<IReadOnlyList<Diagnostic>>> Reported = new(() => AnalyzedCode.DiagnoseAsync(Sources));

    /// <summary>What the pages' examples are written for.</summary>
    public static (string Path, string Text) Datastore { get; } = Sources.Single(source => Path.GetFileName(source.Path) == "Datastore.cs");

    public static Task<IReadOnlyList<Diagnostic>> DiagnoseAsync() => Reported.Value;
}
