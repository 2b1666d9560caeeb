using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>The control-flow graph of a block of code.</summary>
internal static class BodyGraph
{
    /// <summary>Null where the block has no code that runs.</summary>
    public static ControlFlowGraph? Of(SyntaxNode block, ISymbol owner, SemanticModel model, CancellationToken cancellationToken)
    {
        var executable = block switch
        {
            BaseFieldDeclarationSyntax field => field.Declaration.Variables
                .FirstOrDefault(variable => variable.Identifier.ValueText == owner.Name)?.Initializer,
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax { Initializer: { } initializer } => initializer,
            // Accessors and expression bodies are blocks of their own.
            BasePropertyDeclarationSyntax or ParameterSyntax or AttributeSyntax or EnumMemberDeclarationSyntax => null,
            _ => block,
        };
        var operation = executable is null ? null : model.GetOperation(executable, cancellationToken);
        while (operation?.Parent is { } parent)
            operation = parent;
        return operation switch
        {
            IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellationToken),
            IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellationToken),
            IBlockOperation statements => ControlFlowGraph.Create(statements, cancellationToken),
            IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellationToken),
            IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellationToken),
            _ => null,
        };
    }
}
