using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>An operation without its lock: acquire it there, or require it of callers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LockRequiredFix : LockCodeFixProvider
{
    /// <summary>The equivalence key of "acquire here".</summary>
    public const string AcquireHereKey = "NamespaceLocking.AcquireHere";

    /// <summary>The equivalence key of "require it of callers".</summary>
    public const string RequireOfCallersKey = "NamespaceLocking.RequireOfCallers";

    private static readonly AcquireHere AcquireHere = new();
    private static readonly RequireOfCallers RequireOfCallers = new();

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL1001", "NSL1003", "NSL1005"];

    private protected override ImmutableArray<Repair> Repairs => [AcquireHere, RequireOfCallers];

    /// <summary>All callers of a private member are in sight, and more often than not hold the lock for several such members.</summary>
    private protected override IEnumerable<Repair> Order(RepairContext context) =>
        context.Model.GetEnclosingSymbol(context.Node.SpanStart, context.CancellationToken) is { } enclosing && IsPrivate(enclosing)
            ? [RequireOfCallers, AcquireHere]
            : [AcquireHere, RequireOfCallers];

    private static bool IsPrivate(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => true,
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction, ContainingSymbol: { } outer } => IsPrivate(outer),
        IMethodSymbol { AssociatedSymbol: { } property } => property.DeclaredAccessibility == Accessibility.Private,
        _ => symbol.DeclaredAccessibility == Accessibility.Private,
    };
}
