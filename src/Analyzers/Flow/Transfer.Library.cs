using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Members of the library and of the framework whose results have a meaning of their own.</content>
internal sealed partial class Transfer
{
    /// <summary>Calls that take no lock and need none, and whose result is known by what they are given.</summary>
    private bool IsLockFree(IInvocationOperation invocation, Value? receiver, Value?[] arguments, out Value? result)
    {
        var method = invocation.TargetMethod;
        result = null;
        if (KnownSymbols.Same(method.ContainingType, _known.BackupNamespace))
        {
            MayThrow();
            switch (method.Name)
            {
                case "Parse":
                    result = arguments[0] is { Kind: ValueKind.Constant, Payload: string text } ? _values.Namespace(text) : null;
                    return true;
                case "Child":
                    result = _values.Child(receiver, arguments[0]);
                    if (result is null && receiver is not null)
                    {
                        result = NewValue(invocation.Syntax, method.ReturnType);
                        World = World.State(new Containment(result, receiver));
                    }

                    return true;
                case "Contains":
                    result = _values.Contains(receiver, arguments[0]);
                    return true;
                case "Equals" when !method.IsStatic:
                    result = _values.AreEqual(receiver, arguments[0]);
                    return true;
            }

            return false;
        }

        if (method is { Name: "Create", ContainingType: { Name: "Tuple", Arity: 0 } } && KnownSymbols.IsTuple(method.ReturnType))
        {
            result = MakeTuple(invocation, arguments);
            return true;
        }

        if (method.Name == "<Clone>$" && receiver is not null)
        {
            result = Copy(receiver, invocation);
            return true;
        }

        if (method is { IsStatic: true, Name: "Equals" or "ReferenceEquals" } && arguments.Length == 2
            && method.ContainingType.SpecialType == SpecialType.System_Object)
        {
            result = IsComparable(invocation.Arguments[0].Value) || method.Name == "ReferenceEquals"
                || arguments[0]?.Kind == ValueKind.Null || arguments[1]?.Kind == ValueKind.Null
                ? _values.AreEqual(arguments[0], arguments[1])
                : null;
            return true;
        }

        return IsSequenceCall(invocation, receiver, arguments, out result);
    }

    /// <summary>What <c>with</c> makes: another object that has what the first one has.</summary>
    private Value Copy(Value original, IOperation site)
    {
        var copy = NewValue(site.Syntax, site.Type);
        for (var type = site.Type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                // What a property computes may depend on what is changed.
                var stored = member is IFieldSymbol { IsStatic: false } field ? field.AssociatedSymbol ?? field
                    : member is IPropertySymbol { IsStatic: false, IsIndexer: false, SetMethod: not null, DeclaringSyntaxReferences.IsEmpty: true } ? member
                    : null;
                if (stored is not null && Place(copy, stored) is { } place && ReadMember(original, stored) is { } value)
                    World = World.Write(place, value);
            }
        }

        return copy;
    }

    private bool IsComparable(IOperation operand) => _known.IsNamespace(Unconverted(operand)?.Type);

    /// <summary>The result of a method that tells whether an argument is there, or that has no state to depend on: the same each time.</summary>
    private Value? Known(IMethodSymbol method, Value? receiver, Value?[] arguments)
    {
        var facts = body.Facts.Members.Of(method);
        if (facts.NotNullWhen is { } told && told.Ordinal < arguments.Length)
        {
            var isThere = _values.ImpliesNotNull(arguments[told.Ordinal]);
            return told.Outcome ? isThere : _values.Not(isThere);
        }

        if (arguments.Length > 1 || (arguments.Length == 1 && arguments[0] is null) || (!method.IsStatic && receiver is null))
            return null;
        return facts.IsPure ? _values.Pure(receiver, method, arguments.FirstOrDefault()) : null;
    }
}
