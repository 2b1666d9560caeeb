using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.Acquiring;

/// <summary>Something at hand whose members may acquire.</summary>
/// <param name="Store">The expression to call them on; null for those that are called without one.</param>
/// <param name="Type">Where they are looked up; null for what is in scope.</param>
internal sealed record LockSource(ExpressionSyntax? Store, ITypeSymbol? Type);

/// <summary>Looks around an operation for what can acquire its lock: its receiver, that one's members, what is in scope.</summary>
internal sealed class LockSources(RepairContext context, int position)
{
    private readonly SemanticModel _model = context.Model;

    /// <summary>Groups of sources that are equally near.</summary>
    private IEnumerable<IReadOnlyList<LockSource>> Nearest()
    {
        var receivers = OperationStore.Of(context).ToList();
        foreach (var receiver in receivers)
        {
            if (TypeOf(receiver) is not { } type)
                continue;
            yield return [new LockSource(receiver, type)];
            yield return MembersOf(receiver, type);
        }

        var inScope = InScope();
        var members = inScope.Where(symbol => symbol is IFieldSymbol or IPropertySymbol).ToList();
        var variables = inScope.Where(IsVariable).ToList();
        var captured = inScope.Where(IsOfPrimaryConstructor).ToList();
        yield return [new LockSource(null, null)];

        // The locks of a store that was handed in were handed in beside it, more often than not.
        var isHandedIn = receivers.Select(RootOf).OfType<ISymbol>().Any(IsVariable);
        foreach (var group in isHandedIn ? new[] { variables, members, captured } : [members, captured, variables])
            yield return [.. group.Select(symbol => new LockSource(SyntaxFactory.IdentifierName(symbol.Name), TypeOfValue(symbol)))];
        foreach (var variable in variables.Concat(captured))
            yield return MembersOf(SyntaxFactory.IdentifierName(variable.Name), TypeOfValue(variable));
    }

    /// <summary>Of each group the one that can acquire, nearest first; of several, the one that is named after the receiver.</summary>
    /// <remarks>Where nobody can tell which of several is meant, none is taken: a lock of another store would protect nothing.</remarks>
    public IEnumerable<(ExpressionSyntax? Store, IReadOnlyList<AcquiringCall> Calls)> Acquiring(
        AcquiringMembers members, IReadOnlyList<LockNeed> needs)
    {
        foreach (var group in Nearest())
        {
            var usable = group
                .Select(source => (source.Store, Calls: members.Find(source.Type, needs)!))
                .Where(source => source.Calls is not null)
                .ToList();
            if (usable.Select(source => Word(source.Store)).Distinct().Count() > 1)
            {
                var words = OperationStore.Of(context).Select(Word).ToList();
                usable = [.. usable.Where(source => words.Any(word => Word(source.Store).StartsWith(word, StringComparison.Ordinal)))];
            }

            if (usable.Count > 0 && usable.All(source => Word(source.Store) == Word(usable[0].Store)))
                yield return usable[0];
        }
    }

    /// <summary>Without what tells a field from its property.</summary>
    private static string Word(ExpressionSyntax? expression) => expression switch
    {
        MemberAccessExpressionSyntax access => Word(access.Name),
        SimpleNameSyntax name => name.Identifier.ValueText.TrimStart('_').ToLowerInvariant(),
        _ => "",
    };

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) =>
        _model.GetSpeculativeTypeInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Type;

    private ISymbol? RootOf(ExpressionSyntax expression)
    {
        while (expression is MemberAccessExpressionSyntax access)
            expression = access.Expression;
        return _model.GetSpeculativeSymbolInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Symbol;
    }

    private IReadOnlyList<LockSource> MembersOf(ExpressionSyntax owner, ITypeSymbol? type) => type is null
        ? []
        : [.. _model.LookupSymbols(position, type)
            .Where(member => !member.IsStatic && IsReadable(member))
            .Select(member => new LockSource(OperationStore.Access(owner, member), TypeOfValue(member)))];

    private List<ISymbol> InScope()
    {
        var isStatic = _model.GetEnclosingSymbol(position, context.CancellationToken) is { } enclosing && IsStaticContext(enclosing);
        return [.. _model.LookupSymbols(position).Where(symbol => symbol switch
        {
            ILocalSymbol local => !local.IsConst && local.DeclaringSyntaxReferences.All(declaration => declaration.Span.End <= position),
            IParameterSymbol => true,
            _ => IsReadable(symbol) && (symbol.IsStatic || !isStatic),
        })];
    }

    private static bool IsReadable(ISymbol member) =>
        member is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol { IsIndexer: false, GetMethod: not null };

    private static bool IsStaticContext(ISymbol symbol) => symbol.IsStatic
        || (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction }
            && IsStaticContext(symbol.ContainingSymbol));

    private bool IsVariable(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol && !IsOfPrimaryConstructor(symbol);

    private bool IsOfPrimaryConstructor(ISymbol symbol) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && !SymbolEqualityComparer.Default.Equals(constructor, _model.GetEnclosingSymbol(position, context.CancellationToken));

    private static ITypeSymbol? TypeOfValue(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
