using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL4xxx;

/// <summary>Says at a member what the guard holds that it hands out: <c>[AcquiresLock(LockMode.Exclusive, nameof(ns))]</c></summary>
internal sealed class StateWhatIsHeld() : Repair(NSL4005UnstatedGuardFix.StateWhatIsHeldKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        var shown = AnnotationProposal.Of(context.Diagnostic);
        if (shown.Count == 0 || context.Node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } declaration)
            yield break;
        var writer = new AnnotationWriter(context.Document, context.Model.Compilation);
        var root = context.Root.ReplaceNode(declaration, AttributeWriter.Add(declaration, [.. shown.Select(writer.Write)]));
        yield return new Proposal($"Say so: {string.Join(", ", shown.Select(annotation => $"[{annotation.Text}]"))}", root, null, writer.LockMode);
    }
}
