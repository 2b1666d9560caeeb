using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What operations do to a world, and the values that they yield.</summary>
/// <remarks>This part: values. Calls, assignments and tests have parts of their own.</remarks>
/// <param name="body">What is known besides the graph.</param>
/// <param name="graph">The graph.</param>
/// <param name="onThrow">Takes the world where an operation may throw.</param>
internal sealed partial class Transfer(BodyContext body, ControlFlowGraph graph, Action<World> onThrow)
{
    private ControlFlowGraph Graph => graph;

    private readonly ValueTable _values = body.Values;
    private readonly KnownSymbols _known = body.Annotations.Known;
    private readonly SequenceTypes _sequences = body.Facts.Sequences;

    /// <summary>What each capture of a place to be written stands for.</summary>
    private readonly Dictionary<CaptureId, IOperation> _capturedPlaces = [];

    /// <summary>The captures that are read; others stand for places that are only written.</summary>
    private HashSet<CaptureId>? _readCaptures;

    /// <summary>Guards that the current statement yielded and nobody has kept yet.</summary>
    private readonly List<Value> _temporaries = [];

    /// <summary>What of callees can be ruled out by the guards of some path so far: nothing before the first is acquired.</summary>
    public SummaryScope? Below { get; private set; }

    /// <summary>What is being run: of an object initializer, each assignment is a statement.</summary>
    private SyntaxNode? _statement;

    /// <summary>The variables of the guards that are returned: where the member is left, they are out of sight.</summary>
    private readonly Dictionary<SyntaxNode, string?> _returned = [];

    private World? _world;
    private List<Observation> _log = [];
    private bool _inLoop;

    /// <summary>The world as it stands; an unreachable one has no operations.</summary>
    private World World
    {
        get => _world ?? World.Empty;
        set => _world = value;
    }

    private bool IsDead => _world is null;

    /// <summary>Sets out to run the operations of one block.</summary>
    /// <param name="world">What is known before them.</param>
    /// <param name="inLoop">Whether the block can run more than once.</param>
    /// <param name="log">Takes what is seen.</param>
    public void Start(World world, bool inLoop, List<Observation> log)
    {
        _world = world;
        _inLoop = inLoop;
        _log = log;
        _temporaries.Clear();
    }

    /// <summary>The world after the last operation; null where none gets that far.</summary>
    public World? Current => _world;

