using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>The names whose guards some code disposes: <c>x.Dispose()</c>, <c>using (x)</c>, <c>foreach (var i in x) i.Dispose()</c>, and copies of them.</summary>
/// <remarks>By syntax alone: a name that is disposed anywhere counts, so that doubt is silent.</remarks>
internal static class DisposedNames
{
    public static HashSet<string> In(SyntaxNode code) => In(code.DescendantNodes());

    public static HashSet<string> In(IEnumerable<SyntaxNode> nodes)
    {
        var disposed = new HashSet<string>();
        var copies = new List<(string Name, SyntaxNode Source)>();
        foreach (var node in nodes)
        {
            AddDisposed(node, disposed);
            AddCopy(node, copies);
        }

        // Who disposes a copy disposes what it was copied from.
        for (var before = -1; before != disposed.Count;)
        {
            before = disposed.Count;
            foreach (var (name, source) in copies)
            {
                if (disposed.Contains(name))
                    AddNames(source, disposed);
            }
        }

        return disposed;
    }

    private static void AddDisposed(SyntaxNode node, HashSet<string> names)
    {
        switch (node)
        {
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
                when access.Name.Identifier.ValueText.StartsWith("Dispose", StringComparison.Ordinal):
                AddNames(access.Expression, names);
                break;
            case ConditionalAccessExpressionSyntax conditional when MentionsDispose(conditional.WhenNotNull):
                AddNames(conditional.Expression, names);
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ForEach" or "Select" } access } call when MentionsDispose(call.ArgumentList):
                AddNames(access.Expression, names);
                break;
            case ArgumentSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } argument when IsGivenToDispose(argument):
                AddNames(argument.Expression, names);
                break;
            case UsingStatementSyntax { Expression: { } resource }:
                AddNames(resource, names);
                break;
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration:
                foreach (var variable in declaration.Declaration.Variables)
                {
                    var resource = variable.Initializer?.Value is AwaitExpressionSyntax awaited ? awaited.Expression : variable.Initializer?.Value;
                    if (resource is IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax)
                        AddNames(resource, names);
                }

                break;
        }
    }

    /// <summary>Whether who gets the argument disposes it, by the name of the call, or as a type's own disposal makes the call.</summary>
    private static bool IsGivenToDispose(ArgumentSyntax argument)
    {
        if (argument.Parent?.Parent is not InvocationExpressionSyntax call)
            return false;
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return name is not null && (IsDisposal(name.Identifier.ValueText) || name.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: var method } && method.StartsWith("Dispose", StringComparison.Ordinal));
    }

    private static bool IsDisposal(string name) => name.Contains("Dispose") || name.StartsWith("Free", StringComparison.Ordinal) || name.StartsWith("Release", StringComparison.Ordinal);

    private static void AddCopy(SyntaxNode node, List<(string Name, SyntaxNode Source)> copies)
    {
        switch (node)
        {
            case VariableDeclaratorSyntax { Initializer: { } initializer } variable:
                copies.Add((variable.Identifier.ValueText, initializer.Value));
                break;
            case PropertyDeclarationSyntax { ExpressionBody: { } answer } property:
                copies.Add((property.Identifier.ValueText, answer.Expression));
                break;
            case ForEachStatementSyntax loop:
                copies.Add((loop.Identifier.ValueText, loop.Expression));
                break;
            case SingleVariableDesignationSyntax designation
                when designation.FirstAncestorOrSelf<SyntaxNode>(IsSource) is { } source:
                copies.Add((designation.Identifier.ValueText, source));
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment:
                copies.Add((left.Identifier.ValueText, assignment.Right));
                break;
            case AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple } assignment:
                copies.AddRange(tuple.Arguments.Select(part => part.Expression).OfType<IdentifierNameSyntax>().Select(part => (part.Identifier.ValueText, (SyntaxNode)assignment.Right)));
                break;
        }

        static bool IsSource(SyntaxNode node) => node is IsPatternExpressionSyntax or InvocationExpressionSyntax or ForEachVariableStatementSyntax or AssignmentExpressionSyntax;
    }

    private static bool MentionsDispose(SyntaxNode code) =>
        code.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "Dispose" or "DisposeAsync");

    private static void AddNames(SyntaxNode expression, HashSet<string> names)
    {
        foreach (var name in expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            names.Add(name.Identifier.ValueText);
    }
}
