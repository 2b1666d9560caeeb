using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Rules;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>An annotation that a diagnostic proposes for a declaration.</summary>
/// <param name="Text">As the diagnostic has it, without brackets.</param>
/// <param name="Parameter">The parameter that it goes on; null where it goes on the member.</param>
internal sealed record AnnotationProposal(
    string Text, string? Parameter, AnnotationKind Kind, LockMode? Mode, ExpressionSyntax Namespace, ExpressionSyntax? Store)
{
    private const string OnParameter = "param ";
    private const string OnGetter = "get: ";
    private const string OnSetter = "set: ";

    /// <summary>The accessor that it goes on, <c>get</c> or <c>set</c>; null where it goes on the member.</summary>
    public string? Accessor { get; init; }

    /// <summary>All that the diagnostic proposes; empty where it proposes none.</summary>
    public static IReadOnlyList<AnnotationProposal> Of(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(DiagnosticProperties.Annotations, out var lines) && !string.IsNullOrEmpty(lines)
            ? [.. lines!.Split('\n').Select(Read)]
            : [];

    /// <summary>Whether both speak of the same lock, in whatever mode.</summary>
    public bool IsOfSameLock(AnnotationProposal other) => Kind == other.Kind && Parameter == other.Parameter && Accessor == other.Accessor
        && Namespace.ToString() == other.Namespace.ToString() && Store?.ToString() == other.Store?.ToString();

    /// <param name="line">The attribute as <c>AnnotationText</c> writes it.</param>
    public static AnnotationProposal Read(string line)
    {
        var parameter = line.StartsWith(OnParameter, StringComparison.Ordinal) ? line.Substring(OnParameter.Length, line.IndexOf(':') - OnParameter.Length) : null;
        var accessor = line.StartsWith(OnGetter, StringComparison.Ordinal) || line.StartsWith(OnSetter, StringComparison.Ordinal) ? line.Substring(0, line.IndexOf(':')) : null;
        var text = parameter is null && accessor is null ? line : line.Substring(line.IndexOf(':') + 2);
        var attribute = SyntaxFactory.ParseCompilationUnit($"[{text}] class C;").DescendantNodes().OfType<AttributeSyntax>().First();
        Enum.TryParse(attribute.Name.ToString(), out AnnotationKind kind);
        var arguments = attribute.ArgumentList!.Arguments;
        LockMode? mode = kind.HasMode() && Enum.TryParse(((MemberAccessExpressionSyntax)arguments[0].Expression).Name.ToString(), out LockMode said) ? said : null;
        return new AnnotationProposal(
            text, parameter, kind, mode, arguments[kind.HasMode() ? 1 : 0].Expression, arguments.FirstOrDefault(argument => argument.NameEquals is not null)?.Expression) { Accessor = accessor };
    }
}
