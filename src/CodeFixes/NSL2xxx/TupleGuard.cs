using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that is an element of a tuple: the deconstruction names it and keeps its other parts; <c>using</c> disposes it.</summary>
internal sealed class TupleGuard
{
    private readonly RepairContext _context;
    private readonly GuardValue _value;
    private readonly ImmutableArray<IFieldSymbol> _elements;
    private readonly int _guard;
    private readonly GuardScope _scope;
    private readonly string _name;

    private TupleGuard(RepairContext context, GuardValue value)
    {
        _context = context;
        _value = value;
        _elements = ((INamedTypeSymbol)value.Type!).TupleElements;
        var guard = _elements.First(element => context.Known.IsGuard(element.Type));
        _guard = _elements.IndexOf(guard);
        _scope = new GuardScope(context, guard.Type);
        _name = value.TakeName(new FreeNames(context.Member), guard.Type);
    }

    public static IEnumerable<Proposal> Propose(RepairContext context, GuardValue value) =>
        value.IsTask ? [] : new TupleGuard(context, value).Propose();

    private IEnumerable<Proposal> Propose() => _value.Outer.Parent switch
    {
        AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax names } } =>
            OfDesignation(names.Variables[_guard]),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple } => OfElement(tuple.Arguments[_guard].Expression),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Parent: ExpressionStatementSyntax } discard => Replacing(discard, Deconstructed()),
        ExpressionStatementSyntax => Replacing(_value.Outer, Deconstructed()),
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } variable } =>
            OfVariable(variable, variable.Identifier.Text + "." + _elements[_guard].Name),
        _ => [],
    };

    private IEnumerable<Proposal> OfElement(ExpressionSyntax element) => element switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } => OfDesignation(variable),
        IdentifierNameSyntax name when _context.SymbolOf(name) is ILocalSymbol local =>
            new GuardUses(_context, local) is { Escapes: false } uses ? _scope.Propose(_value.Outer, name.Identifier.Text, uses) : [],
        IdentifierNameSyntax or DeclarationExpressionSyntax => Replacing(element, DeclarationExpression(Var, Designation(_name))),
        _ => [],
    };

    private IEnumerable<Proposal> OfDesignation(VariableDesignationSyntax designation) => designation is SingleVariableDesignationSyntax variable
        ? OfVariable(variable, variable.Identifier.Text)
        : Replacing(designation, Designation(_name));

    private IEnumerable<Proposal> OfVariable(SyntaxNode variable, string guard) =>
        GuardUses.OfDeclared(_context, variable) is { Escapes: false } uses ? _scope.Propose(_value.Outer, guard, uses) : [];

    private IEnumerable<Proposal> Replacing(SyntaxNode old, SyntaxNode written) =>
        _scope.Propose(_value.Outer, _name, rewrite: statement => statement.ReplaceNode(old, written));

    /// <summary><c>var (nsGuard, _) = value</c></summary>
    private AssignmentExpressionSyntax Deconstructed()
    {
        var variables = _elements.Select((_, i) => i == _guard ? (VariableDesignationSyntax)Designation(_name) : DiscardDesignation());
        var separators = Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), _elements.Length - 1);
        return AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            DeclarationExpression(Var, ParenthesizedVariableDesignation(SeparatedList(variables, separators))).WithTrailingTrivia(Space),
            Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
            _value.Outer.WithoutTrivia());
    }

    private static IdentifierNameSyntax Var => IdentifierName("var").WithTrailingTrivia(Space);

    private static SingleVariableDesignationSyntax Designation(string name) => SingleVariableDesignation(Identifier(name));
}
