using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL2xxx;

/// <summary>What the rules on guards that nobody disposes share: one kind of leak each.</summary>
internal abstract class LeakRule(DiagnosticDescriptor descriptor, LeakKind kind) : FlowRule(descriptor)
{
    public sealed override IEnumerable<Diagnostic> Report(BodyFindings findings)
    {
        foreach (var leak in findings.Leaks)
        {
            if (leak.Kind == kind)
            {
                var path = leak.ByExceptionOnly ? "where an exception is thrown" : "on every path";
                yield return Diagnostic.Create(Descriptor, PlaceOf(leak), NameOf(leak.Site), Suffix(leak.Text), path);
            }
        }
    }

    private static Location PlaceOf(Leak leak) =>
        leak.Site is ParameterSyntax parameter ? parameter.Identifier.GetLocation() : leak.Site.GetLocation();
}
