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
                yield return Diagnostic.Create(Descriptor, PlaceOf(leak), Subject(leak) + Suffix(leak.Text), WhatToDo(leak));
            }
        }
    }

    private static string Subject(Leak leak) =>
        leak.IsParameter ? $"The guard '{NameOf(leak.Site)}' that is handed in" : $"The guard that '{NameOf(leak.Site)}' hands out";

    private static string WhatToDo(Leak leak) => (leak.Kind, leak.IsParameter) switch
    {
        (LeakKind.Always, true) => "neither disposed nor kept: dispose it, or take [TakesOwnership] off the parameter",
        (LeakKind.Always, false) => "never disposed: the garbage collector may release the lock at any moment, so declare it with 'using'",
        (_, var isParameter) => (leak.ByExceptionOnly ? "where an exception is thrown: " : "on every path: ") + (isParameter ? "dispose it with 'using'" : "declare it with 'using'"),
    };

    private static Location PlaceOf(Leak leak) =>
        leak.Site is ParameterSyntax parameter ? parameter.Identifier.GetLocation() : leak.Site.GetLocation();
}
