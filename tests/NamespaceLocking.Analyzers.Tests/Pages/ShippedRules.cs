using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>Every rule that an analyzer of the assembly reports: what the pages and the sample are held against.</summary>
internal static class ShippedRules
{
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [.. Verify.AllAnalyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static IEnumerable<string> Ids => All.Select(rule => rule.Id);

    /// <summary>For theories.</summary>
    public static TheoryData<string> Each => [.. Ids];

    public static DiagnosticDescriptor Get(string id) => All.Single(rule => rule.Id == id);
}
