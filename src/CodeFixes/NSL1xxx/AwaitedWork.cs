using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Awaits a task that is handed on: where it is, or at the latest where its guard ends; a function that only returned it becomes asynchronous.</summary>
/// <param name="work">The task.</param>
internal sealed class AwaitedWork(RepairContext context, ExpressionSyntax work)
{
    private readonly bool _allowsAwait = AsyncPlace.AllowsAwait(work);
    private readonly AsyncFunction? _function = AsyncFunction.Of(work, context.Model, context.Known);

    private bool CanAwait => _allowsAwait || _function is not null;

    /// <param name="handedOn">The task, or the assignment that stores it.</param>
    public IEnumerable<Proposal> Propose(ExpressionSyntax handedOn)
    {
        if (!CanAwait)
            return [];
        var outer = OuterOf(handedOn);
        return (outer.Parent switch
        {
            ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax => Returned(outer),
            ExpressionStatementSyntax statement => Alone(handedOn, statement),
            AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement, Left: IdentifierNameSyntax target } when context.SymbolOf(target) is ILocalSymbol local =>
                InVariable(statement, local),
            AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } => Alone(outer.Parent, statement),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax statement } variable }
                when statement.Declaration.Variables.Count == 1 && context.Model.GetDeclaredSymbol(variable, context.CancellationToken) is ILocalSymbol local =>
                InVariable(statement, local),
            _ => [],
        }).Select(Proposed);
    }

    /// <param name="handedOn">The call that puts a task into a collection.</param>
    public IEnumerable<Proposal> ProposeForCollection(ExpressionSyntax handedOn)
    {
        if (!CanAwait || handedOn is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax tasks } } call
            || !call.ArgumentList.Arguments.Any(argument => context.Known.IsTask(context.TypeOf(argument.Expression)))
            || call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
        {
            return [];
        }

        var all = InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, IdentifierName("Task"), IdentifierName("WhenAll")),
            ArgumentList(SingletonSeparatedList(Argument(tasks.WithoutTrivia()))));
        return AtAnEnd(statement, Await(all)).Select(Proposed);
    }

    private static Proposal Proposed(SyntaxNode root) => new("Await it before the guard ends", root);

    /// <summary>With all around it that hands the task on.</summary>
    private static ExpressionSyntax OuterOf(ExpressionSyntax task) => task.Parent switch
    {
        ParenthesizedExpressionSyntax outer => OuterOf(outer),
        ConditionalExpressionSyntax outer when outer.Condition != task => OuterOf(outer),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } outer => OuterOf(outer),
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax outer } => OuterOf(outer),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } outer => OuterOf(outer),
        _ => task,
    };

    private IEnumerable<SyntaxNode> Returned(ExpressionSyntax task)
    {
        if (_function is not null)
            yield return Asynchronous(Tracked());
        else if (task.Parent is not ReturnStatementSyntax)
            yield return context.Root.ReplaceNode(task, UsingWriter.Awaited(task).WithTriviaFrom(task));
    }

    /// <summary>A statement for the task alone: a call, a discard, a field that gets it.</summary>
    private IEnumerable<SyntaxNode> Alone(SyntaxNode handedOn, ExpressionStatementSyntax statement)
    {
        var task = handedOn is AssignmentExpressionSyntax assignment && context.SymbolOf(assignment.Left) is IDiscardSymbol
            ? assignment.Right
            : statement.Expression;
        yield return Replace(statement, Await(task));
    }

    private IEnumerable<SyntaxNode> InVariable(StatementSyntax statement, ILocalSymbol variable)
    {
        var others = new GuardUses(context, variable).Names.Where(name => !GuardUses.IsTarget(name)).ToList();
        if (others.Count == 0)
            yield return Replace(statement, Await(work));
        // The result of a value task can be fetched once.
        var isOnce = variable.Type.Name == nameof(ValueTask);
        if (isOnce && others.Count > 0)
            yield break;
        foreach (var root in AtAnEnd(statement, Await(IdentifierName(variable.Name))))
            yield return root;
    }

    /// <summary>The roots with a statement at the end of each block around another one, the outermost first; and right behind it.</summary>
    /// <remarks>The further out the longer the work runs beside other work; where the guard has ended there, that does not mend.</remarks>
    private IEnumerable<SyntaxNode> AtAnEnd(StatementSyntax statement, StatementSyntax written)
    {
        var function = AsyncPlace.FunctionOf(statement);
        foreach (var block in statement.Ancestors().TakeWhile(node => node != function).OfType<BlockSyntax>().Reverse())
        {
            var last = block.Statements.Last(other => other is not LocalFunctionStatementSyntax);
            var isJump = last is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax;
            if (!isJump || last.SpanStart > statement.SpanStart)
                yield return Beside(last, isJump ? [written] : [], isJump ? [] : [written]);
        }

        yield return Beside(statement, [], [written]);
    }

    private static ExpressionStatementSyntax Await(ExpressionSyntax task) => Layout.Fixed(ExpressionStatement(UsingWriter.Awaited(task)));

    private SyntaxNode Replace(StatementSyntax statement, StatementSyntax written)
    {
        var root = Tracked(statement);
        return Asynchronous(root.ReplaceNode(root.GetCurrentNode(statement)!, written.WithTriviaFrom(statement)));
    }

    private SyntaxNode Beside(StatementSyntax statement, IReadOnlyList<StatementSyntax> before, IReadOnlyList<StatementSyntax> after)
    {
        var root = Tracked(statement);
        return Asynchronous(StatementPlace.Of(root.GetCurrentNode(statement)!, context.Model)!.Surround(root, before, null, after));
    }

    private SyntaxNode Tracked(params SyntaxNode[] nodes) => context.Root.TrackNodes(_function is null ? nodes : [.. nodes, _function.Node]);

    private SyntaxNode Asynchronous(SyntaxNode tracked) => _function is null ? tracked : _function.Apply(tracked);
}
