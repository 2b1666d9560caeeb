using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What is known where a member, a lambda or a local function begins: what its annotations and its parameters promise.</summary>
internal sealed class EntryWorlds(BodyContext body)
{
    private readonly ValueTable _values = body.Values;
    private readonly KnownSymbols _known = body.Annotations.Known;

    public World OfMember(ISymbol? member, World world)
    {
        // A property's own code is that of its accessors: what initializes it is part of the construction.
        if (member is null or IPropertySymbol || Declaration(member) is not { } declaration)
            return world;
        var self = member.IsStatic || member.ContainingType is null ? null : _values.This(member.ContainingType);
        var method = member as IMethodSymbol;
        var parameters = method?.Parameters ?? [];
        var annotations = body.Annotations.Of(member);
        var isSetter = method?.MethodKind == MethodKind.PropertySet;
        var promised = annotations.RequiresOf(isSetter ? AnnotationTarget.Setter : AnnotationTarget.Getter);
        if (annotations.GuardedBy is { } guardedBy)
            promised = promised.Add(guardedBy with { Mode = isSetter ? LockMode.Exclusive : LockMode.Shared });
        world = Promise(world, promised, self, parameters, declaration);
        if (self is not null && method is { MethodKind: not MethodKind.Constructor })
            world = PromiseThis(world, member.ContainingType!, self, declaration);
        for (var i = 0; i < parameters.Length; i++)
            world = AddParameter(world, parameters[i], annotations.Parameter(i), self, parameters);
        return world;
    }

    /// <summary>What the member's annotation says that the guards that it hands out hold.</summary>
    public ImmutableArray<Hold> PromisedBy(ISymbol? member, World entry)
    {
        if (member is null or IMethodSymbol { MethodKind: MethodKind.Constructor })
            return [];
        var self = member.IsStatic || member.ContainingType is null ? null : _values.This(member.ContainingType);
        var parameters = (member as IMethodSymbol)?.Parameters ?? (member as IPropertySymbol)?.Parameters ?? [];
        return [.. body.Annotations.Of(member).Acquires.Select(term => Hold(entry, term, self, parameters)).Where(hold => hold.Namespace is not null)];
    }

    /// <summary>What a constructor's annotation says of the guards that it keeps, once it has run; left out what it does not show.</summary>
    public ImmutableArray<Hold> KeptBy(IMethodSymbol constructor, World exit)
    {
        var self = _values.This(constructor.ContainingType);
        return [.. body.Annotations.Of(constructor).Acquires
            .Where(term => term.Namespace.Root == PathRoot.Parameter || (term.Namespace is { Root: PathRoot.This, Members: [var first, ..] }
                && MemberValues.Place(body, self, first) is { } place && exit.Variables.ContainsKey(place)))
            .Select(term => Hold(exit, term, self, constructor.Parameters))
            .Where(hold => hold.Namespace is not null)];
    }

    /// <summary>What a function finds where it is used: all that is held there belongs to the code around it.</summary>
    public World OfFunction(FunctionUsed used)
    {
        var world = OfFunction(used.World, used.Function, used.Site);
        return used.DelegateType is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
            ? Promise(world, body.Annotations.Of(invoke).Requires, null, SymbolOf(used.Function).Parameters, used.Site)
            : world;
    }

    public World OfFunction(World world, object function, SyntaxNode? site = null)
    {
        world = world.With(guards: [.. world.Guards.Select(guard => guard with { Owned = false, IsOuter = true, Keeper = null })], works: []);
        world = world.With(variables: world.Variables.RemoveAll(variable => variable.Key.Kind is ValueKind.Capture or ValueKind.Returned));

        var symbol = SymbolOf(function);
        var annotations = body.Annotations.Of(symbol);
        if ((site ?? Declaration(symbol)) is { } place)
            world = Promise(world, annotations.Requires, null, symbol.Parameters, place);
        for (var i = 0; i < symbol.Parameters.Length; i++)
        {
            if (!world.Variables.ContainsKey(_values.Parameter(symbol.Parameters[i])))
                world = AddParameter(world, symbol.Parameters[i], annotations.Parameter(i), null, symbol.Parameters);
        }

        return world;
    }

    private static IMethodSymbol SymbolOf(object function) => function as IMethodSymbol ?? ((IFlowAnonymousFunctionOperation)function).Symbol;

    private World Promise(
        World world, ImmutableArray<LockTerm> terms, Value? self, ImmutableArray<IParameterSymbol> parameters, SyntaxNode site)
    {
        if (terms.IsEmpty)
            return world;
        var id = _values.Fresh(site, null, -3);
        if (world.GuardOf(id) is not null)
            return world;
        var holds = terms.Select(term => Hold(world, term, self, parameters)).ToImmutableArray();
        return world.Add(new Guard(id, site, GuardStatus.Held, GuardOrigin.Stated, Owned: false, Nullable: false, holds));
    }

