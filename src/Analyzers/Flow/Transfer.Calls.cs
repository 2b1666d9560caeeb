using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Calls: what they need, acquire, release and keep.</content>
internal sealed partial class Transfer
{
    private Value? Call(IInvocationOperation invocation)
    {
        var outer = _needs;
        _needs = [];
        var result = CallNow(invocation, out var arguments);
        result = StartLaterWork(invocation, arguments, _needs, result);
        _needs = outer;
        return result;
    }

    private Value? CallNow(IInvocationOperation invocation, out Value?[] arguments)
    {
        arguments = [];
        var method = invocation.TargetMethod;
        var receiver = method.MethodKind == MethodKind.DelegateInvoke && invocation.Instance is ILocalReferenceOperation function
            ? ReadLocal(function.Local)
            : Evaluate(invocation.Instance);
        if (IsRelease(invocation))
        {
            Release(receiver, invocation);
            return null;
        }

        arguments = EvaluateArguments(invocation.Arguments, method.Parameters.Length, receiver);
        if (IsDead)
            return null;
        StartLambdas(invocation, method, invocation.Arguments);
        KeepWork(invocation, receiver, arguments);
        if (method.MethodKind == MethodKind.LocalFunction)
            UseFunction(method.OriginalDefinition, invocation, null, arguments);
        else if (method.MethodKind == MethodKind.DelegateInvoke && receiver is { Kind: ValueKind.Lambda, Payload: { } lambda })
        {
            UseFunction(lambda, invocation, invocation.Instance?.Type, arguments);
            if (lambda is IFlowAnonymousFunctionOperation called)
                LookBelow(invocation, called, arguments);
        }

        Check(invocation, method, isWrite: false, receiver, arguments);
        if (receiver is not null && MovesItems(method.Name))
            ForgetItems(receiver, invocation.Syntax);
        if (PassesThrough(invocation, receiver, arguments, out var passed))
            return passed;
        var facts = body.Facts.Members.Of(method);
        if (facts.PassesOn is { } ordinal && (ordinal < 0 ? receiver : arguments.ElementAtOrDefault(ordinal)) is { } same && World.GuardOf(same) is { } guard)
        {
            LookBelow(invocation, method, facts.Annotations, receiver, arguments, invocation.Arguments);
            // Where it throws, nobody but the call has a guard that was made in its arguments.
            if (World.IsStored(same))
                MayThrow(method, arguments);
            else
                Throw(World.Replace(guard, guard with { Owned = false }));
            StateOutcome(method, arguments);
            return IsDead ? null : same;
        }

        if (MadeByLambda(invocation, receiver, arguments) is { IsEmpty: false } made)
        {
            MayThrow();
            return Acquire(invocation, method, method.ReturnType, NewValue(invocation.Syntax, method.ReturnType), invocation.Arguments, made, []);
        }

        return Finish(invocation, method, method.ReturnType, receiver, arguments, invocation.Arguments, facts.Annotations, facts.HandsOutGuard);
    }

    /// <summary>What a guard holds that comes from a lambda: one in a local that is called, or one that <c>Task.Run</c> runs.</summary>
    private ImmutableArray<Hold> MadeByLambda(IInvocationOperation call, Value? receiver, Value?[] arguments)
    {
        var method = call.TargetMethod;
        var function = method.MethodKind == MethodKind.DelegateInvoke ? receiver
            : method.Name == "Run" && KnownSymbols.Same(method.ContainingType, _known.Task) ? arguments.FirstOrDefault()
            : null;
        return function is { Kind: ValueKind.Lambda, Payload: IFlowAnonymousFunctionOperation lambda } && !_known.GuardsIn(method.ReturnType).IsEmpty && !body.IsQuiet(lambda)
            ? ImportEach(MethodSummaries.OfLambda(lambda, Graph, body).Returned, lambda.Symbol, null, function == receiver ? arguments : [], call, call.Arguments)
            : [];
    }

    private Value? Create(IObjectCreationOperation creation)
    {
        var outer = _needs;
        var result = CreateNow(creation);
        _needs = outer;
        return result;
    }

