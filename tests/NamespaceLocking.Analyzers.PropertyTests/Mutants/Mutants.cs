using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.PropertyTests.Mutants;

/// <summary>Correct code with one mistake in it.</summary>
/// <param name="Source">The correct code's name.</param>
/// <param name="Mistake">What was done to it.</param>
/// <param name="Line">Where, as the correct code has it.</param>
/// <param name="Text">The code with the mistake.</param>
/// <param name="Place">Where in the correct code the broken acquisition or operation begins.</param>
internal sealed record Mutant(string Source, string Mistake, string Line, string Text, int Place)
{
    /// <summary>Whether it takes the guard away, so that it is seen just where the guard is needed.</summary>
    public bool IsDeletion => Mistake is "no acquisition" or "no statement";

    /// <summary>Whether it changes behaviour only where the guard is needed.</summary>
    public bool NeedsNeed => Mistake is "disposed early" or "another namespace" or "another store";

    /// <summary>The same for as long as the correct code is.</summary>
    public string Key => $"{Source} | {Mistake} | {Line}";
}

/// <summary>Makes the usual mistakes with each guard of a source.</summary>
internal sealed partial class MutantMaker
{
    private readonly string _name;
    private readonly string _text;
    private readonly SemanticModel _model;
    private readonly List<Mutant> _mutants = [];

    private MutantMaker(string name, string text, SemanticModel model) => (_name, _text, _model) = (name, text, model);

