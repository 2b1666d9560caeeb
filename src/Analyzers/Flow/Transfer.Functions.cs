using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Lambdas and local functions: judged with what is held where they are used.</content>
internal sealed partial class Transfer
{
    private Value? MakeDelegate(IDelegateCreationOperation creation)
    {
        switch (creation.Target)
        {
            case IFlowAnonymousFunctionOperation lambda:
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
        Evaluate(reference.Instance);
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
        var disposed = body.DisposedBy(function);
        var world = World;
        if (arguments is not null)
            world = BindParameters(world, function, arguments);
        else
            world = StateParameters(world, function);
        _log.Add(new FunctionUsed(use.Syntax, function, world, delegateType));
        foreach (var name in disposed)
        {
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
            when body.Annotations.Of(invoke).Requires.IsEmpty => LambdaOf(creation.Target),
        IConversionOperation conversion when !IsExpressionTree(conversion.Type) => LambdaOf(conversion.Operand),
        _ => null,
    };
}
