using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>The guards that the declaration of a member hands out: returned, in a task, in a tuple, by <c>out</c>.</summary>
internal sealed class HandedOutGuards(KnownSymbols known)
{
    /// <summary>The types of the guards, the constructed object's left out.</summary>
    public IReadOnlyCollection<ITypeSymbol> Of(ISymbol member)
    {
        List<ITypeSymbol>? guards = null;
        var result = (member as IMethodSymbol)?.ReturnType ?? (member as IPropertySymbol)?.Type;
        result = known.TaskResult(result) ?? result;
        if (result is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            foreach (var element in tuple.TupleElements)
                Add(element.Type);
        }
        else if (result is not null)
        {
            Add(result);
        }

        foreach (var parameter in LockPath.Parameters(member))
        {
            if (parameter.RefKind == RefKind.Out)
                Add(parameter.Type);
        }

        return (IReadOnlyCollection<ITypeSymbol>?)guards ?? [];

        void Add(ITypeSymbol type)
        {
            if (known.IsGuard(type))
                (guards ??= []).Add(type);
        }
    }

    /// <summary>Whether the member hands out a guard in any way, a collection included; where a type is half typed it may.</summary>
    public bool MayHandOut(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? known.IsGuard(member.ContainingType)
            : MayCarry((member as IMethodSymbol)?.ReturnType ?? (member as IPropertySymbol)?.Type) || OutTypes(member).Any(MayCarry);

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
