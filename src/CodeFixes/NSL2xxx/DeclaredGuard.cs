using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard in a variable that is declared with it: the declaration gets <c>using</c>, and calls of <c>Dispose</c> that it makes superfluous go.</summary>
internal static class DeclaredGuard
{
    public static IEnumerable<Proposal> Propose(
        RepairContext context, GuardValue value, LocalDeclarationStatementSyntax declaration, VariableDeclaratorSyntax variable)
    {
        if (StatementPlace.Of(value.Outer) is not { } place || place.Anchor != declaration || value.Type is null || declaration.UsingKeyword != default)
            yield break;
        if (value.Awaited(AsyncPlace.AllowsAwait(declaration)) is not { } guard)
            yield break;
        var locals = declaration.Declaration.Variables.Select(declared => context.Model.GetDeclaredSymbol(declared)).OfType<ILocalSymbol>().ToList();
        var uses = locals.Select(local => new GuardUses(context, local)).ToList();
        if (uses.Any(use => use.Escapes))
            yield break;

        if (value.IsTask)
        {
            // A task that is awaited somewhere else has its guard there.
            if (uses[0].Any)
                yield break;
            declaration = declaration
                .ReplaceNode(value.Outer, guard)
                .WithDeclaration(declaration.ReplaceNode(value.Outer, guard).Declaration.WithType(SyntaxFactory.IdentifierName("var").WithTriviaFrom(declaration.Declaration.Type)));
        }

        var type = value.IsTask ? value.Type : locals[0].Type;
        var writer = UsingWriter.For(type, place.Anchor, context.Model.Compilation);
        var title = $"Declare '{variable.Identifier.ValueText}' with '{writer.Keywords}'";
        if (uses.Any(use => use.IsAssigned))
        {
            foreach (var proposal in new GuardScope(context, type).Propose(context.Node, variable.Identifier.ValueText))
                yield return proposal;
            yield break;
        }

        var written = writer.Declaration(declaration);
        var superfluous = uses.SelectMany(use => use.SuperfluousDisposals(place.Anchor)).ToList();
        if (superfluous.Count > 0)
        {
            var (root, anchor) = Disposals.Remove(context.Root, superfluous, place.Anchor);
            yield return new Proposal(title, StatementPlace.Of(anchor)!.Surround(root, context.Model, [], written));
        }

        yield return new Proposal(title, place.Surround(context.Root, context.Model, [], written));
    }
}
