using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Guards on their way out.</content>
internal sealed partial class Transfer
{
    /// <summary>Whether callers get the place itself, and may write to it.</summary>
    private bool IsReturnedToWrite(IOperation operation) => operation.Syntax.Parent is RefExpressionSyntax
        && body.Model?.GetEnclosingSymbol(operation.Syntax.SpanStart) is IMethodSymbol { RefKind: RefKind.Ref };

    /// <summary>Guards that are returned are the caller's; whether they are still held is seen where the member is left.</summary>
    private void Return(Value? value, IOperation operation, bool isOnTheWay)
    {
        if (IsDead || value?.Kind == ValueKind.Null)
            return;
        var index = 0;
        foreach (var guard in World.Guards)
        {
            if (value is not null && guard is { Origin: GuardOrigin.Acquired, IsOuter: false } && (IsPartOf(guard.Id, value) || IsElementOf(guard.Id, value)))
            {
                _returned[operation.Syntax] = World.NameOf(guard.Id);
                World = World.Write(_values.Returned(operation.Syntax, index++), guard.Id);
            }
        }

        if (index == 0)
        {
            var released = value is null ? null : World.Past.FirstOrDefault(past => past.Reason != PastReason.NotGranted
                && past.Guard is not null && (IsPartOf(past.Guard, value) || IsElementOf(past.Guard, value)))?.Guard;
            if (released is not null)
            {
                _returned[operation.Syntax] = World.NameOf(released);
                World = World.Write(_values.Returned(operation.Syntax, 0), released);
            }
            else
            {
                _log.Add(new ReturnSeen(operation.Syntax, [], IsReleased: false, Promised: null));
            }
        }

        if (index == 0 || !isOnTheWay)
            Close(value);
    }

    /// <summary>The variable that had a guard where it was returned, if there is one.</summary>
    public string? NameOfReturned(SyntaxNode site) => _returned.TryGetValue(site, out var name) ? name : null;

    /// <summary>What a <c>finally</c> gives back or stops throws only where it is used wrongly: nobody guards what is returned against that.</summary>
    private static bool GivesBack(IMethodSymbol? method) => method?.ContainingNamespace is
    {
        Name: "Threading" or "Diagnostics" or "Buffers",
        ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
    };

    private static World KeepReturned(World world)
    {
        foreach (var guard in world.Guards)
        {
            if (guard.Owned && world.IsReturned(guard.Id))
                world = world.Replace(guard, guard with { Owned = false });
        }

        return world;
    }
}
