using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>The guards that the declaration of a member hands out: returned, in a task, in a tuple, by <c>out</c>.</summary>
internal sealed class HandedOutGuards(KnownSymbols known)
{
    /// <summary>The types of the guards, the constructed object's left out.</summary>
    public IEnumerable<ITypeSymbol> Of(ISymbol member)
    {
        var result = (member as IMethodSymbol)?.ReturnType ?? (member as IPropertySymbol)?.Type;
        return In(result).Concat(OutTypes(member).Where(known.IsGuard));
    }

    /// <summary>Whether the member hands out a guard in any way, a collection included; where a type is half typed it may.</summary>
    public bool MayHandOut(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? known.IsGuard(member.ContainingType)
            : MayCarry((member as IMethodSymbol)?.ReturnType ?? (member as IPropertySymbol)?.Type) || OutTypes(member).Any(MayCarry);

    private IEnumerable<ITypeSymbol> In(ITypeSymbol? type)
    {
        type = known.TaskResult(type) ?? type;
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
            return tuple.TupleElements.Select(element => element.Type).Where(known.IsGuard);
        return type is not null && known.IsGuard(type) ? [type] : [];
    }

    private bool MayCarry(ITypeSymbol? type) => type switch
    {
        null => false,
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => MayCarry(array.ElementType),
        _ when known.IsGuard(type) => true,
        INamedTypeSymbol { TypeKind: not TypeKind.Delegate } named => named.TypeArguments.Any(MayCarry),
        _ => false,
    };

    private static IEnumerable<ITypeSymbol> OutTypes(ISymbol member) =>
        LockPath.Parameters(member).Where(parameter => parameter.RefKind == RefKind.Out).Select(parameter => parameter.Type);
}