    private Value? CreateNow(IObjectCreationOperation creation)
    {
        var constructor = creation.Constructor;
        var arguments = EvaluateArguments(creation.Arguments, constructor?.Parameters.Length ?? 0);
        if (constructor is null || IsDead)
            return null;
        if (creation.Type is { IsValueType: true } && _known.IsTask(creation.Type) && arguments is [{ } wrapped, ..])
            return wrapped;
        if (KnownSymbols.IsTuple(creation.Type))
            return MakeTuple(creation, arguments);
        StartLambdas(creation, constructor, creation.Arguments);
        Check(creation, constructor, isWrite: false, null, arguments);
        if (creation.Type is { } created && arguments.Length == 0 && _sequences.HaveNamespace(created))
        {
            MayThrow();
            var collection = NewValue(creation.Syntax, created);
            StartCollection(collection);
            return collection;
        }

        var annotations = body.Annotations.Of(constructor);
        var isGuard = _known.IsGuard(creation.Type);
        if (isGuard && annotations.Acquires.IsEmpty)
            annotations = annotations with { Acquires = body.Annotations.PromisedByConstructors(constructor.ContainingType.BaseType) };
        return Finish(creation, constructor, creation.Type, null, arguments, creation.Arguments, annotations, isGuard);
    }

    /// <returns>The arguments' values by the ordinal of their parameters.</returns>
    private Value?[] EvaluateArguments(ImmutableArray<IArgumentOperation> arguments, int parameters, Value? receiver = null)
    {
        var outer = _enumerated;
        _enumerated = receiver is not null && IsSequence(receiver) ? receiver : null;
        var values = parameters == 0 ? [] : new Value?[parameters];
        foreach (var argument in arguments)
        {
            if (IsDead)
                break;
            var value = argument.Parameter?.RefKind switch
            {
                RefKind.Out => null,
                RefKind.Ref => EvaluateWritten(argument.Value),
                _ => Evaluate(argument.Value),
            };
            if (argument.Parameter is not { } parameter)
                continue;
            if (parameter.Ordinal < values.Length)
                values[parameter.Ordinal] = value;
            if (value is not null && IsSequence(value))
            {
                _enumerated ??= value;
                ForgetElements(value, parameter.Type);
            }
        }

        _enumerated = outer;
        return values;
    }

    /// <summary>A place that is handed over by reference may be written.</summary>
    private Value? EvaluateWritten(IOperation place)
    {
        if (place is IFlowCaptureReferenceOperation capture && _capturedPlaces.TryGetValue(capture.Id, out var captured))
            place = captured;
        if (place is IFieldReferenceOperation or IPropertyReferenceOperation)
        {
            var receiver = Write(place, isRead: true);
            var member = place is IFieldReferenceOperation field ? field.Field : (ISymbol)((IPropertyReferenceOperation)place).Property;
            return member.IsStatic || receiver is not null ? ReadMember(receiver, member) : null;
        }

        return Evaluate(place);
    }

