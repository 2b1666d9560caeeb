using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A guard that is dropped, or disposed on some paths or none: <c>using</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GuardLifetimeFix : LockCodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string UsingKey = "NamespaceLocking.Using";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL2001", "NSL2002", "NSL2003"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new DisposeGuard()];
}
