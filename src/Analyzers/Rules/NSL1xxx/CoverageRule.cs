using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL1xxx;

/// <summary>What the rules on operations without their lock share: one failure each.</summary>
internal abstract class CoverageRule(DiagnosticDescriptor descriptor, Coverage failure) : FlowRule(descriptor)
{
    public sealed override IEnumerable<Diagnostic> Report(BodyFindings findings)
    {
        foreach (var operation in findings.Operations)
        {
            if (operation.Failure == failure)
                yield return At(operation.Site, Properties(operation), operation.Found.Place, Name(operation.Member), Needs(operation), Found(operation));
        }
    }

    private static string Found(UncoveredOperation operation) => operation.Found.Hold?.Describe() ?? "";

    private static string Needs(UncoveredOperation operation) => string.Join(" and ", operation.Unmet
        .Select(unmet => $"{(unmet.Requirement.Mode == LockMode.Exclusive ? "an exclusive" : "a shared")} lock on '{unmet.Requirement.Text}'")
        .Distinct());

    private static string Name(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "new " + member.ContainingType.Name,
        IMethodSymbol { MethodKind: MethodKind.DelegateInvoke } => member.ContainingType.Name,
        { ContainingType: { Name.Length: > 0 } type } and not IMethodSymbol { MethodKind: MethodKind.LocalFunction } => type.Name + "." + member.Name,
        _ => member.Name,
    };

    private static ImmutableDictionary<string, string?> Properties(UncoveredOperation operation) =>
        ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Mode, operation.Unmet.Max(unmet => unmet.Requirement.Mode).ToString())
            .Add(DiagnosticProperties.Namespaces, string.Join("\n", operation.Unmet.Select(unmet => unmet.Requirement.Text)))
            .Add(DiagnosticProperties.Modes, string.Join("\n", operation.Unmet.Select(unmet => unmet.Requirement.Mode)));
}
