using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>A member that hands out a namespace guard and leaves its callers to guess what it holds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NSL4005HandsOutUnstatedGuard : DeclarationAnalyzer
{
    /// <summary>For the compiler, which makes one.</summary>
    public NSL4005HandsOutUnstatedGuard()
        : base(Descriptors.NSL4005HandsOutUnstatedGuard)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext start, AnnotationReader annotations)
    {
        var facts = CompilationFacts.Of(start.Compilation, annotations);
        var unstated = new UnstatedGuards(annotations, facts.Ownership);
        start.RegisterSymbolAction(
            context =>
            {
                if (!HasBody(context.Symbol) && unstated.Of(context.Symbol) is { } guard)
                    context.ReportDiagnostic(About(context.Symbol, guard, shown: []));
            },
            SymbolKind.Method);
        start.RegisterCodeBlockAction(context =>
        {
            if (context.OwningSymbol is IMethodSymbol { AssociatedSymbol: null } method && unstated.Of(method) is { } guard)
                Look(method, method, guard, context.ReportDiagnostic);
        });
        // The body of a property is apart from its name, where the diagnostic sits: editors offer no fix for what a body reports elsewhere.
        start.RegisterSymbolAction(
            context =>
            {
                if (context.Symbol is IPropertySymbol { GetMethod: { } getter } property && unstated.Of(property) is { } guard)
                    Look(getter, property, guard, context.ReportDiagnostic);
            },
            SymbolKind.Property);

        void Look(IMethodSymbol method, ISymbol member, ITypeSymbol guard, Action<Diagnostic> report)
        {
            var holds = facts.Summaries.Of(method, SummaryScope.Returned).Returned;
            if (!UnstatedGuards.IsVisibleOutside(member) && (holds.Any(hold => !hold.IsAssumed) || HandsOutNothing(member)))
                return;
            report(About(member, guard, [.. holds.Select(hold => AnnotationText.Acquires(hold, method, facts)).OfType<string>()]));
        }
    }

    /// <summary>A body that only throws, or only answers null, hands out nothing; nor does one that releases what it returns, which is another mistake.</summary>
    private static bool HandsOutNothing(ISymbol member) =>
        !HasOut(member)
        && member.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is var declaration
            && ReturnedExpressions.Of(declaration).All(expression => ReturnedExpressions.IsDisposedOnTheWay(expression, declaration)));

    private static bool HasOut(ISymbol member) => LockPath.Parameters(member).Any(parameter => parameter.RefKind == RefKind.Out);

    private static bool HasBody(ISymbol member) => member is not IMethodSymbol method
        || !(method.IsAbstract || method.IsExtern || (method.IsPartialDefinition && method.PartialImplementationPart is null));

    private Diagnostic About(ISymbol member, ITypeSymbol guard, ImmutableArray<string> shown)
    {
        var visible = UnstatedGuards.IsVisibleOutside(member);
        var why = visible ? "to code in other assemblies, which cannot see where it is acquired"
            : HasBody(member) ? "and its body does not show where it is acquired"
            : "and has no body that shows where it is acquired";
        var annotation = shown.IsEmpty ? "[AcquiresLock(…)]" : string.Join(" and ", shown.Select(text => $"[{text}]"));
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (!shown.IsEmpty)
            properties = properties.Add(DiagnosticProperties.Annotations, string.Join("\n", shown));
        return Diagnostic.Create(Descriptors.NSL4005HandsOutUnstatedGuard, member.Locations[0], properties,
            member.Name, guard.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), why, annotation);
    }
}
