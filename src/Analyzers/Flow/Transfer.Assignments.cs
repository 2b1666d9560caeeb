using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Assignments: where values go, and guards that are dropped, overwritten or stored.</content>
internal sealed partial class Transfer
{
    private Value? Assign(ISimpleAssignmentOperation assignment)
    {
        // A lambda in a local variable runs where the variable is used.
        var value = assignment.Target is ILocalReferenceOperation && LambdaOf(assignment.Value) is { } lambda
            ? _values.Lambda(lambda)
            : assignment is { IsRef: true, Target: ILocalReferenceOperation { Local.RefKind: RefKind.Ref } } ? EvaluateWritten(assignment.Value) : Evaluate(assignment.Value);
        Store(assignment.Target, value, assignment);
        return value;
    }

    private Value? AssignCompound(ICompoundAssignmentOperation compound)
    {
        var value = Evaluate(compound.Value);
        var target = EvaluateWritten(compound.Target);
        if (compound.OperatorMethod is { IsStatic: true } method)
            Check(compound, method, isWrite: false, null, [target, value]);
        else if (compound.OperatorMethod is { } own)
            Check(compound, own, isWrite: false, target, [value]);
        var result = compound.Type?.SpecialType == SpecialType.System_Boolean && compound.OperatorKind is BinaryOperatorKind.And or BinaryOperatorKind.Or
            ? Both(target, value, compound.OperatorKind)
            : null;
        Store(compound.Target, result, compound, isChecked: true);
        return result;
    }

    private Value? Increment(IIncrementOrDecrementOperation increment)
    {
        var target = EvaluateWritten(increment.Target);
        if (increment.OperatorMethod is { } method)
            Check(increment, method, isWrite: false, method.IsStatic ? null : target, method.IsStatic ? [target] : []);
        Store(increment.Target, null, increment, isChecked: true);
        return null;
    }

    private Value? Deconstruct(IDeconstructionAssignmentOperation deconstruction)
    {
        var value = Evaluate(deconstruction.Value);
        if (IsDead)
            return null;
        if (TupleIn(deconstruction.Target) is { } tuple)
            StoreElements(tuple, value, deconstruction, DeconstructionOf(deconstruction));
        else
            Store(deconstruction.Target, value, deconstruction);
        return value;
    }

    /// <summary>Writes a value to what stands left of an assignment, in a deconstruction, or behind <c>out</c>.</summary>
    /// <param name="target">The place.</param>
    /// <param name="value">Null where it has no name.</param>
    /// <param name="assignment">What writes.</param>
    /// <param name="isChecked">Whether the write was checked already.</param>
    private void Store(IOperation target, Value? value, IOperation assignment, bool isChecked = false)
    {
        if (IsDead)
            return;
        switch (target)
        {
            case IDiscardOperation:
                Drop(value);
                break;
            case IDeclarationExpressionOperation declaration:
                Store(declaration.Expression, value, assignment);
                break;
            case ITupleOperation tuple:
                StoreElements(tuple, value, assignment);
                break;
            case ILocalReferenceOperation local:
                StoreLocal(local, value, assignment);
                break;
            case IParameterReferenceOperation parameter:
                if (parameter.Parameter.RefKind is RefKind.Out or RefKind.Ref)
                    Close(value);
                WriteVariable(ParameterPlace(parameter.Parameter), value, assignment, parameter.Parameter.Name);
                break;
            case IFieldReferenceOperation field:
                StoreMember(field, field.Field, isChecked ? Receiver(field.Instance) : Write(field), value, assignment);
                break;
            case IPropertyReferenceOperation property:
                var receiver = isChecked ? Receiver(property.Instance) : Write(property, value: value);
                if (property.Arguments.IsEmpty)
                    StoreMember(property, property.Property, receiver, value, assignment);
                else
                    StoreItem(property.Instance, value, assignment);
                if (!property.Arguments.IsEmpty && property.Type is { IsReferenceType: true })
                {
                    ForgetItems(receiver, assignment.Syntax);
                    if (receiver is not null && !IsDead)
                        AddElement(receiver, value, assignment);
                }

                break;
            case IFlowCaptureReferenceOperation capture when _capturedPlaces.TryGetValue(capture.Id, out var place):
                Store(place, value, assignment, isChecked);
                break;
            case IConversionOperation conversion:
                Store(conversion.Operand, value, assignment, isChecked);
                break;
            case IArrayElementReferenceOperation element:
                var array = Evaluate(element.ArrayReference);
                foreach (var index in element.Indices)
                    Evaluate(index);
                StoreItem(element.ArrayReference, value, assignment);
                if (array is not null && !IsDead)
                    AddElement(array, value, assignment);
                if (element.Type is { IsReferenceType: true })
                    ForgetItems(array, assignment.Syntax);
                break;
            case IInlineArrayAccessOperation element:
                if (!isChecked)
                    EvaluateWritten(element);
                Close(value);
                break;
            default:
                EvaluateChildren(target);
                Close(value);
                break;
        }
    }

