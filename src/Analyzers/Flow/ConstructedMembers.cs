using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>The fields and properties that a constructor fills with an argument as it is: by syntax.</summary>
internal static class ConstructedMembers
{
    /// <summary>The members, each with the ordinal of its parameter; only of parameters that are a namespace or have one.</summary>
    public static ImmutableArray<(int Parameter, ISymbol Member)> Of(IMethodSymbol constructor, KnownSymbols known)
    {
        if (!constructor.Parameters.Any(parameter => known.IsNamespace(parameter.Type) || known.NamespaceProperty(parameter.Type) is not null)
            || constructor.DeclaringSyntaxReferences is not [var reference])
        {
            return [];
        }

        var assigned = reference.GetSyntax() switch
        {
            ConstructorDeclarationSyntax { Initializer: null or { RawKind: (int)SyntaxKind.BaseConstructorInitializer } } declaration => AssignedIn(declaration),
            TypeDeclarationSyntax type => InitializedIn(type),
            _ => [],
        };
        var members = ImmutableArray.CreateBuilder<(int, ISymbol)>();
        foreach (var values in assigned.GroupBy(pair => pair.Member, pair => pair.Value))
        {
            // What is written twice has the last value.
            if (values.Take(2).ToArray() is not [IdentifierNameSyntax { Identifier.ValueText: var name }])
                continue;
            var parameter = constructor.Parameters.FirstOrDefault(parameter => parameter.Name == name && parameter.RefKind == RefKind.None);
            if (parameter is not null && KnownSymbols.MemberNamed(constructor.ContainingType, values.Key) is { IsStatic: false } member and (IFieldSymbol or IPropertySymbol)
                && !OwnershipFacts.HasSetter(member))
            {
                members.Add((parameter.Ordinal, member));
            }
        }

        return members.ToImmutable();
    }

    private static IEnumerable<(string Member, ExpressionSyntax Value)> AssignedIn(ConstructorDeclarationSyntax constructor)
    {
        foreach (var assignment in constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            var member = assignment.Left switch
            {
                IdentifierNameSyntax own => own.Identifier.ValueText,
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => own.Name.Identifier.ValueText,
                _ => null,
            };
            if (member is not null)
                yield return (member, assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? Unthrown(assignment.Right) : assignment);
        }
    }

    private static IEnumerable<(string Member, ExpressionSyntax Value)> InitializedIn(TypeDeclarationSyntax type)
    {
        // The properties of a record have the names of its parameters, unless it declares them itself.
        if (type is RecordDeclarationSyntax { ParameterList: { } list })
        {
            foreach (var parameter in list.Parameters)
            {
                if (!type.Members.Any(member => member is PropertyDeclarationSyntax property && property.Identifier.ValueText == parameter.Identifier.ValueText))
                    yield return (parameter.Identifier.ValueText, SyntaxFactory.IdentifierName(parameter.Identifier.ValueText));
            }
        }

        foreach (var member in type.Members)
        {
            if (member is PropertyDeclarationSyntax { Initializer: { } initializer } property)
                yield return (property.Identifier.ValueText, Unthrown(initializer.Value));
            if (member is not FieldDeclarationSyntax field)
                continue;
            foreach (var variable in field.Declaration.Variables)
            {
                if (variable.Initializer is { } value)
                    yield return (variable.Identifier.ValueText, Unthrown(value.Value));
            }
        }
    }

    /// <summary><c>value ?? throw …</c> is the value.</summary>
    private static ExpressionSyntax Unthrown(ExpressionSyntax value) =>
        value is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: ThrowExpressionSyntax } choice ? choice.Left : value;
}
