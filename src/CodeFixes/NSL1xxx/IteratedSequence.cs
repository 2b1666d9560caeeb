using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Has a function that returns an asynchronous sequence go over it itself, while its guard is held: <c>await foreach (var item in sequence) yield return item;</c></summary>
internal static class IteratedSequence
{
    /// <summary>Only for the last statement of a function that has no other return, and so can become an iterator.</summary>
    public static IEnumerable<Proposal> Propose(RepairContext context, ExpressionSyntax sequence)
    {
        if (sequence.Parent is not ReturnStatementSyntax returned
            || returned.ReturnKeyword.TrailingTrivia.Any(Layout.IsText)
            || AsyncPlace.FunctionOf(returned) is not { } function
            || function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || AsyncPlace.IsAsync(function)
            || ExpressionBody.MethodOf(function, context.Model)?.ReturnType.Name != "IAsyncEnumerable"
            || !IsLast(returned, function)
            || Own(function).OfType<ReturnStatementSyntax>().Skip(1).Any())
        {
            yield break;
        }

        var root = context.Root.TrackNodes(returned, function);
        var name = new FreeNames(function.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? function).Take("item");
        var gap = Layout.StartsLine(returned) ? $"{Layout.EndOfLine(returned)}{Layout.Indentation(returned).ToFullString()}    " : " ";
        var loop = Layout.Fixed(ParseStatement($"await foreach (var {name} in {sequence.WithoutTrivia().ToFullString()}){gap}yield return {name};"));
        root = root.ReplaceNode(root.GetCurrentNode(returned)!, loop.WithTriviaFrom(returned));
        var current = root.GetCurrentNode(function)!;
        var import = TokenOf(function, context.Model) < 0 ? null : context.Model.Compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.EnumeratorCancellationAttribute");
        var iterator = AsyncModifier.Add(current);
        if (import is not null)
        {
            // Else the token that callers go over the sequence with is lost, and the compiler says so (CS8425).
            var generator = SyntaxGenerator.GetGenerator(context.Document);
            var attribute = ((AttributeListSyntax)generator.Attribute(generator.TypeExpression(import))).Attributes[0];
            var token = ParametersOf(iterator)[TokenOf(function, context.Model)];
            iterator = iterator.ReplaceNode(token, AttributeWriter.Add(token, [attribute]));
        }

        yield return new Proposal("Go over it while the guard is held", root.ReplaceNode(current, iterator), null, import);
    }

    /// <summary>The place of the parameter that cancels; negative where there is none, or where that is said already.</summary>
    private static int TokenOf(SyntaxNode function, SemanticModel model)
    {
        var parameters = ExpressionBody.MethodOf(function, model)!.Parameters;
        return parameters.Any(parameter => parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "EnumeratorCancellationAttribute"))
            ? -1
            : parameters.ToList().FindIndex(parameter => parameter.Type is { Name: "CancellationToken", ContainingNamespace.Name: "Threading" });
    }

    private static SeparatedSyntaxList<ParameterSyntax> ParametersOf(SyntaxNode function) =>
        (function is MethodDeclarationSyntax method ? method.ParameterList : ((LocalFunctionStatementSyntax)function).ParameterList).Parameters;

    /// <summary>Whether nothing of the function follows the statement, but what <c>using</c> and <c>finally</c> do.</summary>
    private static bool IsLast(StatementSyntax statement, SyntaxNode function) => statement.Parent switch
    {
        BlockSyntax block when block.Statements.Last(other => other is not LocalFunctionStatementSyntax || other == statement) != statement => false,
        BlockSyntax { Parent: var outer } when outer == function => true,
        BlockSyntax { Parent: TryStatementSyntax attempt } block => attempt.Block == block && IsLast(attempt, function),
        BlockSyntax block => IsLast(block, function),
        UsingStatementSyntax outer => IsLast(outer, function),
        _ => false,
    };

    private static IEnumerable<SyntaxNode> Own(SyntaxNode function) => function.DescendantNodes(node =>
        node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));
}
