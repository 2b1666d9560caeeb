using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that is assigned to a variable declared before: the two become one declaration where they can, else its scope is closed with <c>using</c>.</summary>
internal static class AssignedGuard
{
    public static IEnumerable<Proposal> Propose(RepairContext context, GuardValue value, AssignmentExpressionSyntax assignment, IdentifierNameSyntax target)
    {
        if (context.Model.GetSymbolInfo(target, context.CancellationToken).Symbol is not ILocalSymbol local || value.IsTask || new GuardUses(context, local).Escapes)
            return [];
        return new GuardScope(context, local.Type).Propose(assignment, target.Identifier.Text);
    }
}
