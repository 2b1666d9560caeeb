using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>Has a guard disposed by <c>using</c>, whatever became of it where it was acquired.</summary>
internal sealed class DisposeGuard() : Repair(GuardLifetimeFix.UsingKey)
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
        return value.Outer.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax declaration } variable } =>
                DeclaredGuard.Propose(context, value, declaration, variable),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax } assignment when !IsDiscard(context, target) =>
                AssignedGuard.Propose(context, value, assignment, target),
            IsPatternExpressionSyntax pattern when DesignationIn(pattern.Pattern) is { } variable =>
                new GuardScope(context, value.Type).Propose(context.Node, variable.Identifier.ValueText),
            _ => DroppedGuard.Propose(context, value),
        };
    }

    private static bool IsDiscard(RepairContext context, IdentifierNameSyntax target) =>
        context.Model.GetSymbolInfo(target, context.CancellationToken).Symbol is IDiscardSymbol;

    private static SingleVariableDesignationSyntax? DesignationIn(PatternSyntax pattern) =>
        pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().FirstOrDefault();
}
