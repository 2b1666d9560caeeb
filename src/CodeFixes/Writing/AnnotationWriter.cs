using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NamespaceLocking.Analyzers.Annotations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Writes annotations as attributes, in names that are shortened where the file imports them.</summary>
internal sealed class AnnotationWriter(Document document, Compilation compilation)
{
    private readonly SyntaxGenerator _generator = SyntaxGenerator.GetGenerator(document);

    /// <summary>A type by which a file imports the library.</summary>
    public INamedTypeSymbol LockMode => TypeNamed(nameof(LockMode));

    /// <summary><c>RequiresLock(LockMode.Shared, nameof(ns))</c></summary>
    public AttributeSyntax Write(AnnotationKind kind, LockMode? mode, ExpressionSyntax path, ExpressionSyntax? store)
    {
        var arguments = new List<SyntaxNode>();
        if (mode is not null)
        {
            // A qualified name is no expression, though it reads like one.
            var modes = _generator.TypeExpression(LockMode);
            modes = modes.CopyAnnotationsTo(ParseExpression(modes.ToString()));
            arguments.Add(_generator.AttributeArgument(_generator.MemberAccessExpression(modes, mode.Value.ToString())));
        }

        arguments.Add(_generator.AttributeArgument(path));
        if (store is not null)
            arguments.Add(_generator.AttributeArgument("Store", store));
        return ((AttributeListSyntax)_generator.Attribute(_generator.TypeExpression(TypeNamed(kind + "Attribute")), arguments)).Attributes[0];
    }

    /// <summary>The attribute that a diagnostic proposes.</summary>
    public AttributeSyntax Write(AnnotationProposal proposal) => Write(proposal.Kind, proposal.Mode, proposal.Namespace, proposal.Store);

    private INamedTypeSymbol TypeNamed(string name) => compilation.GetTypeByMetadataName("NamespaceLocking." + name)!;
}
