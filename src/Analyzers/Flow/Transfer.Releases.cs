using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Guards that are released, kept by another, or stored.</content>
internal sealed partial class Transfer
{
    /// <summary>Guards that the call takes over: a parameter that says so, a composite's constructor, a collection.</summary>
    /// <returns>What the object that the constructor makes holds from now on.</returns>
    private ImmutableArray<Hold> KeepArguments(
        IOperation operation, IMethodSymbol? method, Value? receiver, Value?[] arguments, MemberAnnotations annotations)
    {
        if (method is null)
            return [];
        var kept = ImmutableArray<Hold>.Empty;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = method.Parameters[i];
            if (World.GuardOf(arguments[i]) is not { } guard || guard.Origin == GuardOrigin.Stated)
            {
                // A tuple takes its guards with it.
                if (HasGuard(arguments[i]) && IsStoring(method, parameter))
                    StoreItem((operation as IInvocationOperation)?.Instance, arguments[i], operation);
                continue;
            }

            if (method.MethodKind == MethodKind.Constructor && operation is IObjectCreationOperation creation)
            {
                if (!TakesOver(creation.Type, parameter, annotations, arguments))
                    continue;
                kept = kept.AddRange(guard.Holds);
                Log(guard, GuardEvent.Closed);
                World = World.Remove(guard);
            }
            else if (method.MethodKind == MethodKind.Constructor)
            {
                // ': this(…)' and ': base(…)' give it to the object that is being made.
                if (TakesOver(method.ContainingType, parameter, annotations, arguments))
                    Close(guard.Id);
            }
            else if (annotations.Parameter(i).TakesOwnership)
            {
                Log(guard, GuardEvent.Closed);
                EndWork(guard);
                var keeper = World.GuardOf(receiver);
                World = keeper is null
                    ? World.End(guard, PastReason.HandedOver, operation.Syntax)
                    : World.Remove(guard).Replace(keeper, keeper with { Holds = Distinct(keeper.Holds.AddRange(guard.Holds)) });
            }
            else if (IsStoring(method, parameter))
            {
                StoreItem((operation as IInvocationOperation)?.Instance, guard.Id, operation);
            }
        }

        return kept;
    }

    /// <summary>Whether what the constructor makes disposes the argument: it does not where a flag such as <c>leaveOpen</c> is given that tells it not to.</summary>
    private bool TakesOver(ITypeSymbol? type, IParameterSymbol parameter, MemberAnnotations annotations, Value?[] arguments)
    {
        if (annotations.Parameter(parameter.Ordinal).TakesOwnership)
            return true;
        return (_known.IsGuard(type) || body.Ownership.KeepsAndDisposes(parameter))
            && !(body.Ownership.FlagOf(parameter) is var (flag, value) && arguments[flag] is { Kind: ValueKind.Constant, Payload: bool given } && given != value);
    }

    private static bool IsStoring(IMethodSymbol method, IParameterSymbol parameter) =>
        (parameter.OriginalDefinition.Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type } or { SpecialType: SpecialType.System_Object }
            || IsDisposable(method.ContainingType))
        && method.Name is "Add" or "AddFirst" or "AddLast" or "Append" or "Enqueue" or "Insert" or "Push" or "TryAdd" or "TryEnqueue" or "TryPush"
            or "TryWrite" or "WriteAsync" or "AddOrUpdate" or "GetOrAdd" or "Set" or "SetResult" or "TrySetResult";

    private static bool IsDisposable(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(implemented => implemented is { SpecialType: SpecialType.System_IDisposable } or { Name: "IAsyncDisposable" });

    /// <summary>Whether a method of a collection by this name may put other items at the indexes that are in use.</summary>
    private static bool MovesItems(string name) => name is "Clear" or "Sort" or "Reverse"
        || name.StartsWith("Insert", StringComparison.Ordinal) || name.StartsWith("Remove", StringComparison.Ordinal) || name == "TryRemove";

    private void Log(Guard guard, GuardEvent what) => _log.Add(new GuardSeen(guard, what));

    private bool IsRelease(IInvocationOperation invocation) =>
        invocation.TargetMethod is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true, IsStatic: false }
        && !_known.IsTask(Unconverted(invocation.Instance)?.Type);

    /// <summary>Whether it is what <c>DisposeAsync</c> answers: to dispose throws no more than without <c>await</c>.</summary>
    private bool IsDisposal(IOperation awaited) => awaited is IInvocationOperation call
        && (IsRelease(call) || (call.TargetMethod.Name == "ConfigureAwait" && call.Instance is { } task && IsDisposal(task)));

    private static IOperation? Unconverted(IOperation? operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private void Release(Value? receiver, IOperation operation)
    {
        if (IsDead)
            return;
        if (World.GuardOf(receiver) is { } guard)
        {
            if (guard.IsLent)
                _log.Add(new LentDisposed(operation.Syntax, guard.Site is ParameterSyntax parameter ? parameter.Identifier.ValueText : Shorten(Readable(guard.Site, isFollowed: false))));
            Log(guard, GuardEvent.Closed);
            EndWork(guard);
            World = World.End(guard, PastReason.Released, operation.Syntax);
            return;
        }

        if (receiver is { Kind: ValueKind.Member, Symbol: { } member } && _known.IsGuard(receiver.Type) && IsAnothers(receiver, member))
            _log.Add(new LentDisposed(operation.Syntax, operation is IInvocationOperation { Instance: { } instance } ? Shorten(Readable(instance.Syntax, isFollowed: false)) : receiver.ToString()));
        if (operation is IInvocationOperation { Instance: { } disposed })
            LoseItems(Unconverted(disposed)?.Type);
    }

    /// <summary>Something of the type is disposed: it may be a guard out of a collection, so that none of those is certain to be held.</summary>
    private void LoseItems(ITypeSymbol? type)
    {
        foreach (var guard in World.Guards)
        {
            if (guard is { IsItem: true, Status: GuardStatus.Held } && (type is { Name: "IDisposable" or "IAsyncDisposable" } || _known.IsGuard(type)))
                World = World.Replace(guard, guard with { Status = GuardStatus.Lost });
        }
    }

    /// <summary>Whether the field or property belongs to an object of another type, which disposes it itself.</summary>
    private bool IsAnothers(Value value, ISymbol member) => value.First is null
        ? !body.IsWithin(member.ContainingType)
        : value.First.Kind == ValueKind.This
            ? member is IPropertySymbol property && OwnershipFacts.LentFrom(property) is { } lent && IsElsewhere(lent)
            : IsElsewhere(member) && !IsTupleOrOwned(value.First);

    /// <summary>Of the framework's types, none but bundles and the like have guards.</summary>
    private bool IsElsewhere(ISymbol member) => !body.IsWithin(member.ContainingType) && !KnownSymbols.IsFramework(member.ContainingType);

    /// <summary>A tuple is a bundle of variables, and who made an object disposes of it.</summary>
    private static bool IsTupleOrOwned(Value value) => value.Kind is ValueKind.Fresh or ValueKind.Phi or ValueKind.Capture || KnownSymbols.IsTuple(value.Type);

    private void Exchange(IInvocationOperation invocation, Value? value)
    {
        var target = invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        if (target is ILocalReferenceOperation local)
            World = World.Write(_values.Local(local.Local), value ?? NewValue(invocation.Syntax, local.Type));
        else if (target is not null)
            Store(target, value, invocation, isChecked: true);
    }
}
