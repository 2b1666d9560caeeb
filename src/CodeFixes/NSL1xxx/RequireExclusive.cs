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
            || context.Model.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } owner
            || owner.Kind is not (SymbolKind.Method or SymbolKind.Property)
            || AnnotationReader.Overridden(owner).Any())
        {
            yield break;
        }

        foreach (var term in context.Annotations.Of(owner).Requires.Where(term => term.Mode == LockMode.Shared))
        {
            var attribute = term.Source?.GetSyntax(context.CancellationToken) as AttributeSyntax;
            if (ModeIn(attribute) is { } mode && mode.SyntaxTree == context.Root.SyntaxTree)
            {
                var title = $"Require an exclusive lock on '{term.Namespace.Text}' of callers";
                var exclusive = mode.WithName(SyntaxFactory.IdentifierName(nameof(LockMode.Exclusive)).WithTriviaFrom(mode.Name));
                yield return new Proposal(title, context.Root.ReplaceNode(mode, exclusive));
            }
        }
    }

    private static MemberAccessExpressionSyntax? ModeIn(AttributeSyntax? attribute) =>
        attribute?.ArgumentList?.Arguments.FirstOrDefault()?.Expression as MemberAccessExpressionSyntax;
}
