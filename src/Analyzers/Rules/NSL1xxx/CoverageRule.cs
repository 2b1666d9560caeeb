using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
                yield return AtPlaces(operation.Site, Properties(operation), OtherPlaces(operation), Name(operation.Member), Needs(operation), Found(operation));
        }
    }

    /// <summary>The guard that does not do, or its release; then the annotations that ask for more, where they are in source. After a release there is no need to say that.</summary>
    private static IEnumerable<Location> OtherPlaces(UncoveredOperation operation)
    {
        if (operation.Found.Place is { } place)
            yield return place.GetLocation();
        foreach (var declaration in operation.Unmet.Select(unmet => unmet.Requirement.Declaration).OfType<SyntaxReference>().Distinct())
        {
            if (operation.Failure != Coverage.Released)
                yield return declaration.SyntaxTree.GetLocation(declaration.Span);
        }
    }

    /// <summary>What was found in place of the lock: a clause of the message.</summary>
    private static string Found(UncoveredOperation operation)
    {
        var (hold, name) = (operation.Found.Hold, operation.Found.Name);
        var held = hold?.Describe() + OfStore(operation.Found, hold?.StoreText);
        var guard = name is null ? "the guard held" : $"the guard '{name}'";
        return operation.Failure switch
        {
            Coverage.Released => name is null ? $"the guard {held}" : $"the guard '{name}', {held},",
            Coverage.SharedOnly when hold!.Mode == LockMode.Exclusive => $"{guard} is {held}, and only shared above that",
            Coverage.SharedOnly => $"{guard} is only {held}",
            Coverage.Uncertain => name is null ? "is held" : $"the guard '{name}' holds",
            _ => $"{guard} is {held}",
        };
    }

    /// <summary>Stores are worth a word only where the guard would do, were it of the other one.</summary>
    private static string OfStore(CoverageInWorld found, string? store) => found.IsOtherStore && !string.IsNullOrEmpty(store) ? $" of '{store}'" : "";

    private static string Needs(UncoveredOperation operation) => string.Join(" and ", operation.Unmet
        .Where(unmet => !operation.Unmet.Any(other => other.Requirement.Mode > unmet.Requirement.Mode && other.Requirement.Text == unmet.Requirement.Text))
        .Select(unmet => $"{(unmet.Requirement.Mode == LockMode.Exclusive ? "an exclusive" : "a shared")} lock on '{unmet.Requirement.Text}'{OfStore(unmet.Found, unmet.Requirement.StoreText)}")
        .Distinct());

    private static string Name(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "new " + member.ContainingType.Name,
        IMethodSymbol { MethodKind: MethodKind.DelegateInvoke } => member.ContainingType.Name,
        IMethodSymbol { MethodKind: MethodKind.Conversion } conversion => $"conversion from {NameOfType(conversion.Parameters[0].Type)} to {NameOfType(conversion.ReturnType)}",
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator } => $"{member.ContainingType.Name}.operator {OperatorOf(member)}",
        IMethodSymbol { AssociatedSymbol: IEventSymbol changed } => Name(changed),
        { ContainingType: { Name.Length: > 0 } type } and not IMethodSymbol { MethodKind: MethodKind.LocalFunction } => type.Name + "." + member.Name,
        _ => member.Name,
    };

    private static string NameOfType(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string OperatorOf(ISymbol member) => SyntaxFacts.GetOperatorKind(member.Name) is var kind and not SyntaxKind.None ? SyntaxFacts.GetText(kind) : member.Name;

    private static ImmutableDictionary<string, string?> Properties(UncoveredOperation operation) =>
        ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Mode, operation.Unmet.Max(unmet => unmet.Requirement.Mode).ToString())
            .Add(DiagnosticProperties.Namespaces, string.Join("\n", operation.Unmet.Select(unmet => unmet.Requirement.Text)))
            .Add(DiagnosticProperties.Modes, string.Join("\n", operation.Unmet.Select(unmet => unmet.Requirement.Mode)));
}
