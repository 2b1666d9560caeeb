using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Paths as the code at hand would write them: what messages name, and fixes write.</content>
internal sealed partial class Transfer
{
    /// <summary>The path as the caller would write it. What he has no expression for is said in words, which no fix takes for code.</summary>
    private static string TextOf(LockPath path, ImmutableArray<IArgumentOperation> operands, IOperation operation)
    {
        if (path.Root == PathRoot.Parameter && operation is IPropertyReferenceOperation { Property.Parameters.Length: var count } && path.Parameter == count)
            return TextOfWritten(path, operation.Syntax);
        if (path.Members is [IParameterSymbol, ..])
            return path.Text;
        var argument = path.Root == PathRoot.Parameter ? ArgumentOf(path.Parameter, operands) : null;
        if (argument is { ArgumentKind: ArgumentKind.DefaultValue })
            return path.Text + " (left out)";
        var root = path.Root switch
        {
            PathRoot.This => ReceiverOf(operation),
            PathRoot.Parameter => argument?.Value ?? OperandOf(operation, path.Parameter),
            _ => null,
        };
        return (path.Root, root) switch
        {
            (PathRoot.Static, _) when path.Members is [{ ContainingType: { } type }, ..] && path.Text.StartsWith(path.Members[0].Name, StringComparison.Ordinal) => type.Name + path.MemberText,
            (PathRoot.This, IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }) => "this" + path.MemberText,
            (PathRoot.This, null) when operation is IObjectCreationOperation { Type: { } created } && !IsInitializer(operation.Syntax) => OfNew(path, created.Name),
            (_, { Syntax: BaseObjectCreationExpressionSyntax, Type: { } created }) when path.Members.Length > 0 => OfNew(path, created.Name),
            // In a pattern, the object is what is matched.
            (PathRoot.This, IInstanceReferenceOperation) or (PathRoot.This, null) when operation is IMemberReferenceOperation or IRecursivePatternOperation && Matched(operation.Syntax) is { } matched =>
                Shorten(matched) + path.MemberText,
            // What a loop or a bundle takes apart has no name.
            (_, { Syntax: DeclarationExpressionSyntax or TupleExpressionSyntax }) => $"{path.MemberText.TrimStart('.')} of what is taken apart",
            (_, null) => path.Text,
            _ => Shorten(Readable(root.Syntax, isFollowed: path.Members.Length > 0)) + path.MemberText,
        };
    }

    private static IArgumentOperation? ArgumentOf(int parameter, ImmutableArray<IArgumentOperation> operands)
    {
        foreach (var operand in operands)
        {
            if (operand.Parameter?.Ordinal == parameter)
                return operand;
        }

        return null;
    }

    /// <summary>What a setter has as <c>value</c>.</summary>
    private static string TextOfWritten(LockPath path, SyntaxNode property) => property.Parent is AssignmentExpressionSyntax assignment && assignment.Left == property
        ? Shorten(Readable(assignment.Right, isFollowed: path.Members.Length > 0)) + path.MemberText
        : "what is written" + (path.Members.IsEmpty ? "" : $" ({path.Text})");

    /// <summary>A value of another body, as its caller would write it; null where that is no path.</summary>
    private static string? TextOf(Value? value, ImmutableArray<IArgumentOperation> operands, IOperation call)
    {
        var members = ImmutableArray<ISymbol>.Empty;
        for (; value is { Kind: ValueKind.Member, Symbol: { } member, First: not null }; value = value.First)
            members = members.Insert(0, member);
        return value switch
        {
            { Kind: ValueKind.This } => TextOf(LockPath.OfThis(value.Type) with { Members = members }, operands, call),
            { Kind: ValueKind.Parameter, Symbol: IParameterSymbol parameter } when operands.Any(operand => KnownSymbols.Same(operand.Parameter?.OriginalDefinition, parameter)) =>
                TextOf(LockPath.OfParameter(parameter) with { Members = members }, operands, call),
            { Kind: ValueKind.Parent } when TextOf(value.First, operands, call) is { } child => child + ".Parent",
            { Kind: ValueKind.Child, Second: { Kind: ValueKind.Constant, Payload: string name } } when TextOf(value.First, operands, call) is { } parent =>
                $"{parent}.Child({SymbolDisplay.FormatLiteral(name, quote: true)})",
            _ => null,
        };
    }

    /// <summary>The expression that stands for what a pattern, or the member that it names, is asked of; null where none does.</summary>
    private static string? Matched(SyntaxNode pattern)
    {
        var members = "";
        for (var (node, isOwn) = (pattern.Parent, true); node is not null; node = node.Parent)
        {
            var tested = node switch
            {
                IsPatternExpressionSyntax test => test.Expression,
                SwitchExpressionSyntax choice => choice.GoverningExpression,
                SwitchStatementSyntax choice => choice.Expression,
                _ => null,
            };
            if (tested is not null)
                return Readable(tested, isFollowed: true) + members;
            if (node is not SubpatternSyntax part)
                continue;
            if (part.ExpressionColon is null)
                return null;
            if (isOwn && part.ExpressionColon.Expression is MemberAccessExpressionSyntax own && pattern is not PatternSyntax)
                members = Before(own, pattern) + members;
            else if (!isOwn || pattern is PatternSyntax)
                members = $".{part.ExpressionColon.Expression}{members}";
            isOwn = false;
        }

        return null;
    }

    /// <summary>Of a pattern's <c>First.Second</c>, what stands before the member.</summary>
    private static string Before(MemberAccessExpressionSyntax path, SyntaxNode member)
    {
        while (path.Expression is MemberAccessExpressionSyntax inner && inner.Span.Contains(member.Span))
            path = inner;
        return path.Expression.Span.Contains(member.Span) ? "" : $".{path.Expression}";
    }

    /// <summary>Nobody can name an object that is only being made.</summary>
    private static string OfNew(LockPath path, string type) =>
        path.Members.IsEmpty ? $"the new {type}" : $"{path.MemberText.Substring(1)} of the new {type}";

    private static bool IsInitializer(SyntaxNode syntax) => syntax is ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax;

    private static IOperation? ReceiverOf(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.Instance,
        IMemberReferenceOperation reference => reference.Instance,
        IEventAssignmentOperation { EventReference: IEventReferenceOperation reference } => reference.Instance,
        IDelegateCreationOperation { Target: IMethodReferenceOperation reference } => reference.Instance,
        IDeconstructionAssignmentOperation deconstruction => deconstruction.Value,
        IAwaitOperation awaited => awaited.Operation,
        // Of operators, only those that assign can have a receiver.
        ICompoundAssignmentOperation compound => compound.Target,
        IIncrementOrDecrementOperation increment => increment.Target,
        _ => null,
    };

    private static IOperation? OperandOf(IOperation operation, int parameter) => operation switch
    {
        IBinaryOperation binary => parameter == 0 ? binary.LeftOperand : binary.RightOperand,
        IUnaryOperation unary => unary.Operand,
        IDeconstructionAssignmentOperation deconstruction => deconstruction.Value,
        IConversionOperation conversion => conversion.Operand,
        ICompoundAssignmentOperation { OperatorMethod.IsStatic: true } compound => parameter == 0 ? compound.Target : compound.Value,
        ICompoundAssignmentOperation compound => compound.Value,
        IIncrementOrDecrementOperation increment => increment.Target,
        _ => null,
    };

    /// <summary>An expression on one line, that can stand alone or with members behind it.</summary>
    private static string Readable(SyntaxNode syntax, bool isFollowed)
    {
        var text = syntax.ToString();
        // Behind '?.' stands the rest of an expression.
        for (var first = syntax; first is not null; first = first.ChildNodes().FirstOrDefault())
        {
            if (first is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax
                && first.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault(access => access.WhenNotNull.Span.Contains(first.Span)) is { } access)
            {
                text = Readable(access.Expression, isFollowed: true) + text;
                break;
            }
        }

        text = string.Join(" ", text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        if (isFollowed && syntax.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            text += "!";
        return isFollowed && syntax is BinaryExpressionSyntax or ConditionalExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or PrefixUnaryExpressionSyntax
            or AssignmentExpressionSyntax or SwitchExpressionSyntax or WithExpressionSyntax or QueryExpressionSyntax
            ? $"({text})"
            : text;
    }

    private static string Shorten(string text)
    {
        const int Longest = 80;
        return text.Length <= Longest ? text : text.Substring(0, Longest) + "…";
    }
}
