using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Which members may acquire a lock, themselves or further down: found by name, then by what those names are bound to. Safe for concurrent use.</summary>
/// <remarks>
/// More than really do. To bind some names in a body costs less than its graph and the analysis of that, and many bodies that have such a name
/// call another member by it.
/// </remarks>
internal sealed class AcquiringMembers(Compilation compilation, AnnotationReader annotations)
{
    /// <summary>How deep calls are followed. What lies deeper may acquire.</summary>
    private const int Depth = 200;

    private static readonly int New = NameScanner.HashOf("new");
    private static readonly int This = NameScanner.HashOf("this");
    private static readonly int Base = NameScanner.HashOf("base");

    private readonly Lazy<AcquiringNames> _names = new(() => new AcquiringNames(compilation, annotations.Names.Acquiring));
    private readonly ConcurrentDictionary<IMethodSymbol, Calls> _calls = new(SymbolEqualityComparer.Default);

    /// <summary>What is settled: of all locks, and of those that a shared lock of the caller's rules out.</summary>
    private readonly (ConcurrentDictionary<IMethodSymbol, bool> Any, ConcurrentDictionary<IMethodSymbol, bool> Exclusive) _settled =
        (new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default));

    /// <summary>Whether the member may acquire; of a function in a member, whether that member may by the names in it.</summary>
    /// <param name="method">The member.</param>
    /// <param name="exclusively">Whether only what a shared lock of the caller's rules out counts.</param>
    public bool Contains(IMethodSymbol method, bool exclusively)
    {
        if (!_names.Value.Contains(method, exclusively))
            return false;
        method = method.OriginalDefinition;
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction || method.DeclaringSyntaxReferences.IsEmpty)
            return true;
        var settled = exclusively ? _settled.Exclusive : _settled.Any;
        var visited = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        if (Search(method, exclusively, settled, visited, Depth))
            return true;
        // Nothing that was visited leads anywhere.
        foreach (var other in visited)
            settled.TryAdd(other, false);
        return false;
    }

    /// <summary>Whether the member's text has the name of one that may acquire, anywhere.</summary>
    public bool Mentions(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } declaration)
            return false;
        var scanner = new NameScanner(declaration.SyntaxTree.GetText(), declaration.Span);
        while (scanner.MoveNext())
        {
            if (_names.Value.Contains(scanner.Hash))
                return true;
        }

        return scanner.HasOtherSpellings;
    }

    private bool Search(IMethodSymbol method, bool exclusively, ConcurrentDictionary<IMethodSymbol, bool> settled, HashSet<IMethodSymbol> visited, int depth)
    {
        if (settled.TryGetValue(method, out var known))
            return known;
        if (depth == 0)
            return true;
        if (!visited.Add(method))
            return false;
        var calls = _calls.GetOrAdd(method, Read);
        var acquires = calls.Acquired >= (exclusively ? LockMode.Exclusive : LockMode.Shared)
            || calls.Callees.Any(callee => _names.Value.Contains(callee, exclusively) && Search(callee, exclusively, settled, visited, depth - 1));
        if (acquires)
            settled.TryAdd(method, true);
        return acquires;
    }

    private Calls Read(IMethodSymbol method)
    {
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        if (!compilation.ContainsSyntaxTree(declaration.SyntaxTree))
            return new Calls(null, []);
        var model = compilation.GetSemanticModel(declaration.SyntaxTree);
        var acquired = default(LockMode?);
        var callees = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var span in CertainCode.Of(declaration))
        {
            var scanner = new NameScanner(declaration.SyntaxTree.GetText(), span);
            while (scanner.MoveNext())
            {
                if (scanner.Hash == New || scanner.Hash == This || scanner.Hash == Base || _names.Value.Contains(scanner.Hash))
                    Bind(declaration.FindToken(scanner.Start));
            }

            if (!scanner.HasOtherSpellings)
                continue;
            foreach (var token in declaration.DescendantTokens())
                Bind(token);
        }

        return new Calls(acquired, [.. callees]);

        void Bind(SyntaxToken token)
        {
            if (CallOf(token) is not { } call || CertainCode.IsOptional(call))
                return;
            var bound = model.GetSymbolInfo(call);
            if (bound.Symbol is { } symbol)
                Add(symbol, call);
            foreach (var candidate in bound.CandidateSymbols)
                Add(candidate, call);
        }

        void Add(ISymbol symbol, SyntaxNode call)
        {
            var said = annotations.Names.MayBeAnnotated(symbol) ? annotations.Of(symbol) : MemberAnnotations.None;
            foreach (var term in said.Acquires.Concat(said.ExcludesOf(AnnotationTarget.Getter)).Concat(said.SetterExcludes))
                acquired = acquired is null || acquired < term.Mode ? term.Mode : acquired;
            foreach (var callee in MethodsOf(symbol))
            {
                var isVirtual = !IsOfBase(call) && (callee.IsVirtual || (callee.IsOverride && !callee.IsSealed)) && !callee.ContainingType.IsSealed;
                if (!callee.IsAbstract && !isVirtual && !callee.DeclaringSyntaxReferences.IsEmpty && !SequenceTypes.IsLazy(callee.ReturnType))
                    callees.Add(callee);
            }
        }
    }

    /// <summary>The expression that the word calls something by.</summary>
    private static SyntaxNode? CallOf(SyntaxToken token) => token.Parent switch
    {
        ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax => token.Parent,
        SimpleNameSyntax name when token.IsKind(SyntaxKind.IdentifierToken) => CreationBy(name) ?? (SyntaxNode)name,
        _ => null,
    };

    private static ObjectCreationExpressionSyntax? CreationBy(SimpleNameSyntax name)
    {
        TypeSyntax type = name;
        while (type.Parent is QualifiedNameSyntax qualified && qualified.Right == type)
            type = qualified;
        return (type.Parent is AliasQualifiedNameSyntax alias ? alias : type).Parent as ObjectCreationExpressionSyntax;
    }

    private static bool IsOfBase(SyntaxNode call) => call.Parent is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax };

    private static IEnumerable<IMethodSymbol> MethodsOf(ISymbol symbol)
    {
        IMethodSymbol?[] methods = symbol switch
        {
            IMethodSymbol { MethodKind: MethodKind.LocalFunction } => [],
            IMethodSymbol method => [method.ReducedFrom ?? method],
            IPropertySymbol property => [property.GetMethod, property.SetMethod],
            _ => [],
        };
        return methods.OfType<IMethodSymbol>().Select(method => method.OriginalDefinition);
    }

    /// <summary>What a body does by name.</summary>
    /// <param name="Acquired">The strongest lock that it asks for itself.</param>
    /// <param name="Callees">What it calls whose body is known.</param>
    private sealed record Calls(LockMode? Acquired, IMethodSymbol[] Callees);
}
