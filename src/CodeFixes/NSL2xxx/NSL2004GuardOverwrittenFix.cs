using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>A variable that is overwritten while its guard is held: the new guard gets a variable of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL2004GuardOverwrittenFix : LockCodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string NewVariableKey = "NamespaceLocking.NewVariable";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL2004"];

    private protected override ImmutableArray<Repair> Repairs { get; } = [new NewVariable()];
}
