using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Lambdas and local functions: judged with what is held where they are used.</content>
internal sealed partial class Transfer
{
    private Value? MakeDelegate(IDelegateCreationOperation creation)
    {
        switch (creation.Target)
        {
            case IFlowAnonymousFunctionOperation lambda:
                Convert(lambda.Symbol, null, creation);
                return UseFunction(lambda, creation, creation.Type);
            case IMethodReferenceOperation method:
                return ReferToMethod(method, creation.Type);
            default:
                Evaluate(creation.Target);
                return null;
        }
    }

    private Value? ReferToMethod(IMethodReferenceOperation reference, ITypeSymbol? delegateType)
    {
        var receiver = Evaluate(reference.Instance);
        // Who has the delegate disposes the guard.
        if (reference.Method is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true })
            Close(receiver);
        if (reference.Parent is IDelegateCreationOperation creation)
            Convert(reference.Method, receiver, creation);
        if (reference.Method.MethodKind == MethodKind.LocalFunction)
            UseFunction(reference.Method.OriginalDefinition, reference, delegateType);
        return null;
    }

    private Value? UseIfFunction(Value? value, IOperation reference)
    {
        if (value is { Kind: ValueKind.Lambda, Payload: { } lambda })
            UseFunction(lambda, reference, reference.Type);
        return value;
    }

    /// <summary>The function runs, or may run, from here on.</summary>
    private Value? UseFunction(object function, IOperation use, ITypeSymbol? delegateType, Value?[]? arguments = null)
    {
        if (IsDead)
            return null;
        if (body.IsQuiet(function))
            return function is IFlowAnonymousFunctionOperation quiet ? _values.Lambda(quiet) : null;
        var disposed = World.Guards.IsEmpty ? [] : body.DisposedBy(function);
        var world = World;
        if (arguments is not null)
            world = BindParameters(world, function, arguments);
        else
            world = StateParameters(world, function);
        _log.Add(new FunctionUsed(use.Syntax, function, world, delegateType));
        if (!body.IsSummary && !World.Guards.IsEmpty && (arguments is null || RunsOn(function)))
        {
            foreach (var guard in NeedsOf(function, Graph, world, MaxNesting))
            {
                if (!_needs.Contains(guard))
                    _needs = _needs.Add(guard);
            }
        }

        foreach (var name in disposed)
        {
            if ((function as IMethodSymbol ?? ((IFlowAnonymousFunctionOperation)function).Symbol).Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } own)
            {
                LoseItems(own.Type);
                continue;
            }

            foreach (var guard in World.Guards)
            {
                if (!World.Variables.Any(variable => ReferenceEquals(variable.Value, guard.Id) && variable.Key.Symbol?.Name == name))
                    continue;
                if (arguments is null)
                    Close(guard.Id);
                else
                    Release(guard.Id, use);
            }
        }

        return function is IFlowAnonymousFunctionOperation lambda ? _values.Lambda(lambda) : null;
    }

    private World BindParameters(World world, object function, Value?[] arguments)
    {
        var parameters = (function as IMethodSymbol ?? ((IFlowAnonymousFunctionOperation)function).Symbol).Parameters;
        for (var i = 0; i < parameters.Length && i < arguments.Length; i++)
        {
            if (arguments[i] is not { } argument)
                continue;
            // A guard that is handed in is lent, or given; only its namespace is known.
            if (_known.IsGuard(parameters[i].Type) && _known.NamespaceProperty(parameters[i].Type) is { } own)
            {
                if (Place(_values.Parameter(parameters[i]), own) is { } place && ReadMember(argument, own) is { } ns)
                    world = world.Write(place, ns);
            }
            else
            {
                world = world.Write(_values.Parameter(parameters[i]), argument);
            }
        }

        return world;
    }

    /// <summary>The lambda that an expression is, whatever delegate type it becomes.</summary>
    private IFlowAnonymousFunctionOperation? LambdaOf(IOperation operation) => operation switch
    {
        IFlowAnonymousFunctionOperation lambda => lambda,
        // A delegate type that promises a lock says where the lambda runs.
        IDelegateCreationOperation { Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } } creation
            when body.Annotations.Of(invoke).Requires.IsEmpty && LambdaOf(creation.Target) is { } lambda && body.Annotations.Of(lambda.Symbol).Requires.IsEmpty => lambda,
        IDelegateCreationOperation => null,
        IConversionOperation conversion when !IsExpressionTree(conversion.Type) => LambdaOf(conversion.Operand),
        _ => null,
    };

    /// <summary>A handler runs when the event is raised; taking one away runs nothing.</summary>
    private Value? Subscribe(IEventAssignmentOperation assignment)
    {
        if (assignment.EventReference is IEventReferenceOperation { Event: var changed } reference)
        {
            var receiver = Evaluate(reference.Instance);
            if ((assignment.Adds ? changed.AddMethod : changed.RemoveMethod) is { } accessor)
                Check(assignment, accessor, isWrite: false, receiver, []);
        }

        if (assignment.Adds)
            HandOn(Evaluate(assignment.HandlerValue), assignment.Syntax);
        return null;
    }

    /// <summary>A method or lambda that requires a lock becomes a delegate: whoever calls that is told only what its type says.</summary>
    private void Convert(IMethodSymbol method, Value? receiver, IDelegateCreationOperation creation)
    {
        if (IsDead || creation.Type is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke } delegateType)
            return;
        var promised = body.Annotations.Of(invoke).Requires;
        var lacking = body.Annotations.Of(method).Requires.Where(term => !promised.Any(promise => IsAtLeast(promise, term))).ToList();
        if (lacking.Count == 0)
            return;
        var arguments = new Value?[method.Parameters.Length];
        var world = World;
        if (_sequences.ElementOf(_enumerated?.Type) is { } elementType)
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                if (KnownSymbols.Same(method.Parameters[i].Type, elementType))
                {
                    arguments[i] = _values.Fresh(creation.Syntax, elementType, i);
                    World = StateElement(World, _enumerated!, arguments[i]!);
                }
            }
        }

        var requirements = lacking.Select(term => Require(term, term.Mode, receiver, arguments, [], creation)).ToList();
        var isCovered = IsArgument(creation) && requirements.All(IsCovered);
        World = world;
        _log.Add(new ConversionSeen(
            creation.Syntax,
            method.MethodKind == MethodKind.AnonymousFunction ? "The lambda" : $"'{method.Name}'",
            delegateType.Name,
            string.Join(" and ", requirements.Select(requirement => $"{(requirement.Mode == LockMode.Exclusive ? "an exclusive" : "a shared")} lock on '{requirement.Text}'")),
            isCovered));

        bool IsCovered(Requirement requirement)
        {
            var coverage = CoverageInWorld.Of(World, _values, requirement);
            Need(coverage);
            return coverage.Coverage == Coverage.Covered;
        }
    }

    private static bool IsAtLeast(LockTerm promise, LockTerm required) => promise.Mode >= required.Mode
        && promise.Namespace.Root == required.Namespace.Root && promise.Namespace.Parameter == required.Namespace.Parameter
        && promise.Namespace.Members.SequenceEqual(required.Namespace.Members, SymbolEqualityComparer.Default);

    /// <summary>Whether the delegate is handed to a method that calls it: at once, or while its task or lazy sequence runs, which is looked after as such.</summary>
    private static bool IsArgument(IOperation conversion)
    {
        var operation = conversion.Parent;
        while (operation is IConversionOperation)
            operation = operation.Parent;
        return operation is IArgumentOperation { Parent: IInvocationOperation call }
            && call.TargetMethod.Name is not ("ContinueWith" or "Register") && call.TargetMethod.ContainingType.Name != "ThreadPool";
    }
}
