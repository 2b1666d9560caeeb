using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.Acquiring;

/// <summary>The calls of a member that acquire.</summary>
internal static class Acquisitions
{
    /// <summary>Those that stand before the diagnostic's place, each with the strongest mode that it asks for.</summary>
    public static IEnumerable<(InvocationExpressionSyntax Call, LockMode Mode)> Before(RepairContext context) => context.Member
        .DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .Where(call => call.SpanStart < context.Node.SpanStart)
        .Select(call => (Call: call, context.Annotations.Of(context.SymbolOf(call)).Acquires))
        .Where(call => !call.Acquires.IsEmpty)
        .Select(call => (call.Call, call.Acquires.Max(term => term.Mode)));
}
