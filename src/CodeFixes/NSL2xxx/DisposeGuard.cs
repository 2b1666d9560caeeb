using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>Has a guard disposed by <c>using</c>, whatever became of it where it was acquired.</summary>
internal sealed class DisposeGuard() : Repair(NSL2001GuardDroppedFix.UsingKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (context.Node is ParameterSyntax parameter)
            return OwnedParameter.Propose(context, parameter);
        if (context.Node is not ExpressionSyntax acquisition)
            return [];
        var value = GuardValue.Of(context, acquisition);
        if (value.OutArgument is { } argument)
            return OutGuard.Propose(context, value, argument);
        if (value.IsTuple)
            return TupleGuard.Propose(context, value);
        switch (value.Outer.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
                when variable.Parent?.Parent is LocalDeclarationStatementSyntax declaration:
                return DeclaredGuard.Propose(context, value, declaration, variable);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax } assignment
                when context.SymbolOf(target) is not IDiscardSymbol:
                return AssignedGuard.Propose(context, value, assignment, target);
            case IsPatternExpressionSyntax pattern when DesignationIn(pattern.Pattern) is { } variable:
                return GuardUses.OfDeclared(context, variable) is { Escapes: false } uses
                    ? new GuardScope(context, value.Type).Propose(context.Node, variable.Identifier.Text, uses)
                    : [];
            default:
                return DroppedGuard.Propose(context, value);
        }
    }

    private static SingleVariableDesignationSyntax? DesignationIn(PatternSyntax pattern) =>
        pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().FirstOrDefault();
}
