using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>Writes annotations as a member would carry them.</summary>
internal static class AnnotationText
{
    /// <summary>The acquisition of what a body was seen to hold; null where no path leads to it from the member.</summary>
    public static string? Acquires(Hold hold, IMethodSymbol method, CompilationFacts facts)
    {
        var known = facts.Annotations.Known;
        if ((Shown(hold.Namespace, method, facts.Members) ?? Path(hold.Namespace, method, known)) is not { } path)
            return null;
        // An annotation without a store means the object at work, or leaves it open: what the caller hands in is another one.
        var store = IsHandedIn(hold.Store) ? Path(hold.Store, method, known) : null;
        return Text(AnnotationKind.AcquiresLock, hold.Mode, path, store, method);
    }

    /// <summary>The property that answers with the namespace to everybody, where it is in something that callers cannot see.</summary>
    private static string? Shown(Value? value, IMethodSymbol method, MemberFacts facts)
    {
        var path = new List<ISymbol>();
        for (; value is { Kind: ValueKind.Member, Symbol: { } member }; value = value.First)
            path.Insert(0, member);
        if (value?.Kind != ValueKind.This || path.TrueForAll(UnstatedGuards.IsVisibleOutside))
            return null;
        var shown = method.ContainingType.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => !property.IsStatic && UnstatedGuards.IsVisibleOutside(property)
            && facts.Canonical(property).Select(member => member.OriginalDefinition).SequenceEqual(path, SymbolEqualityComparer.Default));
        return shown is null ? null : "this." + shown.Name;
    }

    /// <summary>A term of one member, said at another one whose parameters may have other names.</summary>
    public static string Of(AnnotationKind kind, LockTerm term, ISymbol member)
    {
        var store = term.Store is null or { Root: PathRoot.This, Members.IsEmpty: true } ? null : Path(term.Store, member);
        return Text(kind, term.Mode, Path(term.Namespace, member), store, member);
    }

    private static string Text(AnnotationKind kind, LockMode mode, string path, string? store, ISymbol member) =>
        $"{kind}({(kind.HasMode() ? $"LockMode.{mode}, " : "")}{Quoted(path, member)}{(store is null ? "" : $", Store = {Quoted(store, member)}")})";

    private static bool IsHandedIn(Value? store) => store switch
    {
        { Kind: ValueKind.Parameter } => true,
        { Kind: ValueKind.Member, First: { } owner } => IsHandedIn(owner),
        _ => false,
    };

    /// <summary>The path as it is written at a member, whose parameters may have other names than where it was bound.</summary>
    public static string Path(LockPath path, ISymbol member) =>
        path.Root == PathRoot.Parameter && LockPath.Parameters(member).ElementAtOrDefault(path.Parameter) is { } parameter ? parameter.Name + path.MemberText
        : path is { Root: PathRoot.This, Members: not [IParameterSymbol, ..] } ? "this" + path.MemberText
        : path.Text;

    private static string Quoted(string path, ISymbol member) =>
        LockPath.Parameters(member).Any(parameter => parameter.Name == path) ? $"nameof({Escaped(path)})" : $"\"{path}\"";

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

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
