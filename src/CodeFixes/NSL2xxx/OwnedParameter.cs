using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A parameter that takes ownership: its function begins with <c>using var guardScope = guard;</c></summary>
internal static class OwnedParameter
{
    public static IEnumerable<Proposal> Propose(RepairContext context, ParameterSyntax parameter)
    {
        if (context.Model.GetDeclaredSymbol(parameter) is not { } symbol || new GuardUses(context, symbol).Escapes)
            yield break;
        var (block, expression) = parameter.Parent?.Parent switch
        {
            BaseMethodDeclarationSyntax method => (method.Body, method.ExpressionBody?.Expression),
            LocalFunctionStatementSyntax function => (function.Body, function.ExpressionBody?.Expression),
            AnonymousFunctionExpressionSyntax lambda => (lambda.Block, lambda.ExpressionBody),
            _ => default((BlockSyntax?, ExpressionSyntax?)),
        };
        var body = (SyntaxNode?)block ?? expression;
        if (body is null)
            yield break;
        var name = parameter.Identifier.Text;
        var writer = UsingWriter.For(symbol.Type, body, context.Model.Compilation);
        var scope = writer.Declaration(new FreeNames(context.Member).Take(name.TrimStart('@') + "Scope"), SyntaxFactory.IdentifierName(name));
        yield return new Proposal($"Dispose '{name}' with '{writer.Keywords}'", block is null
            ? StatementPlace.Of(body)!.Surround(context.Root, context.Model, [scope])
            : context.Root.ReplaceNode(block, GuardScope.Prepend(block, scope)));
    }
}
