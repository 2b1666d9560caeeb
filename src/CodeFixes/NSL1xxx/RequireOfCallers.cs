using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Says that callers must hold what an operation needs: <c>[RequiresLock(LockMode.Shared, nameof(ns))]</c> on the member.</summary>
internal sealed class RequireOfCallers() : Repair(NSL1001LockRequiredFix.RequireOfCallersKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        var needs = LockNeed.Of(context.Diagnostic);
        if (needs.Count == 0 || OwnerOf(context.Node) is not { } declaration || context.Model.GetDeclaredSymbol(declaration) is not { } owner || !CanBeRequired(owner, context))
            yield break;
        var paths = new CallerPaths(context, owner);
        var namespaces = needs.Select(need => paths.OfNamespace(need.Namespace)).OfType<ExpressionSyntax>().ToList();
        if (namespaces.Count < needs.Count)
            yield break;
        yield return With(null);

        // Where the member's own type is a store, that one is meant unless another is named.
        foreach (var store in OperationStore.Of(context).Select(paths.Of).OfType<ExpressionSyntax>().Take(1))
            yield return With(store);

        Proposal With(ExpressionSyntax? store)
        {
            var attributes = needs.Zip(namespaces, (need, path) => Write(context, need.Mode, path, store)).ToList();
            return new($"Require {LockNeed.Describe(needs)} of callers", context.Root.ReplaceNode(declaration, AttributeWriter.Add(declaration, attributes)), declaration, TypeNamed(context, "LockMode"));
        }
    }

    /// <summary>The local function or member that runs the operation; a lambda's callers cannot be told.</summary>
    private static SyntaxNode? OwnerOf(SyntaxNode node)
    {
        var owner = node.Ancestors().FirstOrDefault(ancestor =>
            ancestor is LocalFunctionStatementSyntax or MethodDeclarationSyntax or ConstructorDeclarationSyntax or BasePropertyDeclarationSyntax);
        // An initializer runs when the object is made, not when the property is read.
        return owner is PropertyDeclarationSyntax { Initializer: { } initializer } && initializer.Span.Contains(node.Span) ? null : owner;
    }

    /// <summary>An override cannot ask for more than what it overrides, and nobody could hold a lock for what the runtime calls.</summary>
    private static bool CanBeRequired(ISymbol owner, RepairContext context) =>
        !AnnotationReader.Overridden(owner).Any()
        && owner is not IMethodSymbol { MethodKind: MethodKind.StaticConstructor }
        && !SymbolEqualityComparer.Default.Equals(owner, context.Model.Compilation.GetEntryPoint(context.CancellationToken));

    private static AttributeSyntax Write(RepairContext context, LockMode mode, ExpressionSyntax path, ExpressionSyntax? store)
    {
        var generator = SyntaxGenerator.GetGenerator(context.Document);
        // A qualified name is no expression, though it reads like one.
        var modes = generator.TypeExpression(TypeNamed(context, "LockMode"));
        modes = modes.CopyAnnotationsTo(ParseExpression(modes.ToString()));
        var arguments = new List<SyntaxNode>
        {
            generator.AttributeArgument(generator.MemberAccessExpression(modes, mode.ToString())),
            generator.AttributeArgument(path),
        };
        if (store is not null)
            arguments.Add(generator.AttributeArgument("Store", store));
        return ((AttributeListSyntax)generator.Attribute(generator.TypeExpression(TypeNamed(context, "RequiresLockAttribute")), arguments)).Attributes[0];
    }

    private static INamedTypeSymbol TypeNamed(RepairContext context, string name) =>
        context.Model.Compilation.GetTypeByMetadataName("NamespaceLocking." + name)!;
}
