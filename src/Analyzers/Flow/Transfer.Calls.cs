using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>What a call, a <c>new</c> and an annotated property do, in order.</content>
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
        NeedGuards(method, receiver, arguments);
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

        return IsStepThroughMemory(invocation)
            ? null
            : Finish(invocation, method, method.ReturnType, receiver, arguments, invocation.Arguments, facts.Annotations, facts.HandsOutGuard || IsMadeByDelegate(method, receiver));
    }

    /// <summary>Whether it is a delegate that answers with a guard: what a lambda at hand does is seen there.</summary>
    private bool IsMadeByDelegate(IMethodSymbol method, Value? receiver) =>
        method.MethodKind == MethodKind.DelegateInvoke && receiver?.Kind != ValueKind.Lambda && !_known.GuardsIn(method.ReturnType).IsEmpty;

    /// <summary>Whether a <c>foreach</c> over an array, a string or a span takes a step there: no call runs that could throw.</summary>
    private bool IsStepThroughMemory(IInvocationOperation invocation) => invocation is { IsImplicit: true, TargetMethod.Name: "GetEnumerator" or "MoveNext" }
        && (invocation.Syntax as CommonForEachStatementSyntax ?? invocation.Syntax.Parent as CommonForEachStatementSyntax) is { } loop
        && body.Model?.GetTypeInfo(loop.Expression).Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String }
            or { Name: "Span" or "ReadOnlySpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>What a guard holds that comes from a lambda: one in a local that is called, or one that <c>Task.Run</c> runs.</summary>
    private ImmutableArray<Hold> MadeByLambda(IInvocationOperation call, Value? receiver, Value?[] arguments)
    {
        var method = call.TargetMethod;
        var function = method.MethodKind == MethodKind.DelegateInvoke ? receiver
            : method.Name == "Run" && KnownSymbols.Same(method.ContainingType, _known.Task) ? arguments.FirstOrDefault()
            : null;
        return function is { Kind: ValueKind.Lambda, Payload: IFlowAnonymousFunctionOperation lambda } && !_known.GuardsIn(method.ReturnType).IsEmpty && !body.IsQuiet(lambda)
            ? ImportEach(MethodSummaries.OfLambda(lambda, Graph, SummaryScope.Returned, body).Returned, lambda.Symbol, null, function == receiver ? arguments : [], call, call.Arguments)
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

        if (arguments is [var copied] && _known.IsNamespace(_sequences.ElementOf(creation.Type))
            && (copied is null || !IsSequence(copied) ? constructor.Parameters[0].Type.SpecialType == SpecialType.System_Int32 : _sequences.HaveNamespace(copied.Type)))
        {
            MayThrow();
            var copy = NewValue(creation.Syntax, creation.Type);
            StartCollection(copy);
            if (copied is not null && IsSequence(copied))
                AddElement(copy, NewElement(copied, creation.Arguments[0], _sequences.ElementOf(creation.Type)), creation);
            return copy;
        }

        var annotations = body.Annotations.Of(constructor);
        var isGuard = _known.IsGuard(creation.Type);
        if (isGuard && annotations.Acquires.IsEmpty)
            annotations = annotations with { Acquires = body.Annotations.PromisedByConstructors(constructor.ContainingType.BaseType) };
        return Fill(Finish(creation, constructor, creation.Type, null, arguments, creation.Arguments, annotations, isGuard), creation, constructor, arguments);
    }

    /// <summary>What a constructor puts into members as it is given is there at first.</summary>
    private Value? Fill(Value? made, IObjectCreationOperation creation, IMethodSymbol constructor, Value?[] arguments)
    {
        if (IsDead || constructor.DeclaringSyntaxReferences.IsEmpty)
            return made;
        foreach (var (parameter, member) in body.Facts.Members.FilledBy(constructor))
        {
            if (arguments[parameter] is { } value && World.GuardOf(value) is null && Place(made ??= NewValue(creation.Syntax, creation.Type), member) is { } place)
                World = World.Write(place, value);
        }

        return made;
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
            // The framework's own methods only look at the items.
            if (!World.Guards.IsEmpty && !KnownSymbols.IsFramework(parameter.ContainingType))
                LoseItems(_sequences.ElementOf(parameter.Type));
            if (value is not null && IsSequence(value))
            {
                _enumerated ??= value;
                if (parameter.ContainingSymbol.Name != "AsSpan")
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

        // The items are in the place itself.
        if (place is IInlineArrayAccessOperation element)
        {
            Evaluate(element.Argument);
            EvaluateWritten(element.Instance);
            return null;
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
        CloseReferenced(argumentOperations);
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
            body.Summaries.Of(constructor, SummaryScope.Everything, body).Acquired.RemoveAll(hold => hold.Namespace is not { Kind: ValueKind.Parameter } || hold.Mode > mode),
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

    /// <summary>What a variable has that is handed over by reference is the callee's to dispose.</summary>
    private void CloseReferenced(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Ref)
                Close(ReadPlace(argument.Value));
        }
    }

    /// <summary>Places behind <c>out</c> and <c>ref</c> have a new value after the call; guards that are acquired behind <c>out</c> have their own.</summary>
    private void WriteByReference(
        IOperation operation, ImmutableArray<IArgumentOperation> arguments, MemberAnnotations annotations, Value? receiver, Value?[] values, bool lendsGuards)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.Out or RefKind.Ref } parameter || (!lendsGuards && IsGuardOut(argument)) || IsDead)
                continue;
            if (argument.Value is not IDiscardOperation)
            {
                var written = NewValue(argument.Syntax, parameter.Type, 1 + parameter.Ordinal);
                StateRelations(annotations.Parameter(parameter.Ordinal).Relations, written, parameter.Type, receiver, values);
                if (receiver is not null && _sequences.HaveNamespace(receiver.Type) && KnownSymbols.Same(_sequences.ElementOf(receiver.Type), parameter.Type))
                    World = StateElement(World, receiver, written);
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
}