    /// <summary>What every call, <c>new</c> and annotated property does: exception, hand-over, acquisition, assertion, result.</summary>
    private Value? Finish(
        IOperation operation,
        ISymbol member,
        ITypeSymbol? resultType,
        Value? receiver,
        Value?[] arguments,
        ImmutableArray<IArgumentOperation> argumentOperations,
        MemberAnnotations annotations,
        bool handsOutGuard)
    {
        var method = member as IMethodSymbol;
        if (method is not null && !handsOutGuard && IsPlain(method, arguments, argumentOperations))
        {
            LookBelow(operation, member, annotations, receiver, arguments, argumentOperations);
            MayThrow(method, arguments);
            return null;
        }

        var hasGuardOut = HasGuardOut(argumentOperations);
        var acquires = !annotations.Acquires.IsEmpty || handsOutGuard || (hasGuardOut && !(method is not null && body.Ownership.OnlyLends(method)));
        var lendsOut = !acquires && hasGuardOut;
        var isComposite = (operation is IObjectCreationOperation || method?.MethodKind == MethodKind.Constructor) && arguments.Any(argument => World.GuardOf(argument) is not null);
        var stated = annotations.Acquires.IsEmpty
            ? acquires && (method ?? (member as IPropertySymbol)?.GetMethod) is { } callee ? ReturnedBy(callee, receiver, arguments, operation, argumentOperations) : []
            : BindAll(annotations.Acquires, receiver, arguments, argumentOperations, operation);
        if (!isComposite)
            Request(operation, stated);
        if (stated.IsEmpty)
            LookBelow(operation, member, annotations, receiver, arguments, argumentOperations);
        var isTry = resultType?.SpecialType == SpecialType.System_Boolean || _known.GuardsIn(resultType).Any(guard => guard.Type.NullableAnnotation == NullableAnnotation.Annotated);
        if (!isComposite && !isTry)
            World = World.Acquire(stated);
        var kept = KeepArguments(operation, method, receiver, arguments, annotations);
        MayThrow(method, arguments);
        WriteByReference(operation, argumentOperations, annotations, receiver, arguments, lendsOut);
        if (IsDead)
            return null;

        Value? result = null;
        if (acquires || !annotations.Result.IsEmpty || !kept.IsEmpty)
            result = NewValue(operation.Syntax, resultType);
        if (!annotations.Result.IsEmpty)
            StateRelations(annotations.Result, result, resultType, receiver, arguments);
        if (acquires)
        {
            // Only now the object is there that a constructor's promise about itself speaks of.
            if (operation is IObjectCreationOperation)
                stated = BindAll(annotations.Acquires, result, arguments, argumentOperations, operation).AddRange(AcquiredByBase(method, annotations, arguments, argumentOperations, operation));
            result = Acquire(operation, member, resultType, result!, argumentOperations, stated, kept);
        }
        else if (!kept.IsEmpty && result is not null)
            World = World.Add(new Guard(result, operation.Syntax, GuardStatus.Held, GuardOrigin.Acquired, Owned: false, Nullable: false, kept));
        Assert(annotations, receiver, arguments, argumentOperations, operation);
        StateOutcome(method, arguments);
        if (!acquires && kept.IsEmpty && method is not null && Lends(method, operation) && !IsDead)
        {
            result ??= NewValue(operation.Syntax, resultType);
            AddLent(result, operation, receiver, resultType?.NullableAnnotation == NullableAnnotation.Annotated, LentBy(method, result, receiver, arguments, operation, argumentOperations));
        }

        return IsDead ? null : result ?? (method is null ? null : Known(method, receiver, arguments));
    }

    /// <summary>What a constructor that says nothing hands to its base to lock, by the names of its own parameters: the same hold that the base promises of <c>this</c>.</summary>
    private ImmutableArray<Hold> AcquiredByBase(
        IMethodSymbol? constructor, MemberAnnotations promised, Value?[] arguments, ImmutableArray<IArgumentOperation> operands, IOperation operation)
    {
        if (constructor is null || promised.Acquires.IsEmpty || !body.Annotations.Of(constructor).Acquires.IsEmpty)
            return [];
        var mode = promised.Acquires.Max(term => term.Mode);
        return ImportEach(
            body.Summaries.Of(constructor, body).Acquired.RemoveAll(hold => hold.Namespace is not { Kind: ValueKind.Parameter } || hold.Mode > mode),
            constructor, null, arguments, operation, operands);
    }

    private bool HasGuardOut(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (IsGuardOut(argument))
                return true;
        }

