using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Flow;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Makes a lazy sequence a list where it is handed on: <c>.ToList()</c></summary>
internal static class ListedSequence
{
    private const string Title = "Make it a list before the guard ends";

    public static IEnumerable<Proposal> Propose(RepairContext context, ExpressionSyntax sequence, ITypeSymbol type)
    {
        // A list of tasks is a list of work that has only begun.
        if (SequenceTypes.FindElement(type) is not { } element || context.Known.IsTask(element))
            return [];
        if (type.Name == "IAsyncEnumerable" && sequence.Parent is ReturnStatementSyntax)
            return IteratedSequence.Propose(context, sequence);
        var ends = type.Name == "IAsyncEnumerable" ? Asynchronous(context, sequence) : [Call(Target(sequence), "ToList")];
        return ends.Select(listed =>
        {
            var root = context.Root.ReplaceNode(sequence, listed.WithTrailingTrivia(sequence.GetTrailingTrivia()));
            return new Proposal(Title, Importing(context, root, type));
        });
    }

    private static IEnumerable<ExpressionSyntax> Asynchronous(RepairContext context, ExpressionSyntax sequence)
    {
        if (!AsyncPlace.AllowsAwait(sequence))
            yield break;
        var list = UsingWriter.Awaited(Call(Target(sequence), "ToListAsync")).WithLeadingTrivia(sequence.GetLeadingTrivia());
        yield return list;
        yield return Call(ParenthesizedExpression(list.WithoutTrivia()).WithLeadingTrivia(sequence.GetLeadingTrivia()), "ToAsyncEnumerable");
    }

    private static ExpressionSyntax Target(ExpressionSyntax sequence) =>
        Operands.Parenthesized(sequence.WithoutTrivia()).WithLeadingTrivia(sequence.GetLeadingTrivia());

    private static InvocationExpressionSyntax Call(ExpressionSyntax target, string method) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, target, IdentifierName(method)));

    /// <summary>The root with a directive for the extension methods, where it has none.</summary>
    private static SyntaxNode Importing(RepairContext context, SyntaxNode root, ITypeSymbol type)
    {
        var position = context.Node.SpanStart;
        var isInScope = context.Model.LookupSymbols(position, type, includeReducedExtensionMethods: true)
            .Any(member => member.Name is "ToList" or "ToListAsync");
        return isInScope || context.Known.Enumerable is null ? root : UsingDirectives.Import(root, context.Known.Enumerable, context.Model, position);
    }
}
