using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>What a member does with a guard that one of its variables has.</summary>
internal sealed class GuardUses
{
    private readonly RepairContext _context;
    private readonly List<ExpressionSyntax> _uses;

    public GuardUses(RepairContext context, ISymbol variable)
    {
        _context = context;
        Names = [.. context.Member.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(context.SymbolOf(name), variable))];
        _uses = [.. Names.Select(Whole)];
    }

    /// <summary>Where the variable is named.</summary>
    public IReadOnlyList<IdentifierNameSyntax> Names { get; }

    /// <summary>Whether the variable gets another value: one declared with <c>using</c> cannot.</summary>
    public bool IsAssigned => _uses.Any(use => use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use
        || use.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (0 or (int)SyntaxKind.InKeyword) });

    /// <summary>Whether somebody else may dispose it, or use it when this member is done: <c>using</c> would end it under them.</summary>
    public bool Escapes => !_uses.All(IsLent);

    /// <summary>The statements that dispose the guard.</summary>
    public IEnumerable<StatementSyntax> Disposals => _uses.Select(NSL2xxx.Disposals.Of).OfType<StatementSyntax>();

    /// <summary>Those that dispose it right before the end of its scope does.</summary>
    public IEnumerable<StatementSyntax> SuperfluousDisposals(SyntaxNode declaration) =>
        Disposals.Where(statement => AsyncPlace.FunctionOf(statement) == AsyncPlace.FunctionOf(declaration)
            && ScopeEnd.IsReachedAfter(statement, declaration));

    /// <summary>What is done with the variable that the node declares.</summary>
    public static GuardUses? OfDeclared(RepairContext context, SyntaxNode declaration) =>
        context.Model.GetDeclaredSymbol(declaration, context.CancellationToken) is { } variable ? new GuardUses(context, variable) : null;

    public static bool IsTarget(IdentifierNameSyntax name) => (name.Parent as AssignmentExpressionSyntax)?.Left == name;

    /// <summary>The root with another name in these places, which are tracked in it.</summary>
    public static SyntaxNode Rename(SyntaxNode root, IEnumerable<IdentifierNameSyntax> tracked, string name) => root.ReplaceNodes(
        tracked.Select(use => root.GetCurrentNode(use)!),
        (_, use) => use.WithIdentifier(SyntaxFactory.ParseToken(name).WithTriviaFrom(use.Identifier)));

    private static ExpressionSyntax Whole(ExpressionSyntax name) => name.Parent switch
    {
        ParenthesizedExpressionSyntax outer => Whole(outer),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } outer => Whole(outer),
        _ => name,
    };

    private bool IsLent(ExpressionSyntax use) => use.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == use,
        ConditionalAccessExpressionSyntax access => access.Expression == use,
        BinaryExpressionSyntax or IsPatternExpressionSyntax or UsingStatementSyntax => true,
        AssignmentExpressionSyntax assignment => assignment.Left == use,
        ArgumentSyntax argument => IsLentTo(argument),
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax copy } => OfDeclared(_context, copy) is { Escapes: false },
        _ => false,
    };

    private bool IsLentTo(ArgumentSyntax argument)
    {
        if (argument.Parent is BracketedArgumentListSyntax || argument.Parent?.Parent is not InvocationExpressionSyntax invocation)
            return false;
        return IsNameOf(invocation)
            || (_context.Model.GetOperation(argument, _context.CancellationToken)
                    is IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call }
                && !_context.Annotations.Of(call.TargetMethod).Parameter(parameter.Ordinal).TakesOwnership
                && parameter.OriginalDefinition.Type is not ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type });
    }

    private static bool IsNameOf(InvocationExpressionSyntax invocation) =>
        invocation.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" };
}
