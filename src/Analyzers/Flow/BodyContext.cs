using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What the analysis of one body needs to know besides its graph.</summary>
internal sealed class BodyContext
{
    /// <summary>Many times what any code needs that does not call in circles.</summary>
    private const int MaxLooks = 4000;

    private readonly HashSet<(string Name, TextSpan Function)> _writes = [];
    private readonly Dictionary<SyntaxNode, HashSet<string>> _disposedBy = [];
    private readonly Dictionary<SyntaxNode, bool> _quiet = [];
    private readonly ISymbol _owner;
    private readonly SyntaxNode _syntax;

    private readonly Lazy<(List<SyntaxNode> Nodes, List<SyntaxNode> Functions)> _nodes;
    private HashSet<string>? _handedOn;
    private HashSet<int>? _functionNames;
    private BodyContext?[]? _forSummary;
    private Choices? _choices;
    private int _looks;

    public BodyContext(SyntaxNode body, ISymbol owner, ControlFlowGraph graph, CompilationFacts facts)
    {
        Graph = graph;
        Facts = facts;
        Values = new ValueTable();
        _owner = owner;
        _syntax = body;
        _nodes = new(() => NodesOf(body));
        if (graph.LocalFunctions.IsEmpty && !MayHaveLambda(body))
            return;
        foreach (var function in _nodes.Value.Functions)
        {
            foreach (var name in WrittenNames(function))
                _writes.Add((name, function.Span));
        }
    }

    public ValueTable Values { get; }
    public CompilationFacts Facts { get; }
    public AnnotationReader Annotations => Facts.Annotations;
    public OwnershipFacts Ownership => Facts.Ownership;
    public MethodSummaries Summaries => Facts.Summaries;

    /// <summary>Whether only a summary is asked for.</summary>
    public bool IsSummary => Scope is not null;

    /// <summary>What of a summary is asked for; null where it is what rules report.</summary>
    public SummaryScope? Scope { get; init; }

    /// <summary>The member's graph, which has those of its local functions.</summary>
    public ControlFlowGraph Graph { get; }

