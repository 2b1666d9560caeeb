using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Sequences that a lambda or a method makes out of others: what it says of an element goes for each.</content>
internal sealed partial class Transfer
{
    /// <summary>What <c>Select</c> makes of a sequence.</summary>
    private Value Project(IInvocationOperation call, Value? sequence)
    {
        var made = NewValue(call.Syntax, call.TargetMethod.ReturnType);
        var function = call.Arguments[call.Arguments.Length - 1].Value;
        var source = _sequences.ElementOf(sequence?.Type) is { } type ? NewElement(sequence, function, type) : null;
        var elementType = _sequences.ElementOf(made.Type)!;
        var any = _values.Element(made, elementType);
        if (Subject(Apply(function, source), elementType) is not { } place || Subject(any, elementType) is not { } subject)
            return made;
        if (_known.IsNamespace(elementType))
            World = World.Write(any, place);
        else
            World = World.State(new Containment(subject, place));
        // What it is equal to, whatever the element, each of them is.
        foreach (var equality in World.Equalities)
        {
            var other = ReferenceEquals(equality.Key, place) ? equality.Value : ReferenceEquals(equality.Value, place) ? equality.Key : null;
            if (other is not null && source is not null && !other.Mentions(source))
                World = World.StateSame(_values, subject, other);
        }

        return made;
    }

    /// <summary>What <c>Where</c> leaves of a sequence: the same, where its condition says nothing of namespaces.</summary>
    private Value Filter(IInvocationOperation call, Value sequence)
    {
        if (call.Arguments.IsEmpty || !_sequences.HaveNamespace(sequence.Type) || !_sequences.HaveNamespace(call.TargetMethod.ReturnType))
            return sequence;
        var before = World;
        var made = NewValue(call.Syntax, call.TargetMethod.ReturnType);
        var any = _values.Element(made, _sequences.ElementOf(made.Type)!);
        World = StateElement(World, sequence, any);
        if (IsMet(call, any))
            return made;
        World = before;
        return sequence;
    }

    /// <summary>What <c>SelectMany</c> answers with has the elements of the sequence that its function makes of any element.</summary>
    private Value? SelectMany(IInvocationOperation call, Value sequence) =>
        _sequences.ElementOf(sequence.Type) is { } type && (call.Arguments.Length == 2 || (call.Arguments.Length == 3 && AnswersWithSecond(call.Arguments[2].Value)))
            ? Apply(call.Arguments[1].Value, NewElement(sequence, call, type))
            : null;

    /// <summary>Whether what is chosen of an element and of what was made of it is the latter.</summary>
    private bool AnswersWithSecond(IOperation function) =>
        Unconverted(function) is IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation { Symbol.Parameters: [_, var second] } lambda }
        && AnswerOf(lambda, out _) is IParameterReferenceOperation reference && KnownSymbols.Same(reference.Parameter, second);

    /// <summary>Whether the call's condition tells where the element lies; from here on, that is known.</summary>
    private bool IsMet(IInvocationOperation call, Value? element)
    {
        if (element is null || Apply(call.Arguments[call.Arguments.Length - 1].Value, element) is not { Kind: ValueKind.Contains or ValueKind.AreEqual } condition)
            return false;
        if (Assume(World, _values, condition, outcome: true) is { } world)
            World = world;
        return true;
    }

    /// <summary>What a function that is one expression answers; null where it is more than that.</summary>
    private Value? Apply(IOperation function, Value? argument) => Unconverted(function) switch
    {
        IDelegateCreationOperation { Target: IMethodReferenceOperation { Instance: ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or null } method } =>
            Apply(method, argument),
        IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation lambda } => Apply(lambda, argument),
        _ => null,
    };

    private Value? Apply(IMethodReferenceOperation reference, Value? argument)
    {
        var method = reference.Method;
        var receiver = Evaluate(reference.Instance);
        if (method.Name == "Contains" && KnownSymbols.Same(method.ContainingType, _known.BackupNamespace))
            return _values.Contains(receiver, argument);
        var relations = body.Annotations.Of(method).Result;
        if (relations.IsEmpty)
            return null;
        var result = NewValue(reference.Syntax, method.ReturnType, 1);
        StateRelations(relations, result, method.ReturnType, receiver, [argument]);
        return result;
    }

    private Value? Apply(IFlowAnonymousFunctionOperation lambda, Value? argument)
    {
        if (lambda.Symbol.IsAsync || AnswerOf(lambda, out var own) is not { } answer)
            return null;
        var world = World;
        if (argument is not null && lambda.Symbol.Parameters is [var parameter, ..])
            world = world.Write(_values.Parameter(parameter), argument);
        var inside = new Transfer(body.ForSummary(SummaryScope.Returned), own!, static _ => { });
        inside.Start(world, inLoop: false, []);
        var result = inside.RunLast(answer, isReturned: false, isOnTheWay: false);
        if (inside.Current is not { } after)
            return null;
        World = World.With(equalities: after.Equalities, containments: after.Containments);
        foreach (var variable in after.Variables)
        {
            if (result is not null && variable.Key is { Kind: ValueKind.Member, First: { } owner } && ReferenceEquals(owner, result))
                World = World.Write(variable.Key, variable.Value);
        }

        return result;
    }

    /// <summary>The one expression that a lambda consists of; null where there is more to it.</summary>
    private IOperation? AnswerOf(IFlowAnonymousFunctionOperation lambda, out ControlFlowGraph? own) =>
        (own = BodyAnalysis.GraphOf(lambda, Graph)) is { Blocks: [_, { Operations.IsEmpty: true, BranchValue: { } answer, ConditionKind: ControlFlowConditionKind.None }, _] } ? answer : null;
}
