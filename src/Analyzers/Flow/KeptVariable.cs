using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Tells, by syntax, a local whose guards a collection or a field of the object has too: <c>_all[key] = session = new Session(); return session;</c></summary>
internal static class KeptVariable
{
    /// <summary>Whether all that the local can have comes out of what the object keeps, or goes into it.</summary>
    public static bool Is(string local, SyntaxNode declaration)
    {
        bool? isStored = null;
        var hasValue = false;
        foreach (var node in declaration.DescendantNodes())
        {
            if (SourceOf(node, local) is not { } source)
                continue;
            hasValue = true;
            var isKept = node is SingleVariableDesignationSyntax or ArgumentSyntax && source is InvocationExpressionSyntax call
                ? IsElement(call, declaration)
                : ReturnedExpressions.Alternatives(source).All(value => ReturnedExpressions.IsLentByName(value, declaration));
            if (!isKept && !(isStored ??= declaration.DescendantNodes().Any(other => Stores(other, local, declaration))))
                return false;
        }

        return hasValue && !ReturnedExpressions.IsDisposedOnTheWay(SyntaxFactory.IdentifierName(local), declaration);
    }

    /// <summary>The names of what the local comes out of, or goes into.</summary>
    public static IEnumerable<string> Keepers(string local, SyntaxNode declaration) => declaration.DescendantNodes()
        .Select(node => SourceOf(node, local) ?? (Stores(node, local, declaration) ? node : null))
        .OfType<SyntaxNode>()
        .SelectMany(source => source.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        .Select(name => name.Identifier.ValueText);

    /// <summary>Whether the call answers, or hands out, what a collection of the object goes on keeping.</summary>
    public static bool IsElement(InvocationExpressionSyntax call, SyntaxNode declaration) => call.Expression is MemberAccessExpressionSyntax access
        && access.Name.Identifier.ValueText is "TryGetValue" or "TryPeek" or "Peek" or "GetOrAdd" or "GetValueOrDefault" or "Find" or "ElementAt"
            or "First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "Single" or "SingleOrDefault"
        && IsOwn(access.Expression, declaration);

    /// <summary>What the node gives the local; null where it gives none.</summary>
    private static ExpressionSyntax? SourceOf(SyntaxNode node, string local) => node switch
    {
        VariableDeclaratorSyntax { Initializer: { } initializer } variable when variable.Identifier.ValueText == local => initializer.Value,
        AssignmentExpressionSyntax assignment when IsNamed(assignment.Left, local) => assignment.Right,
        ForEachStatementSyntax loop when loop.Identifier.ValueText == local => loop.Expression,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Parent.Parent: ExpressionSyntax call } argument when IsNamed(argument.Expression, local) => call,
        SingleVariableDesignationSyntax designation when designation.Identifier.ValueText == local =>
            designation.FirstAncestorOrSelf<ExpressionSyntax>(outer => outer is IsPatternExpressionSyntax or InvocationExpressionSyntax or SwitchExpressionSyntax) switch
            {
                IsPatternExpressionSyntax test => test.Expression,
                SwitchExpressionSyntax choice => choice.GoverningExpression,
                var call => call,
            },
        _ => null,
    };

    private static bool Stores(SyntaxNode node, string local, SyntaxNode declaration) => node switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment =>
            (IsNamed(assignment.Right, local) || assignment.Right is AssignmentExpressionSyntax inner && IsNamed(inner.Left, local)) && IsOwn(assignment.Left, declaration),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "TryAdd" or "AddFirst" or "AddLast" or "Enqueue" or "Insert" or "Push" } access } call =>
            call.ArgumentList.Arguments.Any(argument => IsNamed(argument.Expression, local)) && IsOwn(access.Expression, declaration),
        _ => false,
    };

    private static bool IsNamed(ExpressionSyntax expression, string name) => expression is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;

    /// <summary>Whether the expression leads on from a field or property of the object: a parameter is somebody else's.</summary>
    private static bool IsOwn(ExpressionSyntax expression, SyntaxNode declaration) => expression switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } => !ReturnedExpressions.DeclaresLocal(declaration, name)
            && !declaration.DescendantNodes().OfType<ParameterSyntax>().Any(parameter => parameter.Identifier.ValueText == name),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } => true,
        MemberAccessExpressionSyntax access => IsOwn(access.Expression, declaration),
        ElementAccessExpressionSyntax access => IsOwn(access.Expression, declaration),
        _ => false,
    };
}
