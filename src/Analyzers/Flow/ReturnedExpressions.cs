using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What a declaration returns or assigns to an <c>out</c> parameter, by its syntax: nulls and what throws left out.</summary>
internal static class ReturnedExpressions
{
    public static IEnumerable<ExpressionSyntax> Of(SyntaxNode declaration)
    {
        if (declaration is ArrowExpressionClauseSyntax arrow)
            return Alternatives(arrow.Expression);
        var getter = declaration is BasePropertyDeclarationSyntax { AccessorList: { } accessors }
            ? accessors.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration))
            : null;
        var body = declaration switch
        {
            MethodDeclarationSyntax method => method.ExpressionBody,
            PropertyDeclarationSyntax property => property.ExpressionBody,
            IndexerDeclarationSyntax indexer => indexer.ExpressionBody,
            BaseMethodDeclarationSyntax other => other.ExpressionBody,
            LocalFunctionStatementSyntax function => function.ExpressionBody,
            AccessorDeclarationSyntax accessor => accessor.ExpressionBody,
            _ => null,
        } ?? getter?.ExpressionBody;
        var returned = (declaration as MethodDeclarationSyntax)?.ReturnType ?? (declaration as LocalFunctionStatementSyntax)?.ReturnType;
        if (body is not null && returned is not PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword })
            return Results(body.Expression);
        return (getter ?? declaration).DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || node == declaration)
            .OfType<ReturnStatementSyntax>()
            .Where(statement => statement.Expression is not null)
            .SelectMany(statement => Results(statement.Expression!));

        // A task that is there already has what it is made with.
        IEnumerable<ExpressionSyntax> Results(ExpressionSyntax expression) =>
            expression is ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: { } result }] } && returned is GenericNameSyntax { Identifier.ValueText: "ValueTask" }
                ? Alternatives(result)
                : Alternatives(expression);
    }

    public static IEnumerable<ExpressionSyntax> AssignedTo(string parameter, SyntaxNode declaration) => declaration.DescendantNodes()
        .OfType<AssignmentExpressionSyntax>()
        .Where(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var name } && name == parameter)
        .SelectMany(assignment => Alternatives(assignment.Right));

    /// <summary>
    /// Whether the expression names something that others own: a field, a parameter, <c>this</c>, a member of those, a local that was made equal to one, or that
    /// goes into one.
    /// </summary>
    public static bool IsLent(ExpressionSyntax expression, SyntaxNode declaration) => IsLentByName(expression, declaration)
        || (expression is IdentifierNameSyntax { Identifier.ValueText: var local } && (IsCopyOfLent(local, declaration) || KeptVariable.Is(local, declaration)));

    internal static bool IsLentByName(ExpressionSyntax expression, SyntaxNode declaration) => expression switch
    {
        ThisExpressionSyntax => true,
        IdentifierNameSyntax name => !DeclaresLocal(declaration, name.Identifier.ValueText),
        // What a local variable has a guard of owns it.
        MemberAccessExpressionSyntax access => access.Expression is BaseExpressionSyntax or IdentifierNameSyntax || IsLentByName(access.Expression, declaration),
        ElementAccessExpressionSyntax access => IsLentByName(access.Expression, declaration),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => IsLentByName(inner.Operand, declaration),
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax } access => IsLentByName(access.Expression, declaration),
        // It goes into the field that it is handed out of.
        AssignmentExpressionSyntax assignment => IsLentByName(assignment.Left, declaration),
        InvocationExpressionSyntax call => KeptVariable.IsElement(call, declaration),
        _ => false,
    };

    /// <summary>Whether a local has what its declaration gives it, and no other value.</summary>
    private static bool IsCopyOfLent(string local, SyntaxNode declaration)
    {
        var variables = declaration.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Identifier.ValueText == local).Take(2).ToArray();
        if (variables is not [{ Initializer.Value: { } value, Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } }])
            return false;
        var values = Alternatives(value).ToList();
        return values.Count > 0 && values.TrueForAll(one => IsLentByName(one, declaration))
            && !declaration.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local && IsWritten(name));
    }

    private static bool IsWritten(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax },
        _ => false,
    };

    /// <summary>The name that a property just returns.</summary>
    public static string? FieldOf(SyntaxNode declaration) => Of(declaration).Take(2).ToArray() is not [var only] ? null : only switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax member } => member.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Whether it is a local that its own <c>using</c> disposes.</summary>
    public static bool IsDisposedOnTheWay(ExpressionSyntax expression, SyntaxNode declaration) => expression is IdentifierNameSyntax name
        && declaration.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(variable => variable.Identifier.ValueText == name.Identifier.ValueText
            && variable.Parent?.Parent is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 });

    internal static bool DeclaresLocal(SyntaxNode declaration, string name) => declaration.DescendantNodes().Any(node => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText == name,
        ForEachStatementSyntax loop => loop.Identifier.ValueText == name,
        _ => false,
    });

    internal static IEnumerable<ExpressionSyntax> Alternatives(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Alternatives(inner.Expression),
        CastExpressionSyntax cast => Alternatives(cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => Alternatives(inner.Operand),
        ConditionalExpressionSyntax choice => Alternatives(choice.WhenTrue).Concat(Alternatives(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Alternatives(arm.Expression)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => Alternatives(choice.Left).Concat(Alternatives(choice.Right)),
        ThrowExpressionSyntax or LiteralExpressionSyntax or DefaultExpressionSyntax => [],
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult", Expression: SimpleNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } },
            ArgumentList.Arguments: [{ Expression: { } result }],
        } => Alternatives(result),
        ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "ValueTask" }, ArgumentList.Arguments: [{ Expression: { } result }] } => Alternatives(result),
        _ => [expression],
    };
}
