using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Rules;

namespace NamespaceLocking.CodeFixes.Acquiring;

/// <summary>A lock that an operation needs, with the namespace as an expression that can be written before it.</summary>
internal sealed record LockNeed(LockMode Mode, ExpressionSyntax Namespace)
{
    public string Text => Namespace.ToString();

    /// <summary>What the diagnostic says is needed, each namespace once; empty where it is not told in code.</summary>
    public static IReadOnlyList<LockNeed> Of(Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Namespaces, out var namespaces)
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Modes, out var modes))
        {
            return [];
        }

        var needs = namespaces!.Split('\n').Zip(modes!.Split('\n'), Read).ToList();
        return needs.Contains(null) ? [] : Strongest(needs!);
    }

    /// <summary>One need a namespace: of two, the stronger.</summary>
    public static IReadOnlyList<LockNeed> Strongest(IEnumerable<LockNeed> needs) =>
        [.. needs.GroupBy(need => need.Text).Select(group => group.OrderByDescending(need => need.Mode).First())];

    private static LockNeed? Read(string text, string mode)
    {
        // A text that was shortened for the message does not parse, or not to its end.
        var expression = SyntaxFactory.ParseExpression(text);
        var isWhole = !expression.ContainsDiagnostics && !expression.IsMissing && expression.ToFullString() == text;
        return isWhole && Enum.TryParse(mode, out LockMode parsed) ? new LockNeed(parsed, expression.NormalizeWhitespace()) : null;
    }

    /// <summary><c>a shared lock on 'a' and an exclusive lock on 'b'</c></summary>
    public static string Describe(IEnumerable<LockNeed> needs) =>
        string.Join(" and ", needs.Select(need => (need.Mode == LockMode.Exclusive ? "an exclusive" : "a shared") + $" lock on '{need.Text}'"));
}
