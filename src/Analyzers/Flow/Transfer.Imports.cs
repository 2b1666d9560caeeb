using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>What another body tells, said with the values at the call.</content>
internal sealed partial class Transfer
{
    /// <summary>What a member of the same compilation that states nothing hands out, where it just passes an acquisition on.</summary>
    private ImmutableArray<Hold> ReturnedBy(
        IMethodSymbol method, Value? receiver, Value?[] arguments, IOperation operation, ImmutableArray<IArgumentOperation> operands) =>
        ImportEach(body.Summaries.Of(method, SummaryScope.Returned, body).Returned, method, receiver, arguments, operation, operands);

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
}
