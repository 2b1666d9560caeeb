using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Tests: conditions as values, and what is known where they turned out true or false.</content>
internal sealed partial class Transfer
{
    /// <summary>The world where the condition has that outcome; null where it cannot have it.</summary>
    public static World? Assume(World world, ValueTable values, Value? condition, bool outcome)
    {
        switch (condition)
        {
            case null:
                return world;
            case { Kind: ValueKind.Constant, Payload: bool constant }:
                return constant == outcome ? world : null;
            case { Kind: ValueKind.Not }:
                return Assume(world, values, condition.First, !outcome);
            case { Kind: ValueKind.IsNull }:
                return AssumeNull(world, values, condition.First!, outcome);
            case { Kind: ValueKind.ImpliesNotNull }:
                return outcome ? AssumeNull(world, values, condition.First!, isNull: false) : world;
            case { Kind: ValueKind.Both } when outcome:
                return Assume(world, values, condition.First, outcome: true) is { } first ? Assume(first, values, condition.Second, outcome: true) : null;
            case { Kind: ValueKind.AreEqual } when outcome:
                return world.StateSame(values, condition.First!, condition.Second!);
            case { Kind: ValueKind.Contains } when outcome:
                return world.State(new Containment(condition.Second!, condition.First!));
            case { Kind: ValueKind.Local or ValueKind.Parameter or ValueKind.Fresh or ValueKind.Phi }:
                // A flag keeps its value until somebody writes to it.
                return world.Substitute(condition, outcome ? values.True : values.False).Write(condition, outcome ? values.True : values.False);
            default:
                return world;
        }
    }

    private static World? AssumeNull(World world, ValueTable values, Value? value, bool isNull)
    {
        if (value is null)
            return world;
        if (value.Kind == ValueKind.Null)
            return isNull ? world : null;
        if (world.GuardOf(value) is not { Origin: not GuardOrigin.Stated } guard)
            return !isNull ? world.WasNull(value) ? null : world : world.WasThere(value) ? null : WithoutWork(world.NeverHad(value), value).Substitute(value, values.Null);
        if (guard.Status != GuardStatus.Untested)
            return isNull && guard.Status == GuardStatus.Held ? null : world;
        if (!isNull)
            return world.Replace(guard, guard with { Status = GuardStatus.Held });
        world = world.End(guard, PastReason.NotGranted, guard.Site).Substitute(value, values.Null);
        return value.Kind == ValueKind.Parameter && ReferenceEquals(world.Read(value), value) ? world.Write(value, values.Null) : world;
    }

    /// <summary>Where a task is null, the path is one on which the work was not started.</summary>
    private static World WithoutWork(World world, Value value)
    {
        foreach (var work in world.Works)
        {
            if (ReferenceEquals(work.Id, value))
                world = world.Drop(work);
        }

        return world;
    }

    private Value? Compare(IBinaryOperation binary)
    {
        var left = Evaluate(binary.LeftOperand);
        var right = Evaluate(binary.RightOperand);
        if (IsDead)
            return null;
        if (binary.OperatorMethod is { } method)
            Check(binary, method, isWrite: false, null, [left, right]);
        if (binary is { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or, Type.SpecialType: SpecialType.System_Boolean })
            return Both(left, right, binary.OperatorKind);
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
            return null;
        // Two values that are compared, one of them null here: the other is declared not to be.
        if ((left?.Kind == ValueKind.Null && IsDeclaredNotNull(right) && !IsNullLiteral(binary.LeftOperand))
            || (right?.Kind == ValueKind.Null && IsDeclaredNotNull(left) && !IsNullLiteral(binary.RightOperand)))
        {
            return binary.OperatorKind == BinaryOperatorKind.Equals ? _values.False : _values.True;
        }

        var isNullTest = left?.Kind == ValueKind.Null || right?.Kind == ValueKind.Null;
        if (binary.OperatorMethod is { } custom && !isNullTest && !_known.IsNamespace(custom.ContainingType) && custom.ContainingType.SpecialType == SpecialType.None)
            return null;
        var equal = _values.AreEqual(left, right);
        return binary.OperatorKind == BinaryOperatorKind.Equals ? equal : _values.Not(equal);
    }

    private static bool IsDeclaredNotNull(Value? value) =>
        value is { Kind: ValueKind.Parameter, Type: { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } };

