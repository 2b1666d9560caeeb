using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>What a call acquires further down.</content>
internal sealed partial class Transfer
{
    /// <summary>Asks whether what the callee acquires for certain is ruled out here.</summary>
    private void LookBelow(
        IOperation operation,
        ISymbol member,
        MemberAnnotations annotations,
        Value? receiver,
        Value?[] arguments,
        ImmutableArray<IArgumentOperation> operands,
        bool isWrite = false)
    {
        if (IsDead || (!annotations.Acquires.IsEmpty && !isWrite) || ScopeBelow() is not { } scope)
            return;
        var below = BindAll(annotations.ExcludesOf(isWrite ? AnnotationTarget.Setter : AnnotationTarget.Getter), receiver, arguments, operands, operation);
        if (below.IsEmpty && CalleeOf(operation, member, isWrite) is { } callee && body.Summaries.MayAcquire(callee, scope))
            below = ImportEach(body.Summaries.Of(callee, scope, body).Acquired, callee, receiver, arguments, operation, operands);
        SeeBelow(operation, below);
    }

    /// <summary>As <see cref="LookBelow"/>, for a lambda in a local variable that is called.</summary>
    private void LookBelow(IOperation operation, IFlowAnonymousFunctionOperation lambda, Value?[] arguments)
    {
        if (!IsDead && body.Scope != SummaryScope.Returned && ScopeOfHeld() is { } scope && !body.IsQuiet(lambda))
            SeeBelow(operation, ImportEach(MethodSummaries.OfLambda(lambda, Graph, body.Scope ?? scope, body).Acquired, lambda.Symbol, null, arguments, operation, Arguments(operation)));
    }

    /// <summary>What of callees matters here.</summary>
    private SummaryScope? ScopeBelow() => body.Scope switch
    {
        null => ScopeOfHeld(),
        SummaryScope.Returned => null,
        var own => own,
    };

    /// <summary>What can be ruled out: nothing where no lock is held; where only shared ones ever are, only what these rule out.</summary>
    private SummaryScope? ScopeOfHeld()
    {
        foreach (var guard in World.Guards)
        {
            if (guard is { Status: GuardStatus.Held, IsOuter: false })
                WidenScope(guard);
        }

        return Below;
    }

    private void WidenScope(Guard guard)
    {
        Below ??= SummaryScope.Exclusive;
        foreach (var hold in guard.Holds)
        {
            if (hold.Mode == LockMode.Exclusive)
                Below = SummaryScope.Everything;
        }
    }

    private void SeeBelow(IOperation operation, ImmutableArray<Hold> below)
    {
        foreach (var wanted in below)
            _log.Add(new CallBelowSeen(operation.Syntax, wanted, ConflictWith(wanted)));

        World = World.Acquire(below);
    }

    /// <summary>The one body that runs: a virtual member may run another one, an iterator none yet.</summary>
    private static IMethodSymbol? CalleeOf(IOperation operation, ISymbol member, bool isWrite)
    {
        var method = member as IMethodSymbol ?? (isWrite ? (member as IPropertySymbol)?.SetMethod : (member as IPropertySymbol)?.GetMethod);
        if (method is null || method.IsAbstract || method.DeclaringSyntaxReferences.IsEmpty)
            return null;
        var isVirtual = (method.IsVirtual || (method.IsOverride && !method.IsSealed)) && method.ContainingType is not { IsSealed: true }
            && operation is not IInvocationOperation { IsVirtual: false };
        return isVirtual || SequenceTypes.IsLazy(method.ReturnType) ? null : method;
    }
}