    /// <param name="name">The source's name.</param>
    /// <param name="text">The source.</param>
    /// <param name="model">Of a tree whose text ends with the source.</param>
    public static IReadOnlyList<Mutant> Of(string name, string text, SemanticModel model)
    {
        var maker = new MutantMaker(name, text, model);
        var root = model.SyntaxTree.GetRoot();
        foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsOfCorrectCode))
        {
            if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
                continue;
            if (Has(method, "AcquiresLockAttribute"))
                maker.BreakAcquisition(call, method);
            else if (Has(method, "RequiresLockAttribute"))
                maker.BreakOperation(call);
        }

        return maker._mutants;
    }

    private static bool Has(IMethodSymbol method, string attribute) => method.OriginalDefinition.GetAttributes().Any(data => data.AttributeClass?.Name == attribute);

    private static bool IsOfCorrectCode(SyntaxNode node) =>
        !node.Ancestors().Any(ancestor => ancestor is MethodDeclarationSyntax { Identifier.Text: var method } && method.EndsWith("Unsafely", StringComparison.Ordinal)
            || ancestor is TypeDeclarationSyntax { Identifier.Text: var type } && type.StartsWith("Unsafe", StringComparison.Ordinal));

    private void BreakAcquisition(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var acquired = (ExpressionSyntax)call;
        while (acquired.Parent is AwaitExpressionSyntax or PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax
            || acquired.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Left == acquired)
        {
            acquired = (ExpressionSyntax)acquired.Parent;
        }

        var type = _model.GetTypeInfo(acquired).Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "NamespaceLockGuard";
        if (acquired.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator })
            BreakDeclared(acquired, declaration, declarator, type);
        else if (acquired.Parent is UsingStatementSyntax { Statement: var body } statement)
            BreakUsing(statement, acquired, body);
        else if (acquired.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment && assignment.Right == acquired)
            BreakAssigned(acquired, assignment, type);

        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver, Name: var name })
            return;
        var arguments = call.ArgumentList.Arguments;
        if (name.Identifier.Text.Contains("Exclusive", StringComparison.Ordinal) && Needs(call, exclusive: true))
            Add("shared in place of exclusive", call, (name.Span, SharedName(name.Identifier.Text, method)));
        else if (!method.ContainingType.GetMembers(name.Identifier.Text + "Shared").IsEmpty && Needs(call, exclusive: true))
            Add("shared in place of exclusive", call, (name.Span, name.Identifier.Text + "Shared"));
        if (arguments.FirstOrDefault(argument => _model.GetTypeInfo(argument.Expression).Type?.Name == "BackupNamespace") is { } ns)
            Add("another namespace", acquired, (ns.Span, "BackupNamespace.Parse(\"some/other/place\")"));
        else if (arguments.FirstOrDefault(argument => _model.GetTypeInfo(argument.Expression).Type?.GetMembers("In").IsEmpty == false) is { } item)
            Add("another namespace", acquired, (item.Span, $"{item}.In(BackupNamespace.Parse(\"some/other/place\"))"));
        if (acquired.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax } asked && asked is LocalDeclarationStatementSyntax or UsingStatementSyntax
            && !name.Identifier.Text.StartsWith("Try", StringComparison.Ordinal) && ExclusiveName(name.Identifier.Text, method) is { } exclusive)
        {
            var again = $"using ({receiver}.{exclusive}({string.Join(", ", arguments.Where(argument => _model.GetTypeInfo(argument.Expression).Type?.Name == "BackupNamespace"))})) {{ }}";
            if (asked is LocalDeclarationStatementSyntax)
                Add("exclusive asked for under the guard", call, (new TextSpan(asked.Span.End, 0), " " + again));
            else if (asked is UsingStatementSyntax { Statement: var inner })
                Add("exclusive asked for under the guard", call, (new TextSpan(inner.SpanStart, 0), "{ " + again), (new TextSpan(inner.Span.End, 0), " }"));
        }

        if (receiver is IdentifierNameSyntax && _model.GetTypeInfo(receiver).Type is { Name: not "NamespaceLockManager" } store)
        {
            var other = _model.LookupSymbols(call.SpanStart).FirstOrDefault(symbol => symbol.Name != receiver.ToString() && symbol is IParameterSymbol parameter
                && SymbolEqualityComparer.Default.Equals(parameter.Type, store));
            if (other is not null)
                Add("another store", acquired, (receiver.Span, other.Name));
        }

        if (call.Parent is AwaitExpressionSyntax awaited)
            Add("no await", call, (awaited.AwaitKeyword.FullSpan, ""));
        if (acquired is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } tested)
            Add("no null test", call, (TextSpan.FromBounds(tested.Left.Span.End, tested.Span.End), "!"));
    }

    private void BreakDeclared(ExpressionSyntax acquired, VariableDeclarationSyntax declaration, VariableDeclaratorSyntax declarator, string type)
    {
        var name = declarator.Identifier.Text;
        var release = type.EndsWith('?') ? $"{name}?.Dispose();" : $"{name}.Dispose();";
        // A Try that is always refused does no harm where it is tested, and where it is not, there is a diagnostic already.
        if (!type.EndsWith('?') && Needs(acquired, exclusive: false))
            Add("no acquisition", acquired, (acquired.Span, $"({type})null!"), (declaration.Type.Span, "var"));
        if (declaration.Parent is LocalDeclarationStatementSyntax local)
        {
            if (Needs(acquired, exclusive: false))
                Add("no statement", acquired, (local.Span, ""));
            Add("dropped", acquired, (TextSpan.FromBounds(local.SpanStart, acquired.SpanStart), "_ = "));
            if (local.UsingKeyword != default)
                Add("no using", acquired, (TextSpan.FromBounds(local.SpanStart, declaration.SpanStart), ""));
            Add("disposed early", acquired, (new TextSpan(local.Span.End, 0), " " + release));
        }
        else if (declaration.Parent is UsingStatementSyntax { Statement: var body } statement)
        {
            Add("dropped", acquired, (TextSpan.FromBounds(statement.SpanStart, acquired.SpanStart), "_ = "), (TextSpan.FromBounds(acquired.Span.End, body.SpanStart), "; "));
            Add("no using", acquired, (TextSpan.FromBounds(statement.SpanStart, declaration.SpanStart), ""), (TextSpan.FromBounds(acquired.Span.End, body.SpanStart), "; "));
            Add("disposed early", acquired, (new TextSpan(body.SpanStart, 0), $"{{ {release} "), (new TextSpan(body.Span.End, 0), " }"));
        }

        ForgetTests(acquired, declarator);
    }

    private void BreakAssigned(ExpressionSyntax acquired, AssignmentExpressionSyntax assignment, string type)
    {
        // A field's guard is for all members, and no rule looks whether a constructor keeps its promise.
        if (!type.EndsWith('?') && Needs(acquired, exclusive: false) && _model.GetSymbolInfo(assignment.Left).Symbol is ILocalSymbol)
            Add("no acquisition", acquired, (acquired.Span, $"({type})null!"));
        Add("dropped", acquired, (assignment.Left.Span, "_"));
    }

    private void BreakUsing(UsingStatementSyntax statement, ExpressionSyntax acquired, StatementSyntax body)
    {
        if (Needs(acquired, exclusive: false))
            Add("no statement", acquired, (TextSpan.FromBounds(statement.SpanStart, body.SpanStart), ""));
        Add("dropped", acquired, (TextSpan.FromBounds(statement.SpanStart, acquired.SpanStart), "_ = "), (TextSpan.FromBounds(acquired.Span.End, body.SpanStart), "; "));
        Add("disposed early", acquired, (TextSpan.FromBounds(statement.SpanStart, acquired.SpanStart), "using (var released = "), (new TextSpan(body.SpanStart, 0), "{ released?.Dispose(); "), (new TextSpan(body.Span.End, 0), " }"));
    }

    private void ForgetTests(ExpressionSyntax acquired, VariableDeclaratorSyntax declarator)
    {
        if (acquired.ToString() is var text && !text.Contains("Try", StringComparison.Ordinal) || declarator.FirstAncestorOrSelf<BlockSyntax>() is not { } block)
            return;
        var test = new Regex($@"(\b{Regex.Escape(declarator.Identifier.Text)}\b.*\b(null|\{{ \}}))|(null.*\b{Regex.Escape(declarator.Identifier.Text)}\b)");
        foreach (var condition in block.DescendantNodes().OfType<IfStatementSyntax>())
        {
            if (!test.IsMatch(condition.Condition.ToString()))
                continue;
            var jumps = condition.Statement is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax or BlockSyntax { Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax] };
            Add("no null test", condition, jumps ? (condition.Span, "") : (TextSpan.FromBounds(condition.SpanStart, condition.Statement.SpanStart), ""));
        }
    }

    private void BreakOperation(InvocationExpressionSyntax call)
    {
        if (call.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } awaited)
            Add("no await", call, (awaited.AwaitKeyword.FullSpan, "_ = "));
    }

    /// <summary>Whether anything in the member asks for a lock, or the member promises one: else nobody could tell that a guard is missing.</summary>
    private bool Needs(SyntaxNode acquired, bool exclusive)
    {
        var member = acquired.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is not null && (Asks(_model.GetDeclaredSymbol(member), "AcquiresLockAttribute")
            || member.DescendantNodes().OfType<ExpressionSyntax>().Any(used => Asks(_model.GetSymbolInfo(used).Symbol, "RequiresLockAttribute") || Asks(_model.GetSymbolInfo(used).Symbol, "GuardedByAttribute")));

        bool Asks(ISymbol? symbol, string attribute) => symbol?.OriginalDefinition.GetAttributes().Any(data => data.AttributeClass?.Name == attribute
            && (!exclusive || data.ConstructorArguments is [{ Value: int and not 0 }, ..] || attribute == "GuardedByAttribute")) == true;
    }

    private static string SharedName(string name, IMethodSymbol method)
    {
        var shared = name.Replace("Exclusive", "Shared", StringComparison.Ordinal);
        return method.ContainingType.GetMembers(shared).IsEmpty ? name.Replace("Exclusive", "", StringComparison.Ordinal) : shared;
    }

    private static string? ExclusiveName(string name, IMethodSymbol method)
    {
        var plain = name.Replace("Async", "", StringComparison.Ordinal);
        var names = new[] { plain.Replace("Shared", "Exclusive", StringComparison.Ordinal), plain + "Exclusive" };
        return names.FirstOrDefault(candidate => candidate.Contains("Exclusive", StringComparison.Ordinal) && !method.ContainingType.GetMembers(candidate).IsEmpty);
    }

    private void Add(string mistake, SyntaxNode at, params (TextSpan Span, string Text)[] changes)
    {
        // The tree has more above the source.
        var before = _model.SyntaxTree.Length - _text.Length;
        if (changes.Any(change => change.Span.Start < before))
            return;
        var text = changes.OrderByDescending(change => change.Span.Start).ThenByDescending(change => change.Span.End)
            .Aggregate(_text, (current, change) => current.Remove(change.Span.Start - before, change.Span.Length).Insert(change.Span.Start - before, change.Text));
        var statement = Blanks().Replace((at.FirstAncestorOrSelf<StatementSyntax>() ?? at).ToString().Split('\n')[0].Trim(), " ");
        var mutant = new Mutant(_name, mistake, statement, text, at.Span.End);
        for (var twin = 2; _mutants.Any(known => known.Key == mutant.Key); twin++)
            mutant = mutant with { Line = $"{statement} #{twin}" };
        _mutants.Add(mutant);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