    private static bool IsNullLiteral(IOperation operand) => Unconverted(operand) is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation;

    private Value? Negate(IUnaryOperation unary)
    {
        var operand = Evaluate(unary.Operand);
        if (unary.OperatorMethod is { } method)
            Check(unary, method, isWrite: false, null, [operand]);
        return unary.OperatorKind == UnaryOperatorKind.Not && unary.OperatorMethod is null ? _values.Not(operand) : null;
    }

    private Value? TestType(IIsTypeOperation isType)
    {
        var value = Evaluate(isType.ValueOperand);
        if (IsCertainType(isType.ValueOperand.Type, isType.TypeOperand) || IsCertainType(World.GuardOf(value)?.Id.Type, isType.TypeOperand))
            return isType.IsNegated ? _values.IsNull(value) : _values.Not(_values.IsNull(value));
        return isType.IsNegated ? null : _values.ImpliesNotNull(value);
    }

    /// <summary>Whether the value is of the tested type for certain, unless it is null: by how it is declared, or as the guard that it is.</summary>
    private bool IsCertainType(Value? value, ITypeSymbol? declared, ITypeSymbol? tested) =>
        IsCertainType(declared, tested) || (World.GuardOf(value) is not null && IsCertainType(_known.TaskResult(value!.Type) ?? value.Type, tested));

