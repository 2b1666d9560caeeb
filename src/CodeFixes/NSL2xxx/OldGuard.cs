using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that a variable had before it got another one.</summary>
internal sealed class OldGuard
{
    private readonly RepairContext _context;
    private readonly ILocalSymbol _variable;
    private readonly LocalDeclarationStatementSyntax? _declaration;

    private OldGuard(RepairContext context, ILocalSymbol variable, StatementSyntax statement, LocalDeclarationStatementSyntax? declaration)
    {
        _context = context;
        _variable = variable;
        _declaration = declaration;
        Statement = statement;
    }

    /// <summary>Where it was acquired.</summary>
    public StatementSyntax Statement { get; }

    /// <summary>The guard that the diagnostic says is lost; null where that was acquired in a condition or the like.</summary>
    public static OldGuard? Of(RepairContext context, ILocalSymbol variable, GuardUses uses, IdentifierNameSyntax target)
    {
        if (context.OtherPlace is not { } acquisition
            || StatementPlace.Of(acquisition, context.Model)?.Anchor is not StatementSyntax anchor
            || anchor is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax))
        {
            return null;
        }

        // A variable that is still assigned elsewhere cannot be declared with 'using'.
        var isAssignedElsewhere = uses.Names.Any(name => GuardUses.IsTarget(name) && name.SpanStart < target.SpanStart);
        var declaration = GuardVariable.Of(context, target) is { HasValue: true } declared && !isAssignedElsewhere ? declared.Declaration : null;
        return new OldGuard(context, variable, anchor, declaration == anchor ? declaration : null);
    }

    /// <summary>The root in which <c>using</c> disposes it; the statement is tracked there.</summary>
    public SyntaxNode Dispose(SyntaxNode root)
    {
        var writer = UsingWriter.For(_variable.Type, Statement, _context.Model.Compilation);
        if (_declaration is not null)
            return StatementPlace.Replace(root, _context.Model, _declaration, writer.Declaration(_declaration));
        var scope = new GuardScope(_context, _variable.Type).Write(_variable.Name, writer);
        return StatementPlace.Of(root.GetCurrentNode(Statement)!, _context.Model)!.Surround(root, [], null, [scope]);
    }
}
