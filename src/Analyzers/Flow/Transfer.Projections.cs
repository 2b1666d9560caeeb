using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Sequences that a lambda makes of each element of another one.</content>
internal sealed partial class Transfer
{
    /// <summary>What <c>SelectMany</c> answers with has the elements of the sequence that its lambda makes of any element.</summary>
    private Value? SelectMany(IInvocationOperation call, Value sequence)
    {
        if (_sequences.ElementOf(sequence.Type) is not { } type || call.Arguments.Length < 2 || !(call.Arguments.Length == 2 || AnswersWithSecond(call.Arguments[2].Value)))
            return null;
        return Made(call.Arguments[1].Value, () => NewElement(sequence, call, type));
    }

    /// <summary>What a lambda that goes over a sequence makes of any element; null where that has no name.</summary>
    private Value? Made(IOperation lambda, Func<Value?> element)
    {
        if (FunctionIn(lambda) is not { Parameters: [var parameter, ..] } || ReturnedBy(lambda) is not { } returned || element() is not { } any)
            return null;
        return Made(returned, parameter, any);
    }

    /// <summary>The value of an expression that asks for nothing but members of the element.</summary>
    private Value? Made(IOperation expression, IParameterSymbol parameter, Value element)
    {
        switch (expression)
        {
            case IParameterReferenceOperation reference:
                return reference.Parameter.Name == parameter.Name ? element : null;
            case IConversionOperation { OperatorMethod: null } conversion:
                return Made(conversion.Operand, parameter, element);
            case IMemberReferenceOperation { Instance: { } instance, Member: IFieldSymbol or IPropertySymbol { IsIndexer: false } } reference:
                return Made(instance, parameter, element) is { } owner ? ReadMember(owner, reference.Member) : null;
            case IInvocationOperation call when IsLinq(call.TargetMethod):
                var source = call.Arguments.Length > 0 ? Made(call.Arguments[0].Value, parameter, element) : null;
                return source is null ? null : call.TargetMethod.Name == "SelectMany" ? SelectMany(call, source) : KeepsElements(call.TargetMethod) ? source : null;
            case IInvocationOperation call when body.Annotations.Of(call.TargetMethod) is { Result.IsEmpty: false } annotations:
                var receiver = call.Instance is null ? null : Made(call.Instance, parameter, element);
                var arguments = new Value?[call.TargetMethod.Parameters.Length];
                foreach (var argument in call.Arguments)
                    arguments[argument.Parameter!.Ordinal] = Made(argument.Value, parameter, element);
                var made = NewValue(call.Syntax, call.Type, -5);
                StateRelations(annotations.Result, made, call.Type, receiver, arguments);
                return made;
            default:
                return null;
        }
    }

    /// <summary>Whether what is chosen of an element and of what was made of it is the latter.</summary>
    private bool AnswersWithSecond(IOperation lambda) => FunctionIn(lambda) is { Parameters: [_, var second] } && ReturnedBy(lambda) is IParameterReferenceOperation reference
        && reference.Parameter.Name == second.Name;

    private static IMethodSymbol? FunctionIn(IOperation lambda) => lambda switch
    {
        IFlowAnonymousFunctionOperation function => function.Symbol,
        IAnonymousFunctionOperation function => function.Symbol,
        IDelegateCreationOperation creation => FunctionIn(creation.Target),
        IConversionOperation conversion => FunctionIn(conversion.Operand),
        _ => null,
    };

    /// <summary>The only expression that a lambda, or a part of a query, answers with.</summary>
    private IOperation? ReturnedBy(IOperation lambda) => lambda switch
    {
        IDelegateCreationOperation creation => ReturnedBy(creation.Target),
        IConversionOperation conversion => ReturnedBy(conversion.Operand),
        IFlowAnonymousFunctionOperation function => body.Model?.GetOperation(function.Syntax) is { } operation ? ReturnedBy(operation) : null,
        IAnonymousFunctionOperation function => function.Body.Operations is [IReturnOperation { ReturnedValue: { } returned }] ? returned : null,
        _ => lambda,
    };
}
