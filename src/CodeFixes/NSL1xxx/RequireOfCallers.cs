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
internal sealed class RequireOfCallers() : Repair(LockRequiredFix.RequireOfCallersKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        var needs = LockNeed.Of(context.Diagnostic);
        if (needs.Count == 0 || OwnerOf(context.Node) is not { } declaration || context.Model.GetDeclaredSymbol(declaration) is not { } owner || !CanBeRequired(owner, context))
            yield break;
        var paths = new CallerPaths(context, owner);
        var attributes = needs.Select(need => paths.Of(need.Namespace) is { } path ? Write(context, need.Mode, path) : null).ToList();
        if (attributes.Contains(null))
            yield break;
        yield return new Proposal($"Require {LockNeed.Describe(needs)} of callers", context.Root.ReplaceNode(declaration, AttributeWriter.Add(declaration, attributes!)));
    }

    /// <summary>The local function or member that runs the operation; a lambda's callers cannot be told.</summary>
    private static SyntaxNode? OwnerOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor =>
        ancestor is LocalFunctionStatementSyntax or MethodDeclarationSyntax or ConstructorDeclarationSyntax or BasePropertyDeclarationSyntax);

    /// <summary>An override cannot ask for more than what it overrides, and nobody could hold a lock for what the runtime calls.</summary>
    private static bool CanBeRequired(ISymbol owner, RepairContext context) =>
        !AnnotationReader.Overridden(owner).Any()
        && owner is not IMethodSymbol { MethodKind: MethodKind.StaticConstructor }
        && !SymbolEqualityComparer.Default.Equals(owner, context.Model.Compilation.GetEntryPoint(context.CancellationToken));

    private static AttributeSyntax Write(RepairContext context, LockMode mode, ExpressionSyntax path)
    {
        var generator = SyntaxGenerator.GetGenerator(context.Document);
        var modes = context.Model.Compilation.GetTypeByMetadataName("NamespaceLocking.LockMode")!;
        var modeArgument = generator.MemberAccessExpression(generator.TypeExpression(modes), mode.ToString());
        var list = (AttributeListSyntax)generator.Attribute(generator.TypeExpression(context.Model.Compilation.GetTypeByMetadataName("NamespaceLocking.RequiresLockAttribute")!), [generator.AttributeArgument(modeArgument), generator.AttributeArgument(path)]);
        return list.Attributes[0];
    }
}
