using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>An expression that chooses between values, and depends on nothing but variables.</summary>
/// <param name="Text">How it is written, without blanks.</param>
/// <param name="Variables">The locals, parameters, fields and properties in it.</param>
internal sealed record Choice(string Text, ImmutableArray<ISymbol> Variables);

/// <summary>The choices (<c>flag ? a : b</c>, <c>x?.Y</c>, <c>x ?? y</c>, a <c>switch</c>) that a body writes more than once: until somebody writes to their variables, they are the same.</summary>
internal sealed class Choices(BodyContext body, IEnumerable<SyntaxNode> nodes)
{
    private readonly Lazy<HashSet<string>> _repeated = new(() => [.. nodes.Where(IsChoice).GroupBy(TextOf).Where(same => same.Skip(1).Any()).Select(same => same.Key)]);
    private readonly Dictionary<SyntaxNode, Choice?> _bySyntax = [];
    private readonly List<Choice> _all = [];

    /// <summary>The choice that an expression makes; null where it is made once, or may come out differently the next time.</summary>
    public Choice? At(SyntaxNode expression)
    {
        if (!IsChoice(expression))
            return null;
        if (!_bySyntax.TryGetValue(expression, out var choice))
            _bySyntax.Add(expression, choice = _repeated.Value.Contains(TextOf(expression)) ? Read(expression) : null);
        return choice;
    }

    /// <summary>Those that come out differently once the variable is written.</summary>
    public IEnumerable<Choice> DependingOn(ISymbol variable)
    {
        foreach (var choice in _all)
        {
            if (choice.Variables.Contains(variable.OriginalDefinition, SymbolEqualityComparer.Default))
                yield return choice;
        }
    }

    private Choice? Read(SyntaxNode expression)
    {
        var variables = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (var node in expression.DescendantNodesAndSelf())
        {
            if (!IsStable(node))
                return null;
            if (node is IdentifierNameSyntax && VariableIn(body.Model?.GetSymbolInfo(node).Symbol?.OriginalDefinition, out var isStable) is var variable)
            {
                if (!isStable)
                    return null;
                if (variable is not null)
                    variables.Add(variable);
            }
        }

        var text = TextOf(expression);
        var choice = _all.Find(other => other.Text == text && other.Variables.SequenceEqual(variables, SymbolEqualityComparer.Default));
        if (choice is null)
            _all.Add(choice = new Choice(text, variables.ToImmutable()));
        return choice;
    }

    private bool IsStable(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => body.Model?.GetSymbolInfo(call).Symbol is IMethodSymbol method && IsPure(method),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => false,
        AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax or ElementAccessExpressionSyntax
            or ElementBindingExpressionSyntax or VariableDesignationSyntax or QueryExpressionSyntax or CollectionExpressionSyntax => false,
        _ => true,
    };

    private bool IsPure(IMethodSymbol method) => KnownSymbols.Same(method.ContainingType, body.Annotations.Known.BackupNamespace) || body.Facts.Members.Of(method).IsPure;

    private ISymbol? VariableIn(ISymbol? symbol, out bool isStable)
    {
        (isStable, var variable) = symbol switch
        {
            ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None or RefKind.In } => (!body.IsWrittenByFunction(symbol), symbol),
            IFieldSymbol or IPropertySymbol => (true, symbol),
            IMethodSymbol method => (IsPure(method), null),
            _ => (symbol is INamespaceOrTypeSymbol, null),
        };
        return variable;
    }

    private static bool IsChoice(SyntaxNode node) => node is ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or SwitchExpressionSyntax
        or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression };

    private static string TextOf(SyntaxNode expression) => string.Join(" ", expression.DescendantTokens().Select(token => token.Text));
}
