using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Values and places that a graph keeps from one block to the next, in the middle of an expression.</content>
internal sealed partial class Transfer
{
    private Value? Capture(IFlowCaptureOperation capture)
    {
        var id = capture.Id;
        if (capture.Value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
            or IArrayElementReferenceOperation or IInlineArrayAccessOperation)
        {
            _capturedPlaces[id] = capture.Value;
            // What is captured only to be written is not read.
            if (capture.Value is IMemberReferenceOperation reference && !body.Annotations.Of(reference.Member).IsEmpty && !IsChosenToWrite(capture.Syntax) && !IsCaptureRead(id))
                return null;
        }

        var value = IsChosenToWrite(capture.Syntax) ? EvaluateWritten(capture.Value) : Evaluate(capture.Value);
        if (IsDead)
            return null;
        // A structure is copied by being captured.
        if (value is not null && capture is { Syntax.Parent: WithExpressionSyntax, Value.Type.IsValueType: true })
            value = Copy(value, capture.Value);
        var variable = _values.Capture(id);
        if (value is not null)
        {
            World = World.Write(variable, value);
        }
        else
        {
            var fresh = NewValue(capture.Syntax, capture.Value.Type, 1000 + id.GetHashCode());
            World = World.Write(variable, fresh);
        }

        return value;
    }

    /// <summary>Whether it is one of the places of <c>flag ? ref a : ref b</c>, which is written, or handed to where it can be.</summary>
    private static bool IsChosenToWrite(SyntaxNode place)
    {
        if (place.Parent is not RefExpressionSyntax { Parent: ConditionalExpressionSyntax choice })
            return false;
        SyntaxNode whole = choice;
        while (whole.Parent is ParenthesizedExpressionSyntax or RefExpressionSyntax or ConditionalExpressionSyntax)
            whole = whole.Parent;
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole || whole is RefExpressionSyntax,
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword),
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type: RefTypeSyntax { ReadOnlyKeyword.RawKind: 0 } } } => true,
            PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => whole.Parent.IsKind(SyntaxKind.PreIncrementExpression) || whole.Parent.IsKind(SyntaxKind.PreDecrementExpression)
                || whole.Parent.IsKind(SyntaxKind.PostIncrementExpression) || whole.Parent.IsKind(SyntaxKind.PostDecrementExpression),
            _ => false,
        };
    }

    private bool IsCaptureRead(CaptureId id)
    {
        if (_readCaptures is null)
        {
            _readCaptures = [];
            foreach (var operation in graph.Blocks.SelectMany(block => block.BranchValue is { } last ? block.Operations.Add(last) : block.Operations))
            {
                foreach (var reference in operation.DescendantsAndSelf().OfType<IFlowCaptureReferenceOperation>())
                {
                    if (!IsTarget(reference))
                        _readCaptures.Add(reference.Id);
                }
            }
        }

        return _readCaptures.Contains(id);

        static bool IsTarget(IOperation operation) => operation.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == operation,
            IIncrementOrDecrementOperation => true,
            ITupleOperation or IDeclarationExpressionOperation or IConversionOperation => IsTarget(operation.Parent),
            _ => false,
        };
    }

    private Value? ReadCapture(IFlowCaptureReferenceOperation reference)
    {
        var value = World.Read(_values.Capture(reference.Id));
        if (World.GuardOf(value) is not null)
            _temporaries.Add(value);
        else if (value.Kind == ValueKind.Phi && reference.Type is { IsReferenceType: true, SpecialType: SpecialType.None } && body.Choices.At(reference.Syntax) is { } choice)
            World = World.StateEqual(value, _values.Choice(choice, reference.Type));
        return value;
    }

    /// <summary>A variable is written: a choice that depends on it comes to something new.</summary>
    private void ForgetChoices(ISymbol variable)
    {
        foreach (var choice in body.ChoicesSoFar?.DependingOn(variable) ?? [])
            World = World.Age(_values.Choice(choice, null), _values);
    }
}
