using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>Writes annotations as a member would carry them.</summary>
internal static class AnnotationText
{
    /// <summary>The acquisition of what a body was seen to hold; null where no path leads to it from the member.</summary>
    public static string? Acquires(Hold hold, IMethodSymbol method, KnownSymbols known) =>
        Path(hold.Namespace, method, known) is { } path ? $"{nameof(AnnotationKind.AcquiresLock)}(LockMode.{hold.Mode}, {Quoted(path, method)})" : null;

    /// <summary>A term of one member, said at another one whose parameters may have other names.</summary>
    public static string Of(AnnotationKind kind, LockTerm term, ISymbol member)
    {
        var mode = kind.HasMode() ? $"LockMode.{term.Mode}, " : "";
        return $"{kind}({mode}{Quoted(Path(term.Namespace, member), member)})";
    }

    /// <summary>The path as it is written at a member, whose parameters may have other names than where it was bound.</summary>
    public static string Path(LockPath path, ISymbol member) =>
        path.Root == PathRoot.Parameter && LockPath.Parameters(member).ElementAtOrDefault(path.Parameter) is { } parameter ? parameter.Name + path.MemberText
        : path.Root == PathRoot.This ? "this" + path.MemberText
        : path.Text;

    private static string Quoted(string path, ISymbol member) =>
        LockPath.Parameters(member).Any(parameter => parameter.Name == path) ? $"nameof({path})" : $"\"{path}\"";

    private static string? Path(Value? value, IMethodSymbol method, KnownSymbols known) => value switch
    {
        { Kind: ValueKind.This } => "this",
        { Kind: ValueKind.Parameter, Symbol: IParameterSymbol parameter } when KnownSymbols.Same(parameter.ContainingSymbol, method) => parameter.Name,
        { Kind: ValueKind.Member, First: null, Symbol: { IsStatic: true } member } => $"{member.ContainingType.Name}.{member.Name}",
        { Kind: ValueKind.Member, First: { } first, Symbol: { } member } when Path(first, method, known) is { } path => $"{path}.{member.Name}",
        { Kind: ValueKind.Parent, First: { } child } when Path(child, method, known) is { } path => path + ".Parent",
        { Kind: ValueKind.Namespace, Payload: "" } => $"{known.BackupNamespace?.Name}.Root",
        _ => null,
    };
}
