using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>An annotation, in source or in a file, that names what is not there or leaves open what it means.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NSL4001AnnotationNamesNothing : DeclarationAnalyzer
{
    /// <summary>For the compiler, which makes one.</summary>
    public NSL4001AnnotationNamesNothing()
        : base(Descriptors.NSL4001AnnotationNamesNothing)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext start, AnnotationReader annotations)
    {
        new AnnotationSites(annotations, (stated, symbol) =>
            annotations.Problem(stated, symbol) is { } problem ? At(stated.Location, problem) : null).Register(start);
        if (annotations.Files.Problems.Count == 0)
            return;
        start.RegisterAdditionalFileAction(context =>
        {
            foreach (var (line, problem) in annotations.Files.Problems)
            {
                if (line.GetLineSpan().Path == context.AdditionalFile.Path)
                    context.ReportDiagnostic(At(line, problem));
            }
        });
    }

    private Diagnostic At(Location location, AnnotationProblem problem) => At(location, problem.Value, problem.Wrong, problem.Advice);
}
