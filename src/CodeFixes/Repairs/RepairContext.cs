using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.CodeFixes.Repairs;

/// <summary>A diagnostic to be mended, and what is known around it.</summary>
internal sealed class RepairContext
{
    private BodyReport? _before;

    private RepairContext(
        Document document,
        Diagnostic diagnostic,
        SyntaxNode root,
        SemanticModel model,
        AnnotationReader annotations,
        CancellationToken cancellationToken)
    {
        Document = document;
        Diagnostic = diagnostic;
        Root = root;
        Model = model;
        Annotations = annotations;
        Node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        Member = MemberOf(Node);
        CancellationToken = cancellationToken;
    }

    public Document Document { get; }
    public Diagnostic Diagnostic { get; }
    public SyntaxNode Root { get; }
    public SemanticModel Model { get; }
    public AnnotationReader Annotations { get; }
    public KnownSymbols Known => Annotations.Known;
    public CancellationToken CancellationToken { get; }

    /// <summary>What the diagnostic sits on.</summary>
    public SyntaxNode Node { get; }

    /// <summary>What the code there does.</summary>
    public IOperation? Operation => Model.GetOperation(Node, CancellationToken);

    /// <summary>The member whose body it is in; the compilation unit, for top-level statements.</summary>
    public SyntaxNode Member { get; }

    /// <summary>The diagnostics that Fix All is yet to mend in the same member.</summary>
    public IReadOnlyList<Diagnostic> Pending { get; private set; } = [];

    /// <summary>Null where the document is not C# that can be analysed, or the library is not referenced.</summary>
    public static async Task<RepairContext?> CreateAsync(
        Document document,
        Diagnostic diagnostic,
        CancellationToken cancellationToken,
        BodyReport? report = null,
        IReadOnlyList<Diagnostic>? pending = null)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || AnnotationReader.For(model.Compilation, document.Project.AnalyzerOptions, cancellationToken) is not { } annotations)
        {
            return null;
        }

        return new RepairContext(document, diagnostic, root, model, annotations, cancellationToken)
        {
            _before = report,
            Pending = pending ?? [],
        };
    }

    public static SyntaxNode MemberOf(SyntaxNode node)
    {
        var member = node.AncestorsAndSelf().FirstOrDefault(ancestor =>
            ancestor is MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax);
        return member is null or GlobalStatementSyntax ? node.SyntaxTree.GetRoot() : member;
    }

    /// <summary>The place that an additional location names, where it is in the same file.</summary>
    public SyntaxNode? OtherPlace => Diagnostic.AdditionalLocations is [{ SourceTree: { } tree } place, ..] && tree == Root.SyntaxTree
        ? Root.FindNode(place.SourceSpan, getInnermostNodeForTie: true)
        : null;

    public ISymbol? SymbolOf(SyntaxNode reference) => Model.GetSymbolInfo(reference, CancellationToken).Symbol;

    public ITypeSymbol? TypeOf(SyntaxNode expression) => Model.GetTypeInfo(expression, CancellationToken).Type;

    public async Task<bool> IsMendedByAsync(Proposal proposal)
    {
        _before ??= await BodyReport.OfAsync(Document, Member, Diagnostic.Id, CancellationToken).ConfigureAwait(false);
        var document = Document.WithSyntaxRoot(proposal.Root);
        var root = (await document.GetSyntaxRootAsync(CancellationToken).ConfigureAwait(false))!;
        var after = await BodyReport.OfAsync(document, InChanged(Member, root), Diagnostic.Id, CancellationToken).ConfigureAwait(false);
        return proposal.Scope is null
            ? after.Mends(_before, Diagnostic.Id)
            : after.Within(InChanged(proposal.Scope, root)).Mends(_before.Within(proposal.Scope), Diagnostic.Id);
    }

    /// <summary>Repairs change one member, behind its beginning, and leave no other one out; a directive may be added above.</summary>
    private static SyntaxNode InChanged(SyntaxNode member, SyntaxNode changed)
    {
        if (member is CompilationUnitSyntax)
            return changed;
        if (member is MemberDeclarationSyntax)
        {
            var place = MembersOf(member.Parent!).TakeWhile(other => other != member).Count();
            return MembersOf(InChanged(member.Parent!, changed)).ElementAt(place);
        }

        return changed.FindToken(member.FullSpan.Start).Parent!
            .AncestorsAndSelf()
            .Last(node => node.FullSpan.Start == member.FullSpan.Start && node.RawKind == member.RawKind);
    }

    private static IEnumerable<MemberDeclarationSyntax> MembersOf(SyntaxNode owner) => owner.ChildNodes().OfType<MemberDeclarationSyntax>();
}
