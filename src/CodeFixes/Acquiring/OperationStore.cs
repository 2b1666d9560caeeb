using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.Acquiring;

/// <summary>The objects that an operation works on, as code writes them: the store that its annotation names, and its receiver.</summary>
internal static class OperationStore
{
    /// <summary>The most telling first. Only what can be written twice without running anything twice: names and member accesses.</summary>
    public static IEnumerable<ExpressionSyntax> Of(RepairContext context)
    {
        (ISymbol? member, IOperation? instance, ImmutableArray<IArgumentOperation> arguments) = context.Operation switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Instance, invocation.Arguments),
            IObjectCreationOperation creation => (creation.Constructor, null, creation.Arguments),
            IPropertyReferenceOperation property => (property.Property, property.Instance, property.Arguments),
            IFieldReferenceOperation field => (field.Field, field.Instance, ImmutableArray<IArgumentOperation>.Empty),
            _ => default((ISymbol?, IOperation?, ImmutableArray<IArgumentOperation>)),
        };
        if (member is null)
            yield break;
        var receiver = instance is { IsImplicit: false } ? instance.Syntax : null;
        if (member is IMethodSymbol { IsExtensionMethod: true })
            receiver ??= ArgumentAt(0);

        var annotations = context.Annotations.Of(member);
        foreach (var term in annotations.Requires.Concat(annotations.GuardedBy is { } guarded ? [guarded] : []))
        {
            var root = term.Store?.Root switch
            {
                PathRoot.Parameter => ArgumentAt(term.Store.Parameter),
                // What an object captured, only its own code can name.
                PathRoot.This when term.Store.Members is [IParameterSymbol captured, ..] =>
                    instance is IInstanceReferenceOperation ? SyntaxFactory.IdentifierName(captured.Name) : null,
                PathRoot.This => receiver,
                _ => null,
            };
            if (Stable(root) is { } store)
                yield return term.Store!.Members.Where(member => member is not IParameterSymbol).Aggregate(store, Access);
        }

        if (Stable(receiver) is { } own)
            yield return own;

        SyntaxNode? ArgumentAt(int ordinal) => arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value.Syntax;
    }

    public static ExpressionSyntax Access(ExpressionSyntax target, ISymbol member) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, target, SyntaxFactory.IdentifierName(member.Name));

    private static ExpressionSyntax? Stable(SyntaxNode? expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax => ((ExpressionSyntax)expression).WithoutTrivia(),
        MemberAccessExpressionSyntax access when Stable(access.Expression) is not null => access.WithoutTrivia(),
        _ => null,
    };
}
