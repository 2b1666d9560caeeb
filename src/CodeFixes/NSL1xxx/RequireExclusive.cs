using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Has callers hold an exclusive lock where the member itself says that a shared one is enough.</summary>
internal sealed class RequireExclusive() : Repair(NSL1002ExclusiveLockRequiredFix.RequireExclusiveKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (context.OtherPlace is not { } declaration
            || context.Model.GetDeclaredSymbol(declaration, context.CancellationToken) is not { Kind: SymbolKind.Method or SymbolKind.Property } owner
            || AnnotationReader.Overridden(owner).Any())
        {
            yield break;
        }

        foreach (var term in context.Annotations.Of(owner).Requires)
        {
            if (term.Mode == LockMode.Shared
                && term.Source?.GetSyntax(context.CancellationToken) is AttributeSyntax { ArgumentList.Arguments: [{ Expression: MemberAccessExpressionSyntax mode }, ..] } attribute
                && attribute.SyntaxTree == context.Root.SyntaxTree)
            {
                var exclusive = mode.WithName(SyntaxFactory.IdentifierName(nameof(LockMode.Exclusive)).WithTriviaFrom(mode.Name));
                yield return new Proposal($"Require an exclusive lock on '{term.Namespace.Text}' of callers", context.Root.ReplaceNode(mode, exclusive));
            }
        }
    }
}
