using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>One call that acquires what two did.</summary>
/// <param name="Name">Of the member that is called.</param>
/// <param name="Replaced">The expression in whose place it is written.</param>
/// <param name="Excess">How many of the two it acquires more strongly than it was asked to.</param>
internal sealed record PairCall(string Name, ExpressionSyntax Replaced, ExpressionSyntax Written, int Excess)
{
    /// <summary>The calls of the store's members that acquire two namespaces, the best first: found by their annotations, never by their names.</summary>
    public static IEnumerable<PairCall> For(RepairContext context, SingleAcquisition earlier, SingleAcquisition later)
    {
        if (earlier.Receiver?.ToString() != later.Receiver?.ToString()
            || !SymbolEqualityComparer.IncludeNullability.Equals(earlier.Guard, later.Guard))
        {
            return [];
        }

        var isAsynchronous = earlier.IsTask || later.IsTask;
        var allowsAwait = AsyncPlace.AllowsAwait(earlier.Call);
        return new AcquiringMembers(context, earlier.Call.SpanStart, allowsAwait)
            .MembersOf(earlier.Receiver is null ? null : context.TypeOf(earlier.Receiver))
            .OrderByDescending(method => context.Known.IsTask(method.ReturnType) == isAsynchronous)
            .ThenBy(method => method.Parameters.Length)
            .SelectMany(method => new[] { false, true }.Select(isSwapped => Match(context, method, earlier, later, isSwapped)))
            .OfType<PairCall>()
            .OrderBy(pair => pair.Excess);
    }

    private static PairCall? Match(RepairContext context, IMethodSymbol method, SingleAcquisition earlier, SingleAcquisition later, bool isSwapped)
    {
        var result = context.Known.TaskResult(method.ReturnType);
        if (context.Annotations.Of(method).Acquires is not [var one, var two]
            || !SymbolEqualityComparer.IncludeNullability.Equals(result ?? method.ReturnType, earlier.Guard))
        {
            return null;
        }

        var (first, second) = isSwapped ? (two, one) : (one, two);
        if (first.Mode < earlier.Mode || second.Mode < later.Mode || ArgumentsOf(context, method, first, second, earlier, later) is not { } arguments)
            return null;
        var call = earlier.Call
            .ReplaceNode(earlier.Name, earlier.Name.WithIdentifier(Identifier(method.Name).WithTriviaFrom(earlier.Name.Identifier)))
            .WithArgumentList(earlier.Call.ArgumentList.WithArguments(arguments));
        var excess = (first.Mode > earlier.Mode ? 1 : 0) + (second.Mode > later.Mode ? 1 : 0);
        if (earlier.IsTask == result is not null)
            return new PairCall(method.Name, earlier.Call, call, excess);
        if (result is not null)
            return earlier.Value.Outer == earlier.Call && AsyncPlace.AllowsAwait(earlier.Call) ? In(earlier.Call, UsingWriter.Awaited(call)) : null;
        return earlier.Value.Outer is AwaitExpressionSyntax awaited ? In(awaited, call) : null;

        PairCall In(ExpressionSyntax replaced, ExpressionSyntax written) => new(method.Name, replaced, written.WithTriviaFrom(replaced), excess);
    }

    private static SeparatedSyntaxList<ArgumentSyntax>? ArgumentsOf(
        RepairContext context, IMethodSymbol method, LockTerm first, LockTerm second, SingleAcquisition earlier, SingleAcquisition later)
    {
        // A reduced extension method's annotations count its receiver.
        var shift = method.ReducedFrom is null ? 0 : 1;
        var written = new List<ArgumentSyntax>();
        var isPositional = true;
        foreach (var parameter in method.Parameters)
        {
            var value = IsNamed(first) ? earlier.Namespace : IsNamed(second) ? later.Namespace : Common(parameter, earlier, later);
            if (value is null)
            {
                if (!parameter.IsOptional)
                    return null;
                isPositional = false;
                continue;
            }

            written.Add(Argument(isPositional ? null : AcquiringCall.Name(parameter), default, value.WithoutTrivia()));

            bool IsNamed(LockTerm term) => context.Known.IsNamespace(parameter.Type)
                && term.Namespace is { Root: PathRoot.Parameter, Members.IsEmpty: true } path
                && path.Parameter - shift == parameter.Ordinal;
        }

        return SeparatedList(written, Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), written.Count - 1));
    }

    /// <summary>What both hand to such a parameter. How long to wait is for the later one to say; in anything else they must agree.</summary>
    private static ExpressionSyntax? Common(IParameterSymbol parameter, SingleAcquisition earlier, SingleAcquisition later)
    {
        var (early, late) = (Value(parameter, earlier), Value(parameter, later));
        var isPatience = parameter.Type.Name is nameof(TimeSpan) or nameof(CancellationToken);
        return isPatience || early?.ToString() == late?.ToString() ? late ?? early : null;
    }

    /// <summary>What the call hands to a parameter of that type: of several, the one of the same name.</summary>
    private static ExpressionSyntax? Value(IParameterSymbol parameter, SingleAcquisition call)
    {
        var ofType = call.Arguments.Where(argument => SymbolEqualityComparer.Default.Equals(argument.Parameter.Type, parameter.Type)).ToList();
        return (ofType.Count == 1 ? ofType : ofType.Where(argument => argument.Parameter.Name == parameter.Name)).Select(argument => argument.Expression).FirstOrDefault();
    }
}
