using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Calls that hand on what they are given, or wait for it.</content>
internal sealed partial class Transfer
{
    /// <summary>The task's guard is there from now on.</summary>
    private Value? Await(Value? task)
    {
        if (IsDead)
            return null;
        if (task is null)
        {
            MayThrow();
            return null;
        }

        FinishWork(task);
        AwaitGuards(task);
        return IsDead ? null : task;
    }

    private void AwaitGuards(Value? task)
    {
        if (task is null || IsDead)
            return;
        // Where the wait throws, the lock was not granted.
        onThrow(World.With(guards: World.Guards.RemoveAll(guard => guard.Status == GuardStatus.Pending && IsPartOf(guard.Id, task))));
        var isKnown = false;
        foreach (var guard in World.Guards)
        {
            if (!IsPartOf(guard.Id, task))
                continue;
            isKnown = true;
            if (guard.Status == GuardStatus.Pending)
            {
                World = World.Replace(guard, guard with { Status = guard.Nullable ? GuardStatus.Untested : GuardStatus.Held });
                if (!World.IsStored(guard.Id))
                    _temporaries.Add(guard.Id);
            }
        }

        if (!isKnown)
            AwaitItem(task);
    }

    /// <summary>A task of a guard that comes out of a collection may be any of those that are in one.</summary>
    private void AwaitItem(Value task)
    {
        foreach (var guard in World.Guards)
        {
            if (guard is { Status: GuardStatus.Pending, IsItem: true } && !_known.GuardsIn(task.Type).IsEmpty)
                World = World.Replace(guard, guard with { Status = GuardStatus.Lost });
        }
    }

    /// <summary>Calls that hand on what they are given, or wait for it.</summary>
    private bool PassesThrough(IInvocationOperation invocation, Value? receiver, Value?[] arguments, out Value? result)
    {
        var method = invocation.TargetMethod;
        result = null;
        switch (method.Name)
        {
            case "ConfigureAwait" or "AsTask" or "Preserve" or "GetAwaiter" or "AsValueTask" or "WaitAsync" when !method.IsStatic && _known.IsTask(method.ContainingType):
                result = receiver;
                return true;
            case "GetAwaiter" when method.ContainingType.Name is "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable":
                result = receiver;
                return true;
            case "ConfigureAwait" when method.IsStatic && arguments.Length > 0:
                result = arguments[0];
                return true;
            case "GetResult" when !method.IsStatic && method.Parameters.IsEmpty:
            case "Wait" when _known.IsTask(method.ContainingType):
                result = Await(receiver);
                return true;
            case "FromResult" when method.IsStatic && _known.IsTask(method.ReturnType) && arguments.Length == 1:
                result = arguments[0];
                return true;
            case "WhenAll" or "WaitAll" when KnownSymbols.Same(method.ContainingType, _known.Task):
                AwaitAll(invocation);
                return true;
            case "Exchange" when KnownSymbols.Same(method.ContainingType, _known.Interlocked) && invocation.Arguments.Length == 2:
                result = arguments[0];
                // What was there is the caller's now.
                var former = World.GuardOf(result);
                if (former is not null)
                    World = World.Replace(former, former with { Owned = false, Keeper = null });
                Exchange(invocation, arguments[1]);
                if (former is { Origin: GuardOrigin.Acquired } && World.GuardOf(result) is { } returned)
                    World = World.Replace(returned, returned with { Owned = true });
                return true;
            case "CompareExchange" when KnownSymbols.Same(method.ContainingType, _known.Interlocked):
                // Whether it was stored is told by the result: who tests that disposes it where it was not.
                Close(arguments[1]);
                return true;
            case "ContinueWith" when _known.IsTask(method.ContainingType) && !IgnoresItsTask(invocation):
                Close(receiver);
                return false;
            default:
                return IsLockFree(invocation, receiver, arguments, out result);
        }
    }

    private static bool IgnoresItsTask(IInvocationOperation continuation) => continuation.Arguments.Any(argument =>
        argument.Value is IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation { Symbol.Parameters: [{ Name: "_" or "" }, ..] } });

    private void AwaitAll(IInvocationOperation invocation)
    {
        foreach (var argument in invocation.Arguments)
        {
            foreach (var operand in argument.Value.DescendantsAndSelf())
            {
                if (operand is ILocalReferenceOperation local)
                    AwaitGuards(ReadLocal(local.Local));
            }
        }

        // Those that are asked for right among the arguments, or were put into a collection.
        foreach (var guard in World.Guards)
        {
            if (guard.Status == GuardStatus.Pending && (guard.IsItem || invocation.Syntax.Span.Contains(guard.Site.Span)))
                AwaitGuards(guard.Id);
        }
    }

    /// <summary>Whether nobody gets what the tasks yield that the array or collection is handed over for.</summary>
    private static bool IsDroppedTogether(IOperation? argument)
    {
        while (argument is IConversionOperation or IArgumentOperation or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "WhenAll" or "WaitAll" or "ConfigureAwait" or "Wait" })
            argument = argument.Parent;
        return argument is IExpressionStatementOperation;
    }
}
