using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>Waiting for one namespace under a guard on another: one acquisition of both.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL3003WaitUnderGuardFix : LockCodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string AcquireBothKey = "NamespaceLocking.AcquireBoth";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL3003"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new AcquireBoth()];
}
