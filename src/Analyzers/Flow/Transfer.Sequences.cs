using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Sequences and collections: what is known of all elements is known of each.</content>
internal sealed partial class Transfer
{
    /// <summary>The sequence that the call at hand goes over: a lambda in it gets its elements.</summary>
    private Value? _enumerated;

    private bool IsSequenceCall(IInvocationOperation invocation, Value? receiver, Value?[] arguments, out Value? result)
    {
        var method = invocation.TargetMethod;
        result = null;
        var sequence = method.IsStatic ? arguments.FirstOrDefault() : receiver;
        if ((method.Name == "Select" && IsLinq(method)) || method.Name == "ConvertAll")
        {
            if (!_sequences.HaveNamespace(method.ReturnType))
                return false;
            MayThrow();
            result = IsDead ? null : Project(invocation, sequence);
            return true;
        }

        if (sequence is null && method.Name is "Where" or "TakeWhile" or "FindAll" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault")
            sequence = UnnamedSequence(invocation);
        if (sequence is null || !_known.GuardsIn(method.OriginalDefinition.ReturnType).IsEmpty)
            return false;
        switch (method.Name)
        {
            case "GetEnumerator" or "GetAsyncEnumerator" or "WithCancellation" or "AsEnumerable" or "AsSpan" or "AsReadOnly":
                if (method.Name.StartsWith("Get", StringComparison.Ordinal))
                    FinishWork(sequence);
                result = sequence;
                return true;
            case "ToArray" or "ToList" or "ToHashSet" or "GetRange" or "Slice" when IsSequence(sequence):
            case "OrderBy" or "OrderByDescending" or "Order" or "OrderDescending" or "ThenBy" or "ThenByDescending" or "Take"
                or "TakeLast" or "Skip" or "SkipWhile" or "SkipLast" or "Reverse" or "Distinct" or "DistinctBy"
                or "AsParallel" or "AsSequential" or "AsOrdered" or "WithDegreeOfParallelism" when IsLinq(method):
                MayThrow();
                result = sequence;
                return true;
            case "FindAll" when IsSequence(sequence):
            case "Where" or "TakeWhile" when IsLinq(method):
                MayThrow();
                result = IsDead ? null : Filter(invocation, sequence);
                return true;
            case "SelectMany" when IsLinq(method):
                MayThrow();
                result = IsDead ? null : SelectMany(invocation, sequence);
                return true;
            case "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "ElementAt" or "ElementAtOrDefault" when IsLinq(method):
                MayThrow();
                result = NewElement(sequence, invocation);
                IsMet(invocation, result);
                return true;
            case "Dequeue" or "Pop" or "Peek" when !method.IsStatic && method.Parameters.IsEmpty && _sequences.HaveNamespace(sequence.Type)
                && !_known.IsGuard(method.ReturnType):
                MayThrow();
                result = NewElement(sequence, invocation);
                return true;
            case "Add" or "AddLast" or "AddFirst" or "Enqueue" or "Push" or "Insert" when !method.IsStatic && arguments.Length > 0:
                AddElement(sequence, arguments[arguments.Length - 1], invocation);
                return false;
            default:
                return false;
        }
    }

    /// <summary>A sequence of namespaces that has no name, for what a condition says of its elements.</summary>
    private Value? UnnamedSequence(IInvocationOperation call)
    {
        var operand = Unconverted(call.Instance ?? call.Arguments.FirstOrDefault()?.Value);
        return call.Arguments.IsEmpty || !_sequences.HaveNamespace(operand?.Type) ? null : NewValue(operand!.Syntax, operand.Type);
    }

    private static bool IsLinq(IMethodSymbol method) =>
        method.IsStatic && method.ContainingType.ContainingNamespace is { Name: "Linq", ContainingNamespace.Name: "System" };

    private bool IsSequence(Value value) => _sequences.ElementOf(value.Type) is not null;

    /// <summary>A collection that is made here has the elements that are put into it here.</summary>
    private void StartCollection(Value collection)
    {
        if (_sequences.HaveNamespace(collection.Type))
            World = World.Write(_values.Element(collection, _sequences.ElementOf(collection.Type)!), _values.Null);
    }

    private void AddElement(Value collection, Value? element, IOperation operation)
    {
        if (!_sequences.HaveNamespace(collection.Type) || _sequences.ElementOf(collection.Type) is not { } elementType)
            return;
        var all = _values.Element(collection, elementType);
        if (!World.Variables.ContainsKey(all))
            return;
        var added = World.Write(all, element ?? NewValue(operation.Syntax, elementType, -4));
        World = World.Read(all).Kind == ValueKind.Null ? added : WorldJoin.Join(World, added, operation.Syntax, _values, inLoop: false);
    }

    /// <summary>Somebody else may put anything into a collection that is handed to where it can be changed.</summary>
    private void ForgetElements(Value? collection, ITypeSymbol? parameter)
    {
        if (!_sequences.HaveNamespace(collection?.Type) || _sequences.ElementOf(collection!.Type) is not { } element
            || parameter is { Name: "IEnumerable" or "IOrderedEnumerable" or "ParallelQuery" or "IReadOnlyList" or "IReadOnlyCollection" or "IReadOnlySet" or "ReadOnlySpan" or "String" })
        {
            return;
        }

        var all = _values.Element(collection, element);
        if (World.Variables.ContainsKey(all))
            World = World.With(variables: World.Variables.Remove(all));
    }

    /// <summary>The next element of a sequence: a new value, of which holds what is known of all of them.</summary>
    private Value? NewElement(Value? sequence, IOperation operation, ITypeSymbol? type = null)
    {
        if (IsDead)
            return null;
        var element = NewValue(operation.Syntax, type ?? operation.Type);
        if (sequence is not null)
            World = StateElement(World, sequence, element);
        return element;
    }

    private World StateElement(World world, Value sequence, Value element)
    {
        var before = world;
        foreach (var variable in before.Variables)
        {
            if (variable.Key.Kind != ValueKind.Element || !ReferenceEquals(variable.Key.First, sequence) || variable.Value.Kind == ValueKind.Null)
                continue;
            world = world.State(new Containment(element, variable.Value));
            // What lies above the value lies above the element, also where paths meet and the value has lost its name.
            foreach (var fact in before.Containments)
            {
                if (ReferenceEquals(fact.Lower, variable.Value))
                    world = world.State(new Containment(element, fact.Upper));
            }
        }

        foreach (var equality in before.Equalities)
        {
            if (ElementIn(equality.Key, sequence) is { } any && _values.Replace(equality.Key, any, element) is { } one)
                world = world.StateSame(_values, one, equality.Value);
            else if (ElementIn(equality.Value, sequence) is { } other && _values.Replace(equality.Value, other, element) is { } two)
                world = world.StateSame(_values, two, equality.Key);
        }

        foreach (var fact in before.Containments)
        {
            var lower = ElementIn(fact.Lower, sequence) is { } below ? _values.Replace(fact.Lower, below, element) : fact.Lower;
            var upper = ElementIn(fact.Upper, sequence) is { } above ? _values.Replace(fact.Upper, above, element) : fact.Upper;
            if (lower is not null && upper is not null)
                world = world.State(new Containment(lower, upper));
        }

        return world;
    }

    /// <summary>A lambda that goes over a sequence has its elements as parameters.</summary>
    private World StateParameters(World world, object function)
    {
        if (_sequences.ElementOf(_enumerated?.Type) is not { } elementType || function is not IFlowAnonymousFunctionOperation lambda)
            return world;
        foreach (var parameter in lambda.Symbol.Parameters)
        {
            if (KnownSymbols.Same(parameter.Type, elementType))
                world = StateElement(world, _enumerated!, _values.Parameter(parameter));
        }

        return world;
    }

    private static Value? ElementIn(Value value, Value sequence)
    {
        for (var part = value; part is not null; part = part.First)
        {
            if (part.Kind == ValueKind.Element && ReferenceEquals(part.First, sequence))
                return part;
        }

        return null;
    }
}