    /// <summary>A guard's own members run while it holds what its constructors promise.</summary>
    private World PromiseThis(World world, INamedTypeSymbol type, Value self, SyntaxNode site)
    {
        if (!_known.IsGuard(type))
            return world;
        ImmutableArray<Hold> holds = [.. body.Annotations.PromisedByConstructors(type).Select(term => Hold(world, term, self, []))];
        return holds.IsEmpty
            ? world
            : world.Add(new Guard(self, site, GuardStatus.Held, GuardOrigin.This, Owned: false, Nullable: false, holds));
    }

    private World AddParameter(
        World world, IParameterSymbol parameter, ParameterAnnotations annotations, Value? self, ImmutableArray<IParameterSymbol> parameters)
    {
        var value = _values.Parameter(parameter);
        foreach (var relation in annotations.Relations)
            world = Relate(world, relation, parameter, self, parameters);
        if (parameter.RefKind == RefKind.Out || parameter.Type is ITypeParameterSymbol || !_known.IsGuard(parameter.Type) || DeclarationOf(parameter) is not { } declaration)
            return world;
        var holds = annotations.Requires.Select(term => Hold(world, term, self, parameters)).ToImmutableArray();
        if (holds.IsEmpty && _known.NamespaceProperty(parameter.Type) is { } own)
            holds = [new Hold(LockMode.Shared, Member(world, value, own), null, parameter.Name + "." + own.Name)];
        var nullable = parameter.Type.NullableAnnotation == NullableAnnotation.Annotated;
        return world.Add(new Guard(value, declaration, nullable ? GuardStatus.Untested : GuardStatus.Held,
            GuardOrigin.Parameter, annotations.TakesOwnership, nullable, holds)
            {
                IsLent = !annotations.TakesOwnership && IsOrdinary(parameter),
            });
    }

    /// <summary>A composite owns what its constructor is given; who hands a guard to a lambda cannot say what for.</summary>
    private bool IsOrdinary(IParameterSymbol parameter) => parameter.RefKind != RefKind.Ref && parameter.ContainingSymbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } => false,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => !_known.IsGuard(constructor.ContainingType) && !body.Ownership.KeepsAndDisposes(parameter),
        _ => true,
    };

    private World Relate(
        World world, RelationTerm relation, IParameterSymbol parameter, Value? self, ImmutableArray<IParameterSymbol> parameters)
    {
        if (Subject(world, _values.Parameter(parameter), parameter.Type) is not { } subject || ValueOf(world, relation.Namespace, self, parameters) is not { } other)
            return world;
        if (!_known.IsNamespace(other.Type) && Subject(world, other, other.Type) is { } own)
            other = own;
        return relation.Relation switch
        {
            Relation.Same => world.StateSame(_values, subject, other),
            Relation.Below => world.State(new Containment(subject, other)),
            _ => world.State(new Containment(other, subject)),
        };
    }

    private Value? Subject(World world, Value value, ITypeSymbol? type)
    {
        if (type is null || _known.IsNamespace(type))
            return value;
        if (_known.NamespaceProperty(type) is { } own)
            return Member(world, value, own);
        return body.Facts.Sequences.ElementOf(type) is { } element && !KnownSymbols.Same(element, type)
            ? Subject(world, _values.Element(value, element), element)
            : null;
    }

    private Hold Hold(World world, LockTerm term, Value? self, ImmutableArray<IParameterSymbol> parameters) =>
        new(term.Mode, ValueOf(world, term.Namespace, self, parameters), term.Store is null ? null : ValueOf(world, term.Store, self, parameters), TextOf(term.Namespace, parameters))
        {
            StoreText = term.Store?.Text ?? "",
        };

    /// <summary>An override may name its parameters otherwise than the member that the annotation is on.</summary>
    private static string TextOf(LockPath path, ImmutableArray<IParameterSymbol> parameters) =>
        path.Root == PathRoot.Parameter && path.Parameter < parameters.Length ? parameters[path.Parameter].Name + path.MemberText : path.Text;

    private Value? ValueOf(World world, LockPath path, Value? self, ImmutableArray<IParameterSymbol> parameters)
    {
        var value = path.Root switch
        {
            PathRoot.This => self,
            PathRoot.Parameter when path.Parameter < parameters.Length => world.Read(_values.Parameter(parameters[path.Parameter])),
            _ => null,
        };
        if (value is null && path.Root != PathRoot.Static)
            return null;
        foreach (var member in path.Members)
        {
            value = Member(world, value, member);
            if (value is null)
                return null;
        }

        return value;
    }

    private Value? Member(World world, Value? receiver, ISymbol member) => MemberValues.Read(world, body, receiver, member);

    /// <summary>An accessor's parameters are declared by its indexer.</summary>
    private static SyntaxNode? DeclarationOf(IParameterSymbol parameter) => Declaration(parameter)
        ?? (parameter.ContainingSymbol is IMethodSymbol { AssociatedSymbol: IPropertySymbol indexer } && parameter.Ordinal < indexer.Parameters.Length
            ? Declaration(indexer.Parameters[parameter.Ordinal])
            : null);

    private static SyntaxNode? Declaration(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
}
