using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>An operation behind the end of its guard: let the guard live to the end of the block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL1004GuardReleasedFix : LockCodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string KeepToTheEndKey = "NamespaceLocking.KeepToTheEnd";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL1004"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new KeepToTheEnd()];
}
