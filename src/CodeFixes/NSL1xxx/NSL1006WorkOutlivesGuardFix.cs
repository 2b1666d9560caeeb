using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Work that can outlive its guard: await it, or make the sequence a list, before the guard ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL1006WorkOutlivesGuardFix : LockCodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string FinishUnderGuardKey = "NamespaceLocking.FinishUnderGuard";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL1006"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new FinishUnderGuard()];
}
