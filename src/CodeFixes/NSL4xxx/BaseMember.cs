using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Rules;
using NamespaceLocking.Analyzers.Rules.NSL4xxx;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL4xxx;

/// <summary>What a member overrides or implements, where it is declared.</summary>
internal sealed class BaseMember
{
    private readonly MemberDeclarationSyntax _declaration;
    private readonly ISymbol _symbol;
    private readonly SemanticModel _model;
    private readonly MemberAnnotations _own;

    private BaseMember(Document document, MemberDeclarationSyntax declaration, ISymbol symbol, SemanticModel model, MemberAnnotations own)
    {
        Document = document;
        _declaration = declaration;
        _symbol = symbol;
        _model = model;
        _own = own;
    }

    public Document Document { get; }

    /// <summary>The documentation-comment id.</summary>
    public string Id => DocumentationCommentId.CreateDeclarationId(_symbol)!;

    public string Name => $"{_symbol.ContainingType.Name}.{_symbol.Name}";

    /// <summary>The one that a diagnostic names; null where it is not in the solution's source.</summary>
    /// <param name="compilation">The one that the diagnostic is of.</param>
    public static async Task<BaseMember?> OfAsync(Solution solution, Compilation compilation, Diagnostic difference, CancellationToken cancellationToken)
    {
        if (!difference.Properties.TryGetValue(DiagnosticProperties.Declaration, out var id) || id is null
            || DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation) is not { } named
            || await SymbolFinder.FindSourceDefinitionAsync(named, solution, cancellationToken).ConfigureAwait(false) is not { DeclaringSyntaxReferences: [var reference, ..] }
            || solution.GetDocument(reference.SyntaxTree) is not { } document
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || AnnotationReader.For(model.Compilation, document.Project.AnalyzerOptions, cancellationToken) is not { } annotations
            || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not MemberDeclarationSyntax declaration
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { Kind: SymbolKind.Method or SymbolKind.Property } symbol)
        {
            return null;
        }

        return new BaseMember(document, declaration, symbol, model, annotations.Own(AnnotationReader.Definition(symbol)));
    }

    /// <summary>The solution with the member's annotations on this one; null where nothing can be written.</summary>
    public Solution? Annotated(Diagnostic difference)
    {
        var proposals = AnnotationProposal.Of(difference);
        if (proposals.Count == 0)
            return null;
        var writer = new AnnotationWriter(Document, _model.Compilation);
        var stated = Stated(proposals[0]);
        // What is asked of callers is added to; of what they are promised only that is left which all keep.
        var isPromise = proposals[0].Kind is AnnotationKind.AcquiresLock or AnnotationKind.AssertsLock;
        var superfluous = stated.Where(existing => isPromise && !proposals.Any(existing.Proposal.IsOfSameLock)).Select(existing => existing.Source).ToList();
        var changed = stated
            .SelectMany(existing => proposals.Where(existing.Proposal.IsOfSameLock).Take(1).Select(proposal => (existing.Source, existing.Proposal.Mode, Proposal: proposal)))
            .Where(pair => isPromise ? pair.Proposal.Mode < pair.Mode : pair.Proposal.Mode > pair.Mode)
            .ToList();
        var added = proposals.Where(proposal => !stated.Any(existing => existing.Proposal.IsOfSameLock(proposal))).ToList();
        if (superfluous.Concat(changed.Select(pair => pair.Source)).Any(source => source is null) || superfluous.Count + changed.Count + added.Count == 0)
            return null;

        if (TargetOf(proposals[0]) is not { } target)
            return null;
        var root = _model.SyntaxTree.GetRoot().TrackNodes([target, .. superfluous!, .. changed.Select(pair => pair.Source!)]);
        root = root.ReplaceNodes(
            changed.Select(pair => root.GetCurrentNode(pair.Source!)!),
            (old, _) => writer.Write(changed.First(pair => root.GetCurrentNode(pair.Source!) == old).Proposal).WithTriviaFrom(old));
        if (added.Count > 0)
            root = root.ReplaceNode(root.GetCurrentNode(target)!, AttributeWriter.Add(root.GetCurrentNode(target)!, [.. added.Select(writer.Write)]));
        foreach (var attribute in superfluous)
        {
            if (root.GetCurrentNode(attribute!) is not { } current || current.Parent?.Parent != root.GetCurrentNode(target))
                return null;
            root = root.ReplaceNode(root.GetCurrentNode(target)!, AttributeWriter.Remove(root.GetCurrentNode(target)!, current));
        }

        root = UsingDirectives.Import(root, writer.LockMode, _model, _declaration.SpanStart);
        return Document.WithSyntaxRoot(root).Project.Solution;
    }

    /// <summary>What is said here of the same kind, and of the same parameter if it is one's; the attribute is null where it is not in this file.</summary>
    private List<(AnnotationProposal Proposal, AttributeSyntax? Source)> Stated(AnnotationProposal like)
    {
        var ordinal = LockPath.Parameters(_symbol).FirstOrDefault(parameter => parameter.Name == like.Parameter)?.Ordinal;
        var terms = (like.Kind, like.Accessor) switch
        {
            (AnnotationKind.RequiresLock, _) when ordinal is not null => _own.Parameter(ordinal.Value).Requires,
            (AnnotationKind.RequiresLock, "get") => _own.GetterRequires,
            (AnnotationKind.RequiresLock, "set") => _own.SetterRequires,
            (AnnotationKind.RequiresLock, _) => _own.Requires,
            (AnnotationKind.ExcludesLock, "get") => _own.GetterExcludes,
            (AnnotationKind.ExcludesLock, "set") => _own.SetterExcludes,
            (AnnotationKind.ExcludesLock, _) => _own.Excludes,
            (AnnotationKind.AcquiresLock, _) => _own.Acquires,
            _ => _own.Asserts,
        };
        return [.. terms.Select(term => (
            AnnotationProposal.Read(AnnotationText.Of(like.Kind, term, _symbol)) with { Parameter = like.Parameter, Accessor = like.Accessor },
            term.Source?.SyntaxTree == _model.SyntaxTree ? term.Source.GetSyntax() as AttributeSyntax : null))];
    }

    /// <summary>The part of the declaration that carries the annotation; null where it is not written out.</summary>
    private SyntaxNode? TargetOf(AnnotationProposal proposal) => proposal switch
    {
        { Parameter: { } parameter } => _declaration.DescendantNodes().OfType<ParameterSyntax>().First(declared => declared.Identifier.ValueText == parameter),
        { Accessor: { } accessor } => (_declaration as BasePropertyDeclarationSyntax)?.AccessorList?.Accessors
            .FirstOrDefault(declared => declared.IsKind(SyntaxKind.GetAccessorDeclaration) == (accessor == "get")),
        _ => _declaration,
    };
}
