using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>An operation that needs an exclusive lock under a shared one: ask for exclusive where that was asked for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL1002ExclusiveLockRequiredFix : LockCodeFixProvider
{
    /// <summary>The equivalence key of "acquire exclusively".</summary>
    public const string AcquireExclusivelyKey = "NamespaceLocking.AcquireExclusively";

    /// <summary>The equivalence key of "require exclusive of callers".</summary>
    public const string RequireExclusiveKey = "NamespaceLocking.RequireExclusive";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL1002"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new AcquireExclusively(), new RequireExclusive()];
}
