using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL4xxx;

/// <summary>A member that hands out a guard without a word: the annotation that its body shows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL4005UnstatedGuardFix : LockCodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string StateWhatIsHeldKey = "NamespaceLocking.StateWhatIsHeld";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL4005"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new StateWhatIsHeld()];
}
