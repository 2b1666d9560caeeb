using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>Exclusive asked for under a shared guard: acquire exclusively at the earlier place, and drop the later one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL3001ExclusiveUnderSharedFix : LockCodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string ExclusiveFromTheStartKey = "NamespaceLocking.ExclusiveFromTheStart";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL3001"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new ExclusiveFromTheStart()];
}