    /// <summary>A guard goes where others dispose it, or where nobody does.</summary>
    private void StoreGuard(Value? value, bool isDisposed, IOperation assignment, string place)
    {
        if (isDisposed || !HasGuard(value))
        {
            Close(value);
            return;
        }

        // What initializes a field or a property is stored by the value that stands there.
        var site = assignment.Syntax is EqualsValueClauseSyntax initializer ? initializer.Value : assignment.Syntax;
        foreach (var guard in World.Guards)
        {
            if (guard.Owned && (IsPartOf(guard.Id, value!) || IsElementOf(guard.Id, value!)))
                World = World.Replace(guard, guard with { LossyStore = (site, place) });
        }
    }

    /// <summary>Whether the value is a guard, or a tuple with one in it.</summary>
    private bool HasGuard(Value? value)
    {
        if (value is null || World.GuardOf(value) is not null)
            return value is not null;
        // Asked of every argument: what is no tuple must cost nothing.
        if (!KnownSymbols.IsTuple(value.Type))
            return false;
        foreach (var guard in World.Guards)
        {
            if (IsPartOf(guard.Id, value) || IsElementOf(guard.Id, value))
                return true;
        }

        return false;
    }

    /// <summary>A guard goes into a collection: its owner, a loop, or who gets the collection disposes it, or nobody.</summary>
    private void StoreItem(IOperation? collection, Value? value, IOperation store)
    {
        // To ask who disposes what is in a field is dear. Of a task that is completed by hand, who awaits it disposes the result.
        if (!HasGuard(value) || collection?.Type?.Name == "TaskCompletionSource")
        {
            Close(value);
            return;
        }

        switch (Unconverted(collection))
        {
            case IFieldReferenceOperation { Field: var field }:
                StoreGuard(value, body.Ownership.IsDisposed(field), store, field.Name);
                break;
            case IPropertyReferenceOperation { Property: var property }:
                StoreGuard(value, IsDisposed(property), store, property.Name);
                break;
            case ILocalReferenceOperation { Local: var local }:
                StoreGuard(value, body.IsHandedOnOrDisposed(local.Name) || body.IsKept(local.Name), store, local.Name);
                break;
            case IFlowCaptureReferenceOperation when LocalMadeWith(store.Syntax) is { } name:
                StoreGuard(value, body.IsHandedOnOrDisposed(name), store, name);
                break;
            default:
                Close(value);
                break;
        }

        foreach (var guard in World.Guards)
        {
            if (!guard.IsItem && (IsPartOf(guard.Id, value!) || IsElementOf(guard.Id, value!)))
                World = World.Replace(guard, guard with { IsItem = true });
        }
    }

