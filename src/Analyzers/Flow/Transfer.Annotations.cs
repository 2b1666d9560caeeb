using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>What annotations mean at a call: paths become values there.</content>
internal sealed partial class Transfer
{
    /// <summary>Asks whether what the member requires is held.</summary>
    /// <param name="operation">What uses it.</param>
    /// <param name="member">The member.</param>
    /// <param name="isWrite">Whether it is a field or property that is written.</param>
    /// <param name="receiver">Its object.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="isRead">Whether it is read as well as written.</param>
    private void Check(IOperation operation, ISymbol member, bool isWrite, Value? receiver, Value?[] arguments, bool isRead = false)
    {
        // What initializes a property is part of the construction.
        if (IsDead || operation is { IsImplicit: true, Syntax: EqualsValueClauseSyntax })
            return;
        var annotations = body.Annotations.Of(member);
        if (annotations.IsEmpty)
            return;
        var operands = Arguments(operation);
        var requirements = ImmutableArray.CreateBuilder<Requirement>();
        foreach (var term in annotations.RequiresOf(isWrite ? AnnotationTarget.Setter : AnnotationTarget.Getter, isWrite && isRead))
            requirements.Add(Require(term, term.Mode, receiver, arguments, operands, operation));
        if (annotations.GuardedBy is { } guardedBy && !body.IsUnderConstruction(operation))
            requirements.Add(Require(guardedBy, isWrite ? LockMode.Exclusive : LockMode.Shared, receiver, arguments, operands, operation));
        for (var i = 0; i < arguments.Length; i++)
        {
            foreach (var term in annotations.Parameter(i).Requires)
            {
                requirements.Add(Require(term, term.Mode, receiver, arguments, operands, operation) with { OfGuard = true, Guard = arguments[i] });
            }
        }

        if (requirements.Count == 0)
            return;
        ImmutableArray<(Requirement Requirement, CoverageInWorld Coverage)> seen =
            [.. requirements.Select(requirement => (requirement, CoverageInWorld.Of(World, _values, requirement)))];
        foreach (var requirement in seen)
            Need(requirement.Coverage);
        _log.Add(new OperationSeen(operation.Syntax, member, isWrite, seen));
    }

    private Requirement Require(
        LockTerm term, LockMode mode, Value? receiver, Value?[] arguments, ImmutableArray<IArgumentOperation> operands, IOperation operation)
    {
        var hold = Bind(term, receiver, arguments, operands, operation);
        return new Requirement(mode, hold.Namespace, hold.Store, hold.Text, OfGuard: false, null) { StoreText = hold.StoreText, Declaration = term.Source };
    }

    private static ImmutableArray<IArgumentOperation> Arguments(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.Arguments,
        IObjectCreationOperation creation => creation.Arguments,
        IPropertyReferenceOperation property => property.Arguments,
        _ => [],
    };

    private Hold Bind(LockTerm term, Value? receiver, Value?[] arguments, ImmutableArray<IArgumentOperation> operands, IOperation operation) =>
        new(term.Mode, ValueOf(term.Namespace, receiver, arguments), term.Store is null ? null : ValueOf(term.Store, receiver, arguments),
            TextOf(term.Namespace, operands, operation))
        {
            StoreText = term.Store is null ? "" : TextOf(term.Store, operands, operation),
        };

    private ImmutableArray<Hold> BindAll(
        ImmutableArray<LockTerm> terms, Value? receiver, Value?[] arguments, ImmutableArray<IArgumentOperation> operands, IOperation operation) =>
        terms.IsEmpty ? [] : BindEach(terms, receiver, arguments, operands, operation);

    private ImmutableArray<Hold> BindEach(
        ImmutableArray<LockTerm> terms, Value? receiver, Value?[] arguments, ImmutableArray<IArgumentOperation> operands, IOperation operation) =>
        [.. terms.Select(term => Bind(term, receiver, arguments, operands, operation))];

    private Value? ValueOf(LockPath path, Value? receiver, Value?[] arguments)
    {
        var value = path.Root switch
        {
            PathRoot.This => receiver,
            PathRoot.Parameter => path.Parameter < arguments.Length ? arguments[path.Parameter] : null,
            _ => null,
        };
        if (value is null && path.Root != PathRoot.Static)
            return null;
        foreach (var member in path.Members)
        {
            value = ReadMember(value, member);
            if (value is null)
                return null;
        }

        return value;
    }

    /// <summary>A lock is asked for: what is held may rule it out.</summary>
    private void Request(IOperation operation, ImmutableArray<Hold> requested)
    {
        if (IsDead)
            return;
        var waits = Waits(operation);
        foreach (var wanted in requested)
        {
            var conflict = ConflictWith(wanted);
            var waitedUnder = waits ? FirstHold(hold => IsElsewhere(hold, wanted)) : null;
            _log.Add(new RequestSeen(operation.Syntax, wanted, conflict, waitedUnder));
        }
    }