        return false;
    }

    /// <summary>Whether the call has nothing to do with locks: it can only throw.</summary>
    private bool IsPlain(IMethodSymbol method, Value?[] arguments, ImmutableArray<IArgumentOperation> operands)
    {
        if (!body.Facts.Members.Of(method).IsPlain)
            return false;
        foreach (var argument in arguments)
        {
            if (HasGuard(argument))
                return false;
        }

        foreach (var operand in operands)
        {
            if (operand.Parameter is { RefKind: RefKind.Out or RefKind.Ref })
                return false;
        }

        return true;
    }

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
        if (!body.Summaries.MayAcquire(method))
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
        _hasAcquired = true;
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
            World = World.Add(new Guard(guard.Id, operation.Syntax, status, GuardOrigin.Acquired, Owned: true, nullable, Distinct(holds)));
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

    /// <summary>What a member of the same compilation that states nothing hands out, where it just passes an acquisition on.</summary>
    private ImmutableArray<Hold> ReturnedBy(
        IMethodSymbol method, Value? receiver, Value?[] arguments, IOperation operation, ImmutableArray<IArgumentOperation> operands) =>
        ImportEach(body.Summaries.Of(method, body).Returned, method, receiver, arguments, operation, operands);

    private ImmutableArray<Hold> ImportEach(
        ImmutableArray<Hold> holds, IMethodSymbol method, Value? receiver, Value?[] arguments, IOperation call, ImmutableArray<IArgumentOperation> operands) =>
        [.. holds.Select(hold => Import(hold, method, receiver, arguments, call, operands))];

    /// <summary>A hold that another body tells of, said with what is known, and written, at the call.</summary>
    private Hold Import(Hold hold, IMethodSymbol method, Value? receiver, Value?[] arguments, IOperation call, ImmutableArray<IArgumentOperation> operands) => hold with
    {
        Namespace = Import(hold.Namespace, method, receiver, arguments),
        Store = Import(hold.Store, method, receiver, arguments),
        Text = TextOf(hold.Namespace, operands, call) ?? hold.Text,
        StoreText = TextOf(hold.Store, operands, call) ?? hold.StoreText,
    };

    /// <summary>A value of another body, said with what is known at the call.</summary>
    private Value? Import(Value? value, IMethodSymbol method, Value? receiver, Value?[] arguments)
    {
        switch (value)
        {
            case null:
                return null;
            case { Kind: ValueKind.This }:
                return method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? value : receiver;
            // A parameter that a type's members capture is another one in each object.
            case { Kind: ValueKind.Parameter, Symbol.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } primary }
                when method.MethodKind is not (MethodKind.Constructor or MethodKind.LocalFunction or MethodKind.AnonymousFunction) && receiver?.Kind != ValueKind.This
                && KnownSymbols.Same(primary.ContainingType, method.ContainingType?.OriginalDefinition):
                return null;
            case { Kind: ValueKind.Parameter, Symbol: IParameterSymbol parameter }:
                return KnownSymbols.Same(parameter.ContainingSymbol.OriginalDefinition, method.OriginalDefinition)
                    ? arguments.ElementAtOrDefault(parameter.Ordinal)
                    : World.Read(_values.Parameter(parameter));
            case { Kind: ValueKind.Local } when method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction:
                return World.Read(value);
            case { Kind: ValueKind.Member, Symbol: { } member }:
                return value.First is null ? ReadMember(null, member) : Import(value.First, method, receiver, arguments) is { } owner ? ReadMember(owner, member) : null;
            case { Kind: ValueKind.Child }:
                return _values.Child(Import(value.First, method, receiver, arguments), Import(value.Second, method, receiver, arguments));
            case { Kind: ValueKind.Parent }:
                return _values.Parent(Import(value.First, method, receiver, arguments));
            case { Kind: ValueKind.Namespace, Payload: string path }:
                return _values.Namespace(path);
            case { Kind: ValueKind.Constant }:
                return _values.Constant(value.Payload);
            default:
                return null;
        }
    }

    private static ImmutableArray<Hold> Distinct(ImmutableArray<Hold> holds) => holds.Length < 2 ? holds : [.. holds.Distinct()];

    /// <summary>Places behind <c>out</c> and <c>ref</c> have a new value after the call; guards that are acquired behind <c>out</c> have their own.</summary>
    private void WriteByReference(
        IOperation operation, ImmutableArray<IArgumentOperation> arguments, MemberAnnotations annotations, Value? receiver, Value?[] values, bool lendsGuards)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.Out or RefKind.Ref } parameter || (!lendsGuards && IsGuardOut(argument)) || IsDead)
                continue;
            Close(parameter.RefKind == RefKind.Ref ? ReadPlace(argument.Value) : null);
            if (argument.Value is not IDiscardOperation)
            {
                var written = NewValue(argument.Syntax, parameter.Type, 1 + parameter.Ordinal);
                StateRelations(annotations.Parameter(parameter.Ordinal).Relations, written, parameter.Type, receiver, values);
                if (IsGuardOut(argument))
                    AddLent(written, operation, receiver, parameter.Type.NullableAnnotation == NullableAnnotation.Annotated || operation.Type?.SpecialType == SpecialType.System_Boolean, []);
                Store(argument.Value, written, operation, isChecked: parameter.RefKind == RefKind.Ref);
            }
        }
    }

    private Value? ReadPlace(IOperation place) => place switch
    {
        ILocalReferenceOperation local => World.Read(_values.Local(local.Local)),
        IParameterReferenceOperation parameter => World.Read(_values.Parameter(parameter.Parameter)),
        _ => null,
    };

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
                if (!_known.IsGuard(creation.Type) && !annotations.Parameter(i).TakesOwnership && !body.Ownership.KeepsAndDisposes(parameter))
                    continue;
                kept = kept.AddRange(guard.Holds);
                Log(guard, GuardEvent.Closed);
                World = World.Remove(guard);
            }
            else if (method.MethodKind == MethodKind.Constructor)
            {
                // ': this(…)' and ': base(…)' give it to the object that is being made.
                if (_known.IsGuard(method.ContainingType) || annotations.Parameter(i).TakesOwnership || body.Ownership.KeepsAndDisposes(parameter))
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

    private static IOperation? Unconverted(IOperation? operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private void Release(Value? receiver, IOperation operation)
    {
        if (receiver is null || IsDead)
            return;
        if (World.GuardOf(receiver) is { } guard)
        {
            if (guard.IsLent)
                _log.Add(new LentDisposed(operation.Syntax, guard.Site is ParameterSyntax parameter ? parameter.Identifier.ValueText : Shorten(Readable(guard.Site, isFollowed: false))));
            Log(guard, GuardEvent.Closed);
            EndWork(guard);
            World = World.End(guard, PastReason.Released, operation.Syntax);
        }
        else if (receiver is { Kind: ValueKind.Member, Symbol: { } member } && _known.IsGuard(receiver.Type) && IsAnothers(receiver, member))
        {
            _log.Add(new LentDisposed(operation.Syntax, operation is IInvocationOperation { Instance: { } instance } ? Shorten(Readable(instance.Syntax, isFollowed: false)) : receiver.ToString()));
        }
    }

    /// <summary>Whether the field or property belongs to an object of another type, which disposes it itself.</summary>
    private bool IsAnothers(Value value, ISymbol member) => value.First is null
        ? !body.IsWithin(member.ContainingType)
        : value.First.Kind != ValueKind.This && !(body.IsWithin(member.ContainingType)) && !IsTupleOrOwned(value.First);

    /// <summary>A tuple is a bundle of variables, and who made an object disposes of it.</summary>
    private static bool IsTupleOrOwned(Value value) => value.Kind is ValueKind.Fresh or ValueKind.Phi or ValueKind.Capture || KnownSymbols.IsTuple(value.Type);

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
        foreach (var guard in World.Guards)
        {
            if (guard.Status == GuardStatus.Pending && IsPartOf(guard.Id, task))
            {
                World = World.Replace(guard, guard with { Status = guard.Nullable ? GuardStatus.Untested : GuardStatus.Held });
                if (!World.IsStored(guard.Id))
                    _temporaries.Add(guard.Id);
            }
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

    private void Exchange(IInvocationOperation invocation, Value? value)
    {
        var target = invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        if (target is ILocalReferenceOperation local)
            World = World.Write(_values.Local(local.Local), value ?? NewValue(invocation.Syntax, local.Type));
        else if (target is not null)
            Store(target, value, invocation, isChecked: true);
    }

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
    }
}
