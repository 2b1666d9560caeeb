using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>A rule about declarations. Nothing is registered where the library is not referenced.</summary>
public abstract class DeclarationAnalyzer : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _descriptor;

    private protected DeclarationAnalyzer(DiagnosticDescriptor descriptor)
    {
        _descriptor = descriptor;
        SupportedDiagnostics = [descriptor];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (AnnotationReader.For(start.Compilation, start.Options, start.CancellationToken) is { } annotations)
                Start(start, annotations);
        });
    }

    private protected abstract void Start(CompilationStartAnalysisContext start, AnnotationReader annotations);

    private protected Diagnostic At(Location location, params object[] arguments) => Diagnostic.Create(_descriptor, location, arguments);
}