    /// <summary>Runs one statement of a block.</summary>
    public void Run(IOperation operation)
    {
        _statement = operation.Syntax;
        switch (operation)
        {
            case IExpressionStatementOperation statement:
                Discardable(statement.Operation);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } yielded }:
                Close(Evaluate(yielded));
                break;
            default:
                Evaluate(operation);
                break;
        }

        DropTemporaries(operation);
    }

    /// <summary>The value that a block ends with: a condition, what is returned or thrown.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isReturned">Whether its value is returned.</param>
    /// <param name="isOnTheWay">Whether a <c>finally</c> still runs: where it throws, nobody has what is returned.</param>
    public Value? RunLast(IOperation operation, bool isReturned, bool isOnTheWay)
    {
        _statement = operation.Syntax;
        var value = isReturned && IsReturnedToWrite(operation) ? EvaluateWritten(operation) : Evaluate(operation);
        if (isReturned)
        {
            HandOn(value, operation.Syntax, isReturned: true);
            Return(value, operation, isOnTheWay);
        }

        DropTemporaries(operation);
        return value;
    }

    private void Discardable(IOperation operation)
    {
        var value = Evaluate(operation);
        if (operation is not IAssignmentOperation)
            Drop(value);
    }

    private Value? Evaluate(IOperation? operation)
    {
        if (operation is null || IsDead)
            return null;
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && operation is not IConversionOperation { OperatorMethod: not null })
            return _values.Constant(constant);
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return UseIfFunction(ReadLocal(local.Local), local);
            case IParameterReferenceOperation parameter:
                return body.IsWrittenByFunction(parameter.Parameter) ? null : World.Read(ParameterPlace(parameter.Parameter));
            case IInstanceReferenceOperation instance:
                return This(instance);
            case IFieldReferenceOperation field:
                return ReadField(field, isWrite: false);
            case IPropertyReferenceOperation property:
                return ReadProperty(property, isWrite: false);
            case IInvocationOperation invocation:
                return Call(invocation);
            case IObjectCreationOperation creation:
                return Create(creation);
            case IAwaitOperation awaited:
                var task = Evaluate(awaited.Operation);
                CheckAwaiter(awaited, task);
                return task is null && IsDisposal(awaited.Operation) ? null : Await(task);
            case IConversionOperation conversion:
                return Convert(conversion);
            case IFlowCaptureOperation capture:
                return Capture(capture);
            case IFlowCaptureReferenceOperation reference:
                return ReadCapture(reference);
            case ISimpleAssignmentOperation assignment:
                return Assign(assignment);
            case ICompoundAssignmentOperation compound:
                return AssignCompound(compound);
            case IIncrementOrDecrementOperation increment:
                return Increment(increment);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction);
            case ITupleOperation tuple:
                return MakeTuple(tuple);
            case IIsNullOperation isNull:
                var tested = Evaluate(isNull.Operand);
                return IsEndOfLoop(isNull) ? null : _values.IsNull(tested);
            case IIsPatternOperation isPattern:
                return Match(Evaluate(isPattern.Value), isPattern.Pattern);
            case IIsTypeOperation isType:
                return TestType(isType);
            case IBinaryOperation binary:
                return Compare(binary);
            case IUnaryOperation unary:
                return Negate(unary);
            case IDefaultValueOperation { Type: { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } }:
                return _values.Null;
            case IDelegateCreationOperation creation:
                return MakeDelegate(creation);
            case IFlowAnonymousFunctionOperation lambda:
                return UseFunction(lambda, lambda, null);
            case IMethodReferenceOperation method:
                return ReferToMethod(method, null);
            case IArrayElementReferenceOperation { Indices: [var index] } element:
                return ReadItem(Evaluate(element.ArrayReference), Evaluate(index), element);
            case IInlineArrayAccessOperation { Type.Name: "Span", Parent: not IConversionOperation { Type.Name: "ReadOnlySpan" } } part:
                return EvaluateWritten(part);
            case IImplicitIndexerReferenceOperation { Instance: { } indexed, Argument: { } position } fromEnd:
                return ReadItem(Evaluate(indexed), Evaluate(position), fromEnd);
            case IArrayCreationOperation or ICollectionExpressionOperation:
                return MakeCollection(operation);
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation:
                return RunDynamic(operation);
            case ITranslatedQueryOperation query:
                return Evaluate(query.Operation);
            case IEventAssignmentOperation assignment:
                return Subscribe(assignment);
            case INameOfOperation or ITypeOfOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                return null;
            default:
                EvaluateChildren(operation);
                return null;
        }
    }

    /// <summary>A type that can be awaited may ask for a lock; the framework's tasks do not.</summary>
    private void CheckAwaiter(IAwaitOperation awaited, Value? task)
    {
        if (body.Annotations.Names.HasUnnamed && !_known.IsTask(awaited.Operation.Type) && awaited.Syntax is AwaitExpressionSyntax expression
            && body.Model?.GetAwaitExpressionInfo(expression).GetAwaiterMethod is { } method)
        {
            Check(awaited, method, isWrite: false, task, []);
        }
    }

    /// <summary>The enumerator that a <c>foreach</c> disposes, unless it is null, was used in every round: it is not, and neither is its sequence.</summary>
    private static bool IsEndOfLoop(IIsNullOperation test) =>
        test.IsImplicit && (test.Syntax as CommonForEachStatementSyntax ?? test.Syntax.Parent as CommonForEachStatementSyntax) is { } loop
        && (test.Syntax == loop || test.Syntax == loop.Expression);

    private void EvaluateChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
            Evaluate(child);
    }

    /// <summary>What a dynamic call does is not known to the compiler: silence, also about the guards that are handed to it.</summary>
    private Value? RunDynamic(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
            Close(Evaluate(child));
        return null;
    }

    private Value? ReadLocal(ILocalSymbol local) => body.IsWrittenByFunction(local) ? null : World.Read(_values.Local(local));

    private Value? This(IInstanceReferenceOperation instance) => instance switch
    {
        { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: { } type } => _values.This(type),
        _ => null,
    };

    private Value? ReadField(IFieldReferenceOperation reference, bool isWrite)
    {
        var receiver = Evaluate(reference.Instance);
        var field = reference.Field;
        Check(reference, field, isWrite, receiver, []);
        return field.IsStatic || receiver is not null ? ReadMember(receiver, field) : null;
    }

    private Value? ReadProperty(IPropertyReferenceOperation reference, bool isWrite)
    {
        var receiver = Evaluate(reference.Instance);
        var property = reference.Property;
        var arguments = EvaluateArguments(reference.Arguments, property.Parameters.Length);
        Check(reference, property, isWrite, receiver, arguments);
        var annotations = body.Annotations.Of(property);
        if (!isWrite)
            LookBelow(reference, property, annotations, receiver, arguments, reference.Arguments);
        if (!isWrite && (!annotations.Acquires.IsEmpty || (_known.IsGuard(property.Type) && body.Ownership.HandsOut(property))))
            return Finish(reference, property, property.Type, receiver, arguments, reference.Arguments, annotations, body.Annotations.Known.IsGuard(property.Type));
        if (property.Parameters.Length > 0)
            return ReadItem(receiver, arguments is [var index] ? index : null, reference);
        if (IsTaskResult(property))
            return Await(receiver);
        if (property.Name == "Current" && reference.IsImplicit)
            return NewElement(receiver, reference);
        return property.IsStatic || receiver is not null ? ReadMember(receiver, property) : null;
    }

    private bool IsTaskResult(IPropertySymbol property) => property.Name == "Result" && _known.TaskResult(property.ContainingType) is not null;

    /// <summary>A field or property of a value, by the rules of paths: stable until somebody writes to it.</summary>
    private Value? ReadMember(Value? receiver, ISymbol member)
    {
        if (receiver is not null && member is IPropertySymbol { Name: "IsHeld" } && World.GuardOf(receiver)?.Status is GuardStatus.Held or GuardStatus.Untested)
            return _values.Not(_values.IsNull(receiver));
        if (member is IPropertySymbol { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T })
            return receiver;
        var value = MemberValues.Read(World, body, receiver, member);
        if (member is IPropertySymbol property && !body.Annotations.Of(property).Result.IsEmpty)
            StateRelations(body.Annotations.Of(property).Result, value, property.Type, receiver, []);
        return value;
    }

    /// <summary>The same index of the same collection is the same object, until somebody writes to the collection.</summary>
    private Value? ReadItem(Value? collection, Value? index, IOperation read)
    {
        var type = read.Type;
        if (IsDead || collection is null || type is not { IsReferenceType: true } || _known.IsGuard(type))
            return null;
        var item = index is null ? null : _values.Item(World.Read(_values.Contents(collection)), index, type);
        if (!_sequences.HaveNamespace(collection.Type) || !KnownSymbols.Same(_sequences.ElementOf(collection.Type), type))
            return item;
        // What is known of all elements goes for this one.
        if (item is null)
            return NewElement(collection, read, type);
        World = StateElement(World, collection, item);
        return item;
    }

    private void ForgetItems(Value? collection, SyntaxNode site)
    {
        // A list of numbers has no items that would be read as objects.
        if (!IsDead && collection is not null && collection.Type is not INamedTypeSymbol { TypeArguments: [.., { IsValueType: true }] })
            World = World.Write(_values.Contents(collection), NewValue(site, null, -4));
    }

    /// <summary>The variable that a parameter is. One that the members of a type capture is the property that answers with it.</summary>
    private Value ParameterPlace(IParameterSymbol parameter) => body.IsCaptured(parameter) && body.Facts.Members.Showing(parameter) is { } property
        ? Place(_values.This(parameter.ContainingType), property) ?? _values.Parameter(parameter)
        : _values.Parameter(parameter);

    private Value? Place(Value? receiver, ISymbol member) => MemberValues.Place(body, receiver, member);

    private Value? Convert(IConversionOperation conversion)
    {
        if (IsExpressionTree(conversion.Type))
            return null;
        // Who has a span of an inline array may write to it; a loop over its items only reads them.
        var operand = conversion is { Type.Name: "Span", Operand: IFieldReferenceOperation { Type.IsValueType: true }, Syntax.Parent: not ForEachStatementSyntax { Type: not RefTypeSyntax } }
            && conversion.GetConversion().IsInlineArray
            ? EvaluateWritten(conversion.Operand)
            : Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is not { } method)
            return operand;
        // A conversion that makes a task of a guard, or the like, hands the guard on.
        if (World.GuardOf(operand) is not null && _known.IsTask(conversion.Type))
            return operand;
        Check(conversion, method, isWrite: false, null, [operand]);
        return null;
    }

    private bool IsExpressionTree(ITypeSymbol? type) => type is not null && KnownSymbols.Same(type.OriginalDefinition, _known.Expression);

    /// <summary>A value that has no name but this place; where the place runs again, the last one loses it.</summary>
    private Value NewValue(SyntaxNode site, ITypeSymbol? type, int index = 0)
    {
        var value = _values.Fresh(site, type, index);
        if (_inLoop)
            World = World.Age(value, _values);
        return value;
    }

    private Value? MakeTuple(ITupleOperation tuple)
    {
        var value = NewValue(tuple.Syntax, tuple.Type);
        var fields = (tuple.Type as INamedTypeSymbol)?.TupleElements ?? [];
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            var element = Evaluate(tuple.Elements[i]);
            if (IsDead)
                return null;
            if (i < fields.Length && element is not null && Place(value, fields[i]) is { } place)
                World = World.Write(place, element);
        }

        return value;
    }

    /// <summary>As a tuple of the language, a <see cref="Tuple{T1, T2}"/> is a bundle of variables.</summary>
    private Value MakeTuple(IOperation creation, Value?[] elements)
    {
        var value = NewValue(creation.Syntax, creation.Type);
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i] is { } element && KnownSymbols.MemberNamed(creation.Type!, $"Item{i + 1}") is { } item && Place(value, item) is { } place)
                World = World.Write(place, element);
        }

        return value;
    }

    /// <summary>What goes into an array or a collection is stored there.</summary>
    private Value? MakeCollection(IOperation operation)
    {
        var collection = NewValue(operation.Syntax, operation.Type);
        StartCollection(collection);
        foreach (var child in operation.Descendants())
        {
            if (child.Parent is not (IArrayInitializerOperation or ICollectionExpressionOperation) || child is IArrayInitializerOperation)
                continue;
            var value = Evaluate(child is ISpreadOperation spread ? spread.Operand : child);
            if (World.GuardOf(value) is not { Status: GuardStatus.Pending } pending || World.IsStored(pending.Id) || !IsDroppedTogether(operation.Parent))
                StoreItem(AssignedTo(operation.Parent), value, child);
            AddElement(collection, child is ISpreadOperation && value is not null ? NewElement(value, child) : value, child);
        }

        return collection;
    }

    private static IOperation? AssignedTo(IOperation? parent) => parent switch
    {
        IConversionOperation conversion => AssignedTo(conversion.Parent),
        ISimpleAssignmentOperation assignment => assignment.Target,
        _ => null,
    };

    private void MayThrow()
    {
        if (!IsDead)
            Throw(World);
    }

    private void Throw(World world)
    {
        // A guard whose object initializer is still running is not in any variable that could be disposed, nor in its own using.
        foreach (var guard in world.Guards)
        {
            if (guard.Owned && guard.Site is BaseObjectCreationExpressionSyntax { Initializer: { } initializer } && initializer.Span.Contains(_statement!.Span))
                world = world.With(guards: world.Guards.Replace(guard, guard with { Owned = false }));
        }

        onThrow(world);
    }

    /// <summary>A call that only throws where its argument is not as it should be throws in no other world.</summary>
    private void MayThrow(IMethodSymbol? method, Value?[] arguments)
    {
        if (IsDead || method is { ContainingType.SpecialType: SpecialType.System_Object })
            return;
        World? throwing = World;
        foreach (var (ordinal, test) in method is null ? [] : body.Facts.Members.Of(method).Tests)
        {
            if (throwing is not null && ordinal < arguments.Length)
                throwing = AssumeTest(throwing, test, arguments[ordinal], isMet: false);
        }

        if (throwing is not null)
            Throw(GivesBack(method) ? KeepReturned(throwing) : throwing);
    }
}
