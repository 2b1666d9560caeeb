using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Guards that a call hands out, or lends.</content>
internal sealed partial class Transfer
{
    private bool Lends(IMethodSymbol method, IOperation operation) => operation is IInvocationOperation && body.Facts.Members.Of(method).OnlyLends
        && _known.TaskResult(method.ReturnType) is null && !method.ReturnType.IsTupleType;

    /// <summary>A guard that its owner goes on keeping, and disposes.</summary>
    private void AddLent(Value id, IOperation operation, Value? receiver, bool isNullable, ImmutableArray<Hold> holds) => World = World.Add(
        new Guard(id, operation.Syntax, isNullable ? GuardStatus.Untested : GuardStatus.Held, GuardOrigin.Lent, Owned: false, isNullable, holds)
        {
            IsLent = receiver?.Kind != ValueKind.This,
        });

    /// <summary>What a guard holds that a member acquired for its own collection.</summary>
    private ImmutableArray<Hold> LentBy(
        IMethodSymbol method, Value id, Value? receiver, Value?[] arguments, IOperation operation, ImmutableArray<IArgumentOperation> operands)
    {
        if (!body.Summaries.MentionsAcquisition(method))
            return [];
        var holds = ReturnedBy(method, receiver, arguments, operation, operands);
        return holds.IsEmpty && _known.NamespaceProperty(id.Type) is { } own
            ? [new Hold(LockMode.Shared, Place(id, own), null, own.Name) { IsAssumed = true }]
            : holds;
    }

    private bool IsGuardOut(IArgumentOperation argument) =>
        argument.Parameter is { RefKind: RefKind.Out } parameter && _known.IsGuard(parameter.OriginalDefinition.Type) && parameter.OriginalDefinition.Type is not ITypeParameterSymbol;

    private Value? Acquire(
        IOperation operation,
        ISymbol member,
        ITypeSymbol? resultType,
        Value result,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Hold> stated,
        ImmutableArray<Hold> kept)
    {
        var isPending = _known.IsTask(resultType);
        var produced = new List<(Value Id, ITypeSymbol Type, bool IsOut)>();
        if (operation is IObjectCreationOperation)
        {
            if (_known.IsGuard(resultType))
                produced.Add((result, resultType!, false));
        }
        else
        {
            foreach (var (element, type) in _known.GuardsIn(resultType))
            {
                if ((element is null ? result : Place(result, element)) is { } id)
                    produced.Add((id, type, false));
            }
        }

        foreach (var argument in argumentOperations)
        {
            if (IsGuardOut(argument))
                produced.Add((NewValue(operation.Syntax, argument.Parameter!.Type, 1 + argument.Parameter.Ordinal), argument.Parameter.Type, true));
        }

        // Of several guards, the one that has a namespace is meant: the others lock a group or a snapshot.
        var main = produced.FirstOrDefault(guard => _known.NamespaceProperty(guard.Type) is not null);
        if (main.Id is null)
            main = produced.FirstOrDefault();
        var returnsBool = resultType?.SpecialType == SpecialType.System_Boolean;
        foreach (var guard in produced)
        {
            var own = _known.NamespaceProperty(guard.Type);
            var holds = kept;
            if (ReferenceEquals(guard.Id, main.Id) && !stated.IsEmpty)
            {
                // A namespace that has no name at hand is the guard's own.
                if (own is not null && stated[0] is { Namespace: null } unnamed)
                    stated = stated.SetItem(0, unnamed with { Namespace = Place(guard.Id, own), IsUnnamed = true });
                holds = holds.AddRange(stated);
                if (own is not null && stated[0].Namespace is { } first && Place(guard.Id, own) is { } place && !ReferenceEquals(place, first))
                    World = World.Write(place, first);
            }
            else if (own is not null && holds.IsEmpty)
            {
                holds = [new Hold(LockMode.Shared, Place(guard.Id, own), null, own.Name) { IsAssumed = true }];
            }

            var nullable = guard.Type.NullableAnnotation == NullableAnnotation.Annotated || (guard.IsOut && returnsBool);
            var status = isPending ? GuardStatus.Pending : nullable ? GuardStatus.Untested : GuardStatus.Held;
            var acquired = new Guard(guard.Id, operation.Syntax, status, GuardOrigin.Acquired, Owned: true, nullable, Distinct(holds));
            World = World.Add(acquired);
            WidenScope(acquired);
            if (!guard.IsOut)
                _temporaries.Add(guard.Id);
        }

        foreach (var argument in argumentOperations.Where(IsGuardOut))
        {
            var index = 1 + argument.Parameter!.Ordinal;
            Store(argument.Value, _values.Fresh(operation.Syntax, argument.Parameter.Type, index), operation);
        }

        // A Try that answers with a bool says with it whether the guard is there.
        if (returnsBool && produced.Count > 0 && produced[0].IsOut)
        {
            var isFalseWhenGranted = member is IMethodSymbol { Parameters: var parameters } && parameters.Any(parameter =>
                parameter.RefKind == RefKind.Out && IsNullWhenTrue(parameter));
            var isNull = _values.IsNull(produced[0].Id);
            return isFalseWhenGranted ? isNull : _values.Not(isNull);
        }

        return result;
    }

    private static bool IsNullWhenTrue(IParameterSymbol parameter) => parameter.OriginalDefinition.GetAttributes()
        .Any(attribute => attribute is { AttributeClass.Name: "MaybeNullWhenAttribute", ConstructorArguments: [{ Value: true }] });
}
