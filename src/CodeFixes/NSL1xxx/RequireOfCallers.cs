using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Has callers hold what an operation needs: <c>[RequiresLock(LockMode.Shared, nameof(ns))]</c> on the member.</summary>
internal sealed class RequireOfCallers() : Repair(NSL1001LockRequiredFix.RequireOfCallersKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        var needs = LockNeed.Of(context.Diagnostic);
        if (needs.Count == 0
            || OwnerOf(context.Node) is not { } declaration
            || context.Model.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } owner
            || !CanBeRequired(owner, context))
        {
            yield break;
        }

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
            var writer = new AnnotationWriter(context.Document, context.Model.Compilation);
            var attributes = needs.Zip(namespaces, (need, path) => writer.Write(AnnotationKind.RequiresLock, need.Mode, path, store)).ToList();
            var root = context.Root.ReplaceNode(declaration, AttributeWriter.Add(declaration, attributes));
            return new Proposal($"Require {LockNeed.Describe(needs)} of callers", root, declaration, writer.LockMode);
        }
    }

    /// <summary>The local function or member that runs the operation; a lambda's callers cannot be told.</summary>
    private static SyntaxNode? OwnerOf(SyntaxNode node)
    {
        var owner = node.Ancestors().FirstOrDefault(ancestor => ancestor
            is LocalFunctionStatementSyntax or MethodDeclarationSyntax or ConstructorDeclarationSyntax or BasePropertyDeclarationSyntax);
        // An initializer runs when the object is made, not when the property is read.
        return owner is PropertyDeclarationSyntax { Initializer: { } initializer } && initializer.Span.Contains(node.Span) ? null : owner;
    }

    /// <summary>An override cannot ask for more than what it overrides, and nobody could hold a lock for what the runtime calls.</summary>
    private static bool CanBeRequired(ISymbol owner, RepairContext context) =>
        !AnnotationReader.Overridden(owner).Any()
        && owner is not IMethodSymbol { MethodKind: MethodKind.StaticConstructor }
        && !SymbolEqualityComparer.Default.Equals(owner, context.Model.Compilation.GetEntryPoint(context.CancellationToken));
}
