using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A local variable that has a guard, in a declaration of its own.</summary>
internal sealed record GuardVariable(ILocalSymbol Local, LocalDeclarationStatementSyntax Declaration, GuardUses Uses)
{
    /// <summary>Null where the name is of something else, or of a variable that a pattern or a call declares.</summary>
    public static GuardVariable? Of(RepairContext context, ExpressionSyntax name) =>
        context.SymbolOf(name) is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } local
        && reference.GetSyntax(context.CancellationToken).Parent?.Parent is LocalDeclarationStatementSyntax declaration
        && declaration.Declaration.Variables.Count == 1
            ? new GuardVariable(local, declaration, new GuardUses(context, local))
            : null;

    public bool HasValue => Declaration.Declaration.Variables[0].Initializer is not null;

    /// <summary>The declaration with <c>using</c>, or as it is where it has that.</summary>
    public LocalDeclarationStatementSyntax WithUsing(Compilation compilation) => Declaration.UsingKeyword != default
        ? Declaration
        : UsingWriter.For(Local.Type, Declaration, compilation).Declaration(Declaration);
}
