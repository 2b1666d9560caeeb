using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Acquiring;

/// <summary>A call that acquires what is needed.</summary>
/// <param name="Method">The acquiring member.</param>
/// <param name="Parameters">The ordinals of the parameters that take the namespaces, in the order of <paramref name="Needs"/>.</param>
/// <param name="Guard">The type of the guard that it hands out.</param>
/// <param name="IsTask">Whether it has to be awaited.</param>
internal sealed record AcquiringCall(
    IMethodSymbol Method, IReadOnlyList<LockNeed> Needs, IReadOnlyList<int> Parameters, ITypeSymbol Guard, bool IsTask)
{
    /// <summary><c>using var nsGuard = store.Lock(ns);</c></summary>
    public LocalDeclarationStatementSyntax Declare(ExpressionSyntax? store, FreeNames names, UsingWriter writer) =>
        writer.Declaration(names.TakeForGuard(Needs.Select(need => need.Namespace)), Write(store));

    /// <summary><c>store.Lock(ns)</c>, or <c>Lock(ns)</c> where there is no <paramref name="store"/>.</summary>
    public ExpressionSyntax Write(ExpressionSyntax? store)
    {
        ExpressionSyntax target = IdentifierName(Method.Name);
        if (store is not null)
            target = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, store.WithoutTrivia(), (SimpleNameSyntax)target);
        var isPositional = Parameters.SequenceEqual(Enumerable.Range(0, Parameters.Count));
        var arguments = Needs.Select((need, i) =>
            Argument(isPositional ? null : Name(Method.Parameters[Parameters[i]]), default, need.Namespace));
        var separators = Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), Needs.Count - 1);
        var call = InvocationExpression(target, ArgumentList(SeparatedList(arguments, separators)));
        return IsTask ? UsingWriter.Awaited(call) : call;
    }

    /// <summary><c>name: </c></summary>
    public static NameColonSyntax Name(IParameterSymbol parameter) =>
        NameColon(IdentifierName(parameter.Name), Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space));
}