    /// <summary>Whether a value of the type is of the other one for certain, unless it is null.</summary>
    private static bool IsCertainType(ITypeSymbol? type, ITypeSymbol? tested)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (KnownSymbols.Same(current, tested))
                return true;
        }

        return type?.AllInterfaces.Any(implemented => KnownSymbols.Same(implemented, tested)) == true;
    }

    /// <summary>Whether the value matches; names that the pattern declares get their values.</summary>
    private Value? Match(Value? value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return _values.AreEqual(value, Evaluate(constant.Value));
            case INegatedPatternOperation negated:
                return _values.Not(Match(value, negated.Pattern));
            case IDiscardPatternOperation:
                return _values.True;
            case IDeclarationPatternOperation declaration:
                Declare(declaration.DeclaredSymbol, value, declaration);
                return declaration.MatchesNull ? _values.True : MatchType(value, declaration.InputType, declaration.MatchedType);
            case ITypePatternOperation type:
                return MatchType(value, type.InputType, type.MatchedType);
            case IRecursivePatternOperation recursive:
                return MatchRecursive(value, recursive);
            case IBinaryPatternOperation binary:
                return MatchBoth(value, binary);
            case IListPatternOperation list:
                return MatchList(value, list);
            default:
                foreach (var child in pattern.ChildOperations)
                {
                    if (child is IPatternOperation inner)
                        Match(null, inner);
                }

                return null;
        }
    }

    private Value? MatchType(Value? value, ITypeSymbol input, ITypeSymbol? matched) =>
        IsCertainType(input, matched) || IsCertainType(World.GuardOf(value)?.Id.Type, matched) ? _values.Not(_values.IsNull(value)) : _values.ImpliesNotNull(value);

    private Value? MatchRecursive(Value? value, IRecursivePatternOperation recursive)
    {
        Declare(recursive.DeclaredSymbol, value, recursive);
        Value? inner = null;
        Value? all = _values.True;
        foreach (var property in recursive.PropertySubpatterns)
        {
            if (property.Member is IMemberReferenceOperation { Member: IPropertySymbol or IFieldSymbol } read)
                Check(read, read.Member, isWrite: false, value, []);
            var member = property.Member switch
            {
                IPropertyReferenceOperation reference => ReadMember(value, reference.Property),
                IFieldReferenceOperation reference => ReadMember(value, reference.Field),
                _ => null,
            };
            var test = Match(member, property.Pattern);
            inner ??= NullTest(test);
            // A guard that is not held is not therefore null.
            if (test is not { Kind: ValueKind.IsNull, First: var lost } || !ReferenceEquals(lost, value))
                all = Both(all, test, BinaryOperatorKind.And);
        }

        var elements = recursive.DeconstructionSubpatterns;
        var parts = recursive.DeconstructSymbol is IMethodSymbol method ? DeconstructBy(method, value, recursive) : null;
        for (var i = 0; i < elements.Length; i++)
        {
            var test = Match(parts is null ? ElementOf(value, i) : parts.ElementAtOrDefault(i), elements[i]);
            inner ??= NullTest(test);
            all = Both(all, test, BinaryOperatorKind.And);
        }

        // Of a structure, such as a tuple, nothing but its parts is tested.
        if (all is not null && recursive.InputType is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T })
            return all;
        if (elements.IsEmpty && recursive.PropertySubpatterns.IsEmpty)
            return MatchType(value, recursive.InputType, recursive.MatchedType);
        // That a guard is held is the same test as that it is there.
        return recursive is { PropertySubpatterns: [{ Member: IPropertyReferenceOperation { Property.Name: "IsHeld" } }], DeconstructionSubpatterns.IsEmpty: true }
            && inner is { First: { } tested } && ReferenceEquals(tested, value) && World.GuardOf(value)?.Status == GuardStatus.Untested
                ? _values.Not(_values.IsNull(value))
                : Both(_values.ImpliesNotNull(value), all, BinaryOperatorKind.And);
    }

    /// <summary>What stands for an element is one of the sequence, and a slice has the sequence's elements.</summary>
    private Value? MatchList(Value? value, IListPatternOperation list)
    {
        Declare(list.DeclaredSymbol, value, list);
        foreach (var pattern in list.Patterns)
        {
            if (pattern is ISlicePatternOperation slice)
            {
                if (slice.Pattern is { } rest)
                    Match(value, rest);
                continue;
            }

            Match(value is null || !IsSequence(value) || IsDead ? null : NewElement(value, pattern, pattern.InputType), pattern);
        }

        return _values.ImpliesNotNull(value);
    }

    /// <summary>Of a test among others, what it tells where all of them are true.</summary>
    private Value? NullTest(Value? test) => test switch
    {
        { Kind: ValueKind.Not, First: { Kind: ValueKind.IsNull } isNull } => _values.ImpliesNotNull(isNull.First),
        { Kind: ValueKind.ImpliesNotNull } => test,
        _ => null,
    };

    private Value? MatchBoth(Value? value, IBinaryPatternOperation binary) =>
        Both(Match(value, binary.LeftPattern), Match(value, binary.RightPattern), binary.OperatorKind);

    /// <summary>What two tests tell of which both are made, whatever the first one says.</summary>
    private Value? Both(Value? left, Value? right, BinaryOperatorKind kind)
    {
        var isAnd = kind == BinaryOperatorKind.And;
        if (left is { IsTrue: true } or { IsFalse: true })
            return left.IsTrue == isAnd ? right : left;
        if (right is { IsTrue: true } or { IsFalse: true })
            return right.IsTrue == isAnd ? left : right;
        // "X or Y" is false only where both are.
        return isAnd ? _values.Both(left, right) : _values.Not(_values.Both(_values.Not(left), _values.Not(right)));
    }

    private void Declare(ISymbol? symbol, Value? value, IOperation site)
    {
        if (symbol is not ILocalSymbol local || IsDead || body.IsWrittenByFunction(local))
            return;
        ForgetChoices(local);
        World = World.Write(_values.Local(local), value ?? NewValue(site.Syntax, local.Type, -2));
    }

    /// <summary>What attributes say of an outcome: <c>[NotNull]</c>, <c>[DoesNotReturn]</c>, <c>[DoesNotReturnIf]</c>.</summary>
    private void StateOutcome(IMethodSymbol? method, Value?[] arguments)
    {
        if (method is null || IsDead)
            return;
        var facts = body.Facts.Members.Of(method);
        if (facts.DoesNotReturn)
        {
            _world = null;
            return;
        }

        foreach (var (ordinal, test) in facts.Tests)
        {
            // Debug.Assert is compiled away where it matters.
            if (_world is not null && arguments.ElementAtOrDefault(ordinal) is { } value && !(test == ArgumentTest.True && method.ContainingType.Name == "Debug"))
                _world = AssumeTest(_world, test, value, isMet: true);
        }
    }

    private World? AssumeTest(World world, ArgumentTest test, Value? value, bool isMet) => test switch
    {
        ArgumentTest.NotNull => AssumeNull(world, _values, value, isNull: !isMet),
        ArgumentTest.True => Assume(world, _values, value, outcome: isMet),
        _ => Assume(world, _values, value, outcome: !isMet),
    };
}