    /// <summary>The constructor that the body is of, if it makes the object itself and no base can have a guard.</summary>
    public IMethodSymbol? Constructor => _owner is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.BaseType: { } parent } constructor
        && !Annotations.Known.IsGuard(parent) && _syntax is ConstructorDeclarationSyntax { Initializer: null or { RawKind: (int)SyntaxKind.BaseConstructorInitializer } }
            ? constructor
            : null;

    /// <summary>The parameters by which the member, or the function in it that the graph is of, hands out guards.</summary>
    public IEnumerable<IParameterSymbol> OutGuards(ControlFlowGraph graph)
    {
        var function = graph.OriginalOperation switch
        {
            ILocalFunctionOperation local => local.Symbol,
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            _ => _owner as IMethodSymbol,
        };
        return function?.Parameters.Where(parameter => parameter.RefKind == RefKind.Out && Annotations.Known.IsGuard(parameter.Type)) ?? [];
    }

    public Choices Choices => _choices ??= new Choices(this, _nodes.Value.Nodes);

    /// <summary>Null where no choice was asked for yet: most bodies have none, and writes must not pay for them.</summary>
    public Choices? ChoicesSoFar => _choices;

    /// <summary>What the compiler knows of the body.</summary>
    public SemanticModel? Model => Graph.OriginalOperation.SemanticModel;

    /// <summary>
    /// Whether one more function may be run for what it needs. Functions that all call one another would be run as often as there are ways through them; what is not
    /// known to be needed is not reported to be released too early.
    /// </summary>
    public bool MayLookInto() => _looks++ < MaxLooks;

    /// <summary>The same body, for a summary of a function in it.</summary>
    public BodyContext ForSummary(SummaryScope scope) =>
        Scope == scope ? this : (_forSummary ??= new BodyContext?[3])[(int)scope] ??= new BodyContext(this) { Scope = scope };

    private BodyContext(BodyContext original)
    {
        (_owner, _syntax, _nodes) = (original._owner, original._syntax, original._nodes);
        (_writes, _quiet, _disposedBy) = (original._writes, original._quiet, original._disposedBy);
        (Graph, Facts, Values) = (original.Graph, original.Facts, original.Values);
    }

    /// <summary>Whether a lambda or local function that captures the variable writes to it: nobody knows when.</summary>
    public bool IsWrittenByFunction(ISymbol variable)
    {
        if (_writes.Count == 0)
            return false;
        var declaration = variable.DeclaringSyntaxReferences.FirstOrDefault()?.Span;
        foreach (var (name, function) in _writes)
        {
            if (name == variable.Name && (declaration is null || !function.Contains(declaration.Value)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the body disposes what the variable has, or hands the variable to somebody who may.</summary>
    public bool IsHandedOnOrDisposed(string variable) => (_handedOn ??= FindHandedOn()).Contains(variable);

    /// <summary>Whether the variable's collection is kept by a member of the object, and what is in that is disposed.</summary>
    public bool IsKept(string variable) => KeptVariable.Is(variable, _syntax) && KeptVariable.Keepers(variable, _syntax).Any(IsDisposedField);

    private HashSet<string> FindHandedOn()
    {
        var names = DisposedNames.In(_nodes.Value.Nodes);
        foreach (var node in _nodes.Value.Nodes)
        {
            var given = node switch
            {
                ReturnStatementSyntax { Expression: { } returned } => returned,
                YieldStatementSyntax { Expression: { } yielded } => yielded,
                ArgumentSyntax argument => argument.Expression,
                SpreadElementSyntax spread => spread.Expression,
                AssignmentExpressionSyntax { Left: not IdentifierNameSyntax } assignment => assignment.Right,
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax field } assignment when IsDisposedField(field.Identifier.ValueText) => assignment.Right,
                ArrowExpressionClauseSyntax arrow => arrow.Expression,
                _ => null,
            };
            if (SequenceOf(given) is IdentifierNameSyntax identifier)
                names.Add(identifier.Identifier.ValueText);
            if (node is VariableDeclaratorSyntax { Parent.Parent: UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } } scoped)
                names.Add(scoped.Identifier.ValueText);
        }

        return names;
    }

    /// <summary>What has the same items, whatever sequence was made of it.</summary>
    private static ExpressionSyntax? SequenceOf(ExpressionSyntax? expression)
    {
        while (expression is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "ToArray" or "ToList" or "ToHashSet" or "ToImmutableArray" or "ToImmutableList" or "AsReadOnly" or "AsEnumerable"
                        or "Reverse" or "Where" or "OrderBy" or "OrderByDescending",
                    Expression: var source,
                },
            })
        {
            expression = source;
        }

        return expression;
    }

    private bool IsDisposedField(string name) => _owner.ContainingType is { } type && KnownSymbols.MemberNamed(type, name) is { } member && Ownership.IsDisposed(member);

    /// <summary>Whether this is code of the type, or of one that derives from it or is nested in it.</summary>
    public bool IsWithin(INamedTypeSymbol? type)
    {
        for (var outer = _owner.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            for (var current = outer; current is not null; current = current.BaseType)
            {
                if (KnownSymbols.Same(current.OriginalDefinition, type?.OriginalDefinition))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The property that this one implements or overrides, or the field that it just returns; where it returns a member of another member, both.</summary>
    public ImmutableArray<ISymbol> Canonical(IPropertySymbol property) => Facts.Members.Canonical(property);

    /// <summary>Whether the parameter is one that the type is declared with, and this is code of a member that captures it.</summary>
    public bool IsCaptured(IParameterSymbol parameter) => _owner is IMethodSymbol { MethodKind: not MethodKind.Constructor }
        && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor };

    /// <summary>Whether the object whose member is accessed is being made here: nobody else can see it.</summary>
    public bool IsUnderConstruction(IOperation access)
    {
        if (access.Syntax.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Parent: InitializerExpressionSyntax } assignment
            && assignment.Left.Span.Contains(access.Syntax.Span))
        {
            return true;
        }

        var isConstruction = _owner is IMethodSymbol { IsInitOnly: true }
            || (_owner is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } or IFieldSymbol or IPropertySymbol
                && access.Syntax.FirstAncestorOrSelf<AccessorDeclarationSyntax>() is null);
        return isConstruction && !access.Syntax.Ancestors().Any(node => IsStoredLambda(node) || RunsOn(node)) && _owner is not IPropertySymbol { IsIndexer: true }
            && access is IMemberReferenceOperation reference && IsOwn(reference)
            && (_owner is not IPropertySymbol || access.Syntax.FirstAncestorOrSelf<ArrowExpressionClauseSyntax>() is null);
    }

    /// <summary>Whether a constructor or initializer makes what the member is of: what is static is made by what is static in its type.</summary>
    private bool IsOwn(IMemberReferenceOperation reference) => reference.Instance is IInstanceReferenceOperation
        || (reference.Instance is null && _owner.IsStatic && KnownSymbols.Same(reference.Member.ContainingType, _owner.ContainingType));

    /// <summary>Whether it is a lambda that outlives the code around it: it goes into a field, an event or another object.</summary>
    private static bool IsStoredLambda(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax && node.Parent
        is AssignmentExpressionSyntax
        or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } }
        or ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax };

    /// <summary>Whether it is a lambda of which the call that takes it does not wait: it may run when the object is made, and others have it.</summary>
    private bool RunsOn(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
        && call.Parent is ExpressionStatementSyntax or AssignmentExpressionSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax { Parent.Parent.Parent: FieldDeclarationSyntax }
        && Model?.GetSymbolInfo(call).Symbol is IMethodSymbol method
        && (Annotations.Known.IsTask(method.ReturnType) || method.Name is "Register" or "UnsafeRegister" || method.ContainingType.Name == "ThreadPool");

    /// <summary>The names of the variables whose guards the function disposes, its parameters among them.</summary>
    public HashSet<string> DisposedBy(object function)
    {
        if (SyntaxOf(function) is not { } syntax)
            return [];
        if (!_disposedBy.TryGetValue(syntax, out var names))
            _disposedBy.Add(syntax, names = FindDisposed(syntax));
        return names;
    }

    /// <summary>
    /// Whether a lambda or local function has nothing to do with locks, so that it need not be run: its text has no annotated name, disposes nothing,
    /// and names no other function of this body.
    /// </summary>
    public bool IsQuiet(object function)
    {
        if (SyntaxOf(function) is not { } syntax)
            return false;
        if (!_quiet.TryGetValue(syntax, out var isQuiet))
            _quiet.Add(syntax, isQuiet = !Annotations.Names.MayBeCalledIn(syntax, _functionNames ??= FindFunctionNames()));
        return isQuiet;
    }

    private static SyntaxNode? SyntaxOf(object function) => function switch
    {
        IFlowAnonymousFunctionOperation lambda => lambda.Syntax,
        IMethodSymbol method => method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(),
        _ => null,
    };

    /// <summary>The hashes of the names that may run a function of this body, and of what disposes.</summary>
    private HashSet<int> FindFunctionNames()
    {
        var names = new HashSet<string> { "Dispose", "DisposeAsync", "using" };
        var copies = new List<(string Name, string Source)>();
        foreach (var node in _nodes.Value.Nodes)
        {
            switch (node)
            {
                case LocalFunctionStatementSyntax function:
                    names.Add(function.Identifier.ValueText);
                    break;
                case VariableDeclaratorSyntax { Initializer.Value: { } value } variable:
                    AddIfFunction(variable.Identifier.ValueText, value);
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment:
                    AddIfFunction(name.Identifier.ValueText, assignment.Right);
                    break;
            }
        }

        for (var before = -1; before != names.Count;)
        {
            before = names.Count;
            names.UnionWith(copies.Where(copy => names.Contains(copy.Source)).Select(copy => copy.Name));
        }

        return [.. names.Select(NameScanner.HashOf)];

        void AddIfFunction(string name, ExpressionSyntax value)
        {
            if (value is IdentifierNameSyntax source)
                copies.Add((name, source.Identifier.ValueText));
            else if (_nodes.Value.Functions.Exists(function => function is AnonymousFunctionExpressionSyntax && value.FullSpan.Contains(function.Span)))
                names.Add(name);
        }
    }

    private static HashSet<string> FindDisposed(SyntaxNode function)
    {
        var names = new HashSet<string>();
        foreach (var node in function.DescendantNodes())
        {
            var disposed = node switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync" } access } => access.Expression,
                ConditionalAccessExpressionSyntax conditional
                    when conditional.WhenNotNull.ToString() is ".Dispose()" or ".DisposeAsync()" => conditional.Expression,
                UsingStatementSyntax { Expression: { } resource } => resource,
                _ => null,
            };
            if (disposed is PostfixUnaryExpressionSyntax suppressed)
                disposed = suppressed.Operand;
            if (disposed is IdentifierNameSyntax identifier)
                names.Add(identifier.Identifier.ValueText);
        }

        return names;
    }

    /// <summary>The nodes of a body but those that tell nothing by themselves, and its functions: to go through the syntax again costs more than to keep that.</summary>
    private static (List<SyntaxNode> Nodes, List<SyntaxNode> Functions) NodesOf(SyntaxNode body)
    {
        var (nodes, functions) = (new List<SyntaxNode>(), new List<SyntaxNode>());
        foreach (var node in body.DescendantNodes())
        {
            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                functions.Add(node);
            if (!IsPart(node))
                nodes.Add(node);
        }

        return (nodes, functions);
    }

    /// <summary>By the text alone, which is faster to go through than the syntax.</summary>
    private static bool MayHaveLambda(SyntaxNode body)
    {
        var (text, end) = (body.SyntaxTree.GetText(), body.Span.End);
        for (var i = body.SpanStart; i < end; i++)
        {
            if (IsAt(i, "=>") || IsAt(i, "delegate"))
                return true;
        }

        return false;

        bool IsAt(int position, string word)
        {
            for (var i = 0; i < word.Length; i++)
            {
                if (position + i >= end || text[position + i] != word[i])
                    return false;
            }

            return true;
        }
    }

    /// <summary>Whether the node tells nothing without the one around it.</summary>
    private static bool IsPart(SyntaxNode node) => node is TypeSyntax or LiteralExpressionSyntax or ArgumentListSyntax or MemberAccessExpressionSyntax or BlockSyntax
        or ExpressionStatementSyntax or EqualsValueClauseSyntax;

    private static IEnumerable<string> WrittenNames(SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes())
        {
            var written = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix => postfix.Operand,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } prefix => prefix.Operand,
                ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword } argument => argument.Expression,
                _ => null,
            };
            foreach (var name in Names(written))
            {
                if (!HasParameter(function, name))
                    yield return name;
            }
        }
    }

    /// <summary>Whether the name means a parameter of the function, and no variable around it.</summary>
    private static bool HasParameter(SyntaxNode function, string name) => function switch
    {
        LocalFunctionStatementSyntax local => Declares(local.ParameterList, name),
        ParenthesizedLambdaExpressionSyntax lambda => Declares(lambda.ParameterList, name),
        AnonymousMethodExpressionSyntax { ParameterList: { } list } => Declares(list, name),
        SimpleLambdaExpressionSyntax lambda => lambda.Parameter.Identifier.ValueText == name,
        _ => false,
    };

    private static bool Declares(ParameterListSyntax list, string name) => list.Parameters.Any(parameter => parameter.Identifier.ValueText == name);

    private static IEnumerable<string> Names(ExpressionSyntax? written) => written switch
    {
        IdentifierNameSyntax identifier => [identifier.Identifier.ValueText],
        TupleExpressionSyntax tuple => tuple.Arguments.SelectMany(argument => Names(argument.Expression)),
        _ => [],
    };
}