    /// <summary>The local whose declaration makes the collection in whose initializer the item stands.</summary>
    private static string? LocalMadeWith(SyntaxNode item) =>
        item.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>(creation => creation.Initializer?.Span.Contains(item.Span) == true)
            is { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } variable } }
                ? variable.Identifier.ValueText
                : null;

    private Value? Receiver(IOperation? instance) => instance is null ? null : Evaluate(instance);

    /// <summary>Checks a write against what guards the place, and answers with the object that it belongs to.</summary>
    private Value? Write(IOperation target, bool isRead = false, Value? value = null)
    {
        switch (target)
        {
            case IFieldReferenceOperation field:
                var owner = Owner(field.Instance);
                Check(field, field.Field, isWrite: true, owner, [], isRead);
                return owner;
            case IPropertyReferenceOperation property:
                var receiver = Owner(property.Instance);
                var arguments = EvaluateArguments(property.Arguments, property.Property.Parameters.Length);
                if (value is not null && (_known.IsNamespace(value.Type) || !body.Annotations.Of(property.Property).IsEmpty))
                    arguments = [.. arguments, value];
                Check(property, property.Property, isWrite: true, receiver, arguments, isRead);
                if (isRead)
                    LookBelow(property, property.Property, body.Annotations.Of(property.Property), receiver, arguments, property.Arguments);
                // What initializes a property does not run its setter.
                if (property is not { IsImplicit: true, Syntax: EqualsValueClauseSyntax })
                    LookBelow(property, property.Property, body.Annotations.Of(property.Property), receiver, arguments, property.Arguments, isWrite: true);
                return receiver;
            case IFlowCaptureReferenceOperation capture when _capturedPlaces.TryGetValue(capture.Id, out var place):
                return Write(place, isRead);
            default:
                EvaluateChildren(target);
                return null;
        }
    }

    /// <summary>The object whose member is written: who writes to a part of a structure writes to the place that the structure is in.</summary>
    private Value? Owner(IOperation? instance) => instance is IMemberReferenceOperation { Type.IsValueType: true } or IInlineArrayAccessOperation ? EvaluateWritten(instance) : Evaluate(instance);

    private void StoreElements(ITupleOperation tuple, Value? value, IOperation assignment, DeconstructionInfo deconstruction = default)
    {
        var parts = deconstruction.Method is { } method ? DeconstructBy(method, value, assignment) : null;
        for (var i = 0; i < tuple.Elements.Length && !IsDead; i++)
        {
            var part = parts is null ? ElementOf(value, i) : parts.ElementAtOrDefault(i);
            if (TupleIn(tuple.Elements[i]) is { } inner)
                StoreElements(inner, part, assignment, deconstruction.Nested.IsDefault ? default : deconstruction.Nested.ElementAtOrDefault(i));
            else
                Store(tuple.Elements[i], part, assignment);
        }
    }

    private static ITupleOperation? TupleIn(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple,
        IDeclarationExpressionOperation declaration => TupleIn(declaration.Expression),
        _ => null,
    };

    /// <summary>Which methods take the value apart: the operation does not tell.</summary>
    private DeconstructionInfo DeconstructionOf(IDeconstructionAssignmentOperation deconstruction) =>
        (deconstruction.Syntax.FirstAncestorOrSelf<SyntaxNode>(node => node is AssignmentExpressionSyntax or ForEachVariableStatementSyntax), body.Model) switch
        {
            (AssignmentExpressionSyntax assignment, { } model) => model.GetDeconstructionInfo(assignment),
            (ForEachVariableStatementSyntax loop, { } model) => model.GetDeconstructionInfo(loop),
            _ => default,
        };

    /// <summary>What a <c>Deconstruct</c> method hands out: of a record, the properties that it was declared with.</summary>
    private Value?[] DeconstructBy(IMethodSymbol method, Value? value, IOperation operation)
    {
        var isExtension = method is { IsStatic: true, ReducedFrom: null };
        var receiver = isExtension ? null : value;
        var arguments = new Value?[method.Parameters.Length];
        if (isExtension)
            arguments[0] = value;
        Check(operation, method, isWrite: false, receiver, arguments);
        var annotations = body.Annotations.Of(method);
        // A tuple object is a bundle of variables, whatever is called to read them.
        var isTuple = KnownSymbols.IsTuple(value?.Type);
        if (!isTuple)
            MayThrow();
        return [.. method.Parameters.Where(parameter => parameter.RefKind == RefKind.Out).Select(Part)];

        Value? Part(IParameterSymbol parameter)
        {
            if (method is { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true } record })
                return value is not null && KnownSymbols.MemberNamed(record, parameter.Name) is IPropertySymbol property ? ReadMember(value, property) : null;
            var ordinal = parameter.Ordinal + (method.ReducedFrom is null ? 0 : 1);
            if (isTuple)
                return KnownSymbols.MemberNamed(value!.Type!, $"Item{ordinal}") is { } item ? ReadMember(value, item) : null;
            var relations = annotations.Parameter(ordinal).Relations;
            if (relations.IsEmpty)
                return null;
            var part = NewValue(operation.Syntax, parameter.Type, 1 + parameter.Ordinal);
            StateRelations(relations, part, parameter.Type, receiver, arguments);
            return part;
        }
    }

    private Value? ElementOf(Value? tuple, int index)
    {
        if (tuple?.Type is not INamedTypeSymbol { IsTupleType: true } type)
        {
            // What a Deconstruct method hands out has no name; a task of a tuple, awaited, has its elements.
            type = (_known.TaskResult(tuple?.Type) as INamedTypeSymbol)!;
            if (type is not { IsTupleType: true })
                return null;
        }

        return index < type.TupleElements.Length && Place(tuple, type.TupleElements[index]) is { } place ? World.Read(place) : null;
    }

    private void StoreLocal(ILocalReferenceOperation local, Value? value, IOperation assignment)
    {
        if (body.IsWrittenByFunction(local.Local))
        {
            StoreGuard(value, !HasGuard(value) || body.IsHandedOnOrDisposed(local.Local.Name), assignment, local.Local.Name);
            return;
        }

        if (local.Local.RefKind != RefKind.None)
            Close(value);
        var isDeclaration = local.IsDeclaration || assignment.Syntax is VariableDeclaratorSyntax or ForEachStatementSyntax;
        WriteVariable(_values.Local(local.Local), value, assignment, isDeclaration ? null : local.Local.Name);
    }

    private void StoreMember(IOperation target, ISymbol member, Value? receiver, Value? value, IOperation assignment)
    {
        var place = member.IsStatic || receiver is not null ? Place(receiver, member) : null;
        StoreGuard(value, !HasGuard(value) || IsDisposed(member), assignment, member.Name);
        HandOn(value, assignment.Syntax);
        if (place is null)
            return;
        // A setter with code of its own sees what it overwrites.
        WriteVariable(place, value, assignment, OwnershipFacts.HasSetter(member) ? null : member.Name, target.Syntax);
        if (World.GuardOf(value) is { Origin: GuardOrigin.Acquired, IsOuter: false } guard)
            World = World.Replace(guard, guard with { Keeper = place });
    }

    /// <summary>Whether a member of the type disposes the field or property, or the field that the property stands for.</summary>
    private bool IsDisposed(ISymbol member) => body.Ownership.IsDisposed(member)
        || (member is IPropertySymbol property && body.Canonical(property) is [IFieldSymbol field] && body.Ownership.IsDisposed(field));

    /// <param name="variable">The place.</param>
    /// <param name="value">Null where it has no name.</param>
    /// <param name="assignment">What writes.</param>
    /// <param name="name">The variable's name; null where it is declared here, and so overwrites nothing.</param>
    /// <param name="site">Names the value where it has no other name.</param>
    private void WriteVariable(Value variable, Value? value, IOperation assignment, string? name, SyntaxNode? site = null)
    {
        ForgetChoices(variable.Symbol!);
        var earlier = World.GuardOf(World.Read(variable));
        var named = value ?? NewValue(site ?? assignment.Syntax, variable.Type, -10 - variable.Order);
        World = World.Write(variable, named);
        if (name is not null && earlier is { Status: GuardStatus.Held } && (earlier.Owned || ReferenceEquals(earlier.Keeper, variable))
            && !ReferenceEquals(earlier.Id, named) && !World.IsStored(earlier.Id, orPutTogether: true))
        {
            _log.Add(new OverwriteSeen(assignment.Syntax, earlier.Site, name, earlier.Describe()));
            World = World.Replace(earlier, earlier with { Status = GuardStatus.Lost, Owned = false, Keeper = null });
        }
    }

    /// <summary>The value is thrown away where it was made.</summary>
    private void Drop(Value? value)
    {
        if (value is null || IsDead)
            return;
        foreach (var guard in World.Guards)
        {
            if (guard.Owned && (IsPartOf(guard.Id, value) || IsElementOf(guard.Id, value)) && !World.IsStored(guard.Id))
                Lose(guard);
        }
    }

    private void Lose(Guard guard)
    {
        Log(guard, GuardEvent.Dropped);
        World = World.Replace(guard, guard with { Status = GuardStatus.Lost, Owned = false });
    }

    /// <summary>Guards that a statement made and did not keep.</summary>
    private void DropTemporaries(IOperation statement)
    {
        if (_temporaries.Count == 0)
            return;
        // A captured value goes on to the statements that the captures were made for; an expression statement is the last of them.
        if (!IsDead)
        {
            foreach (var temporary in _temporaries)
            {
                if (World.GuardOf(temporary) is { Owned: true, Origin: GuardOrigin.Acquired, LossyStore: null } guard && !World.IsStored(temporary)
                    && (statement is IExpressionStatementOperation || !World.IsCaptured(temporary)))
                {
                    Lose(guard);
                }
            }
        }

        _temporaries.Clear();
    }

    /// <summary>Somebody else disposes what is part of the value from now on; its hold goes on.</summary>
    private void Close(Value? value)
    {
        if (value is null || IsDead)
            return;
        foreach (var guard in World.Guards)
        {
            if ((guard.Owned || guard.Keeper is not null) && (IsPartOf(guard.Id, value) || IsElementOf(guard.Id, value)))
            {
                Log(guard, GuardEvent.Closed);
                World = World.Replace(guard, guard with { Owned = false, Keeper = null });
            }
        }
    }

    /// <summary>Whether the guard is the value, or an element of the tuple that it is.</summary>
    private static bool IsPartOf(Value guard, Value value) =>
        ReferenceEquals(guard, value) || (guard.Kind == ValueKind.Member && guard.First is not null && IsPartOf(guard.First, value));

    /// <summary>Whether a tuple that was put together here has the guard in it.</summary>
    private bool IsElementOf(Value guard, Value tuple) => tuple.Kind == ValueKind.Fresh && KnownSymbols.IsTuple(tuple.Type)
        && World.Variables.Any(variable => variable.Key.Kind == ValueKind.Member && ReferenceEquals(variable.Key.First, tuple)
            && (ReferenceEquals(variable.Value, guard) || IsElementOf(guard, variable.Value)));

}
