using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules;

/// <summary>A rule that asks the flow analysis of a body. It sees findings, never the graph.</summary>
internal abstract class FlowRule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor => descriptor;

    public abstract IEnumerable<Diagnostic> Report(BodyFindings findings);

    protected Diagnostic At(SyntaxNode site, ImmutableDictionary<string, string?>? properties, SyntaxNode? other, params object[] arguments) =>
        AtPlaces(site, properties, other is null ? [] : [other.GetLocation()], arguments);

    /// <param name="site">The expression that the diagnostic sits on.</param>
    /// <param name="properties">What a fix needs to know.</param>
    /// <param name="others">The other places involved, the most telling first.</param>
    /// <param name="arguments">The message's.</param>
    protected Diagnostic AtPlaces(SyntaxNode site, ImmutableDictionary<string, string?>? properties, IEnumerable<Location> others, params object[] arguments) =>
        Diagnostic.Create(descriptor, site.GetLocation(), others, properties, arguments);

    /// <summary>What is acquired at a site, by the name that the code calls.</summary>
    protected static string NameOf(SyntaxNode site) => site switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.ToString(),
        InvocationExpressionSyntax invocation => invocation.Expression.ToString().TrimStart('.'),
        ObjectCreationExpressionSyntax creation => "new " + creation.Type,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => site.ToString(),
    };

    protected static string Suffix(string holds) => holds.Length == 0 ? "" : $" ({holds})";

    protected static string Uncapitalized(Hold hold) =>
        $"{(hold.Mode == LockMode.Exclusive ? "an exclusive" : "a shared")} lock on '{hold.Text}'";

    protected static string Capitalized(Hold hold) =>
        $"{(hold.Mode == LockMode.Exclusive ? "An exclusive" : "A shared")} lock on '{hold.Text}'";
}