    /// <summary>A hold that rules the request out; an exclusive one tells more than a shared one.</summary>
    private HeldBy? ConflictWith(Hold wanted)
    {
        return FirstHold(hold => hold.Mode == LockMode.Exclusive && RulesOut(hold)) ?? FirstHold(RulesOut);

        bool RulesOut(Hold hold) => World.RulesOut(_values, hold, wanted.Mode, wanted.Namespace, wanted.Store);
    }

    /// <summary>A hold that is certain here, of a guard that this code has: what runs in a lambda runs nobody knows when.</summary>
    private HeldBy? FirstHold(Func<Hold, bool> predicate)
    {
        foreach (var guard in World.Guards)
        {
            if (guard.Status != GuardStatus.Held || guard.IsOuter)
                continue;
            foreach (var hold in guard.Holds)
            {
                if (predicate(hold))
                    return new HeldBy(hold, guard.Site, World.NameOf(guard.Id));
            }
        }

        return null;
    }

    /// <summary>Whether both are known, of one store, and not known to be the same namespace.</summary>
    private bool IsElsewhere(Hold hold, Hold wanted) => hold.Namespace is not null && wanted.Namespace is not null
        && Hierarchy.AreOneStore(World, hold.Store, wanted.Store) && !World.AreSame(_values, hold.Namespace, wanted.Namespace);

    /// <summary>Whether a request has a timeout that is not the constant zero.</summary>
    private static bool Waits(IOperation operation)
    {
        foreach (var argument in Arguments(operation))
        {
            if (argument.Parameter?.Type is not { Name: "TimeSpan", ContainingNamespace.Name: "System" } || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;
            var isZero = Unconverted(argument.Value) switch
            {
                IDefaultValueOperation => true,
                IFieldReferenceOperation { Field: { Name: "Zero", IsStatic: true } } => true,
                IObjectCreationOperation { Arguments.IsEmpty: true } => true,
                _ => false,
            };
            if (!isZero)
                return true;
        }

        return false;
    }

    private void Assert(
        MemberAnnotations annotations, Value? receiver, Value?[] arguments, ImmutableArray<IArgumentOperation> operands, IOperation operation)
    {
        if (annotations.Asserts.IsEmpty || IsDead)
            return;
        var holds = BindEach(annotations.Asserts, receiver, arguments, operands, operation);
        if (World.GuardOf(receiver) is { } guard)
        {
            World = World.Replace(guard, guard with
            {
                Status = guard.Status == GuardStatus.Untested ? GuardStatus.Held : guard.Status,
                Holds = Distinct(guard.Holds.AddRange(holds)),
            });
            return;
        }

        var stated = NewValue(operation.Syntax, null, -1);
        if (World.GuardOf(stated) is { } earlier)
            World = World.Remove(earlier);
        World = World.Add(new Guard(stated, operation.Syntax, GuardStatus.Held, GuardOrigin.Stated, Owned: false, Nullable: false, holds));
    }

    /// <summary>What an annotation says of where a value's namespace lies.</summary>
    private void StateRelations(
        ImmutableArray<RelationTerm> relations, Value? value, ITypeSymbol? type, Value? receiver, Value?[] arguments)
    {
        if (Subject(value, type) is not { } subject)
            return;
        foreach (var relation in relations)
        {
            if (ValueOf(relation.Namespace, receiver, arguments) is not { } other)
                continue;
            if (World.GuardOf(other) is null && other.Type is not null && !_known.IsNamespace(other.Type)
                && _known.NamespaceProperty(other.Type) is { } own && ReadMember(other, own) is { } otherNamespace)
            {
                other = otherNamespace;
            }

            World = relation.Relation switch
            {
                Relation.Same => World.StateSame(_values, subject, other),
                Relation.Below => World.State(new Containment(subject, other)),
                _ => World.State(new Containment(other, subject)),
            };
        }
    }

    /// <summary>The namespace that a relation speaks of: the value itself, its <c>Namespace</c>, or those of the elements of a sequence.</summary>
    private Value? Subject(Value? value, ITypeSymbol? type)
    {
        if (value is null || type is null)
            return null;
        type = _known.TaskResult(type) ?? type;
        if (_known.IsNamespace(type))
            return value;
        if (_known.NamespaceProperty(type) is { } own)
            return ReadMember(value, own);
        return body.Facts.Sequences.ElementOf(type) is { } element && !KnownSymbols.Same(element, type)
            ? Subject(_values.Element(value, element), element)
            : null;
    }
}
