using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Annotations.Files;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>Brings every annotation of a compilation, wherever it stands, before a rule, once.</summary>
/// <param name="judge">Tells of an annotation on a symbol what is wrong with it, if anything.</param>
internal sealed class AnnotationSites(AnnotationReader annotations, Func<StatedAnnotation, ISymbol, Diagnostic?> judge)
{
    public void Register(CompilationStartAnalysisContext start)
    {
        start.RegisterSymbolAction(context => LookAtType((INamedTypeSymbol)context.Symbol, context.ReportDiagnostic), SymbolKind.NamedType);
        start.RegisterSyntaxNodeAction(LookAtFunction, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression);
        if (annotations.Files.Symbols.Count > 0)
            start.RegisterAdditionalFileAction(LookAtFile);
    }

    private void LookAtType(INamedTypeSymbol type, Action<Diagnostic> report)
    {
        if (!annotations.Names.MayBeAnnotatedIn(type))
            return;
        // The variables of one field declaration share its attributes, and an indexer's accessors its parameters.
        var seen = new HashSet<(SyntaxTree, TextSpan)>();
        LookAt(type, seen, report);
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol or IPropertySymbol or IFieldSymbol && type.TypeKind != TypeKind.Delegate)
                LookAt(member, seen, report);
        }
    }

    /// <summary>Local functions and lambdas are no members of a type.</summary>
    private void LookAtFunction(SyntaxNodeAnalysisContext context)
    {
        var (attributes, parameters) = context.Node switch
        {
            LocalFunctionStatementSyntax function => (function.AttributeLists, function.ParameterList),
            ParenthesizedLambdaExpressionSyntax lambda => (lambda.AttributeLists, lambda.ParameterList),
            _ => default,
        };
        if (attributes.Count == 0 && parameters.Parameters.All(parameter => parameter.AttributeLists.Count == 0))
            return;
        var symbol = context.Node is LocalFunctionStatementSyntax
            ? context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken)
            : context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol;
        if (symbol is not null)
            LookAt(symbol, [], context.ReportDiagnostic);
    }

    private void LookAt(ISymbol symbol, HashSet<(SyntaxTree, TextSpan)> seen, Action<Diagnostic> report)
    {
        foreach (var stated in annotations.Stated(symbol))
        {
            if (stated.Source is { } source && seen.Add((source.SyntaxTree, source.Span)) && judge(stated, symbol) is { } diagnostic)
                report(diagnostic);
        }
    }

    private void LookAtFile(AdditionalFileAnalysisContext context)
    {
        if (!StatedInFiles.IsOne(context.AdditionalFile))
            return;
        foreach (var symbol in annotations.Files.Symbols)
        {
            foreach (var stated in annotations.Files.Of(symbol))
            {
                if (stated.Location.GetLineSpan().Path == context.AdditionalFile.Path && judge(stated, symbol) is { } diagnostic)
                    context.ReportDiagnostic(diagnostic);
            }
        }
    }
}
