using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <content>Work that runs later than its call: tasks, lazy sequences, lambdas that are stored.</content>
internal sealed partial class Transfer
{
    /// <summary>How deep lambdas in lambdas are followed.</summary>
    private const int MaxNesting = 4;

    /// <summary>The guards that the call at hand needs while it runs: its own requirements, and those of lambdas in its arguments.</summary>
    private ImmutableArray<Value> _needs = [];

    /// <summary>Whether the path is that of an exception: there, nobody waits for a task.</summary>
    public bool IsExceptional { get; set; }

    private void Need(CoverageInWorld coverage)
    {
        if (coverage is { Coverage: Coverage.Covered, Guard: { } guard } && !_needs.Contains(guard))
            _needs = _needs.Add(guard);
    }

    /// <summary>Who is given a guard, or is one, and runs on needs it as long.</summary>
    private void NeedGuards(IMethodSymbol method, Value? receiver, Value?[] arguments)
    {
        if (IsDead || World.Guards.IsEmpty || !RunsOn(method) || !_known.GuardsIn(method.ReturnType).IsEmpty)
            return;
        if (_known.IsGuard(method.ContainingType))
            NeedGuard(receiver);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (_known.IsGuard(method.OriginalDefinition.Parameters[i].Type) && !body.Annotations.Of(method).Parameter(i).TakesOwnership)
                NeedGuard(arguments[i]);
        }
    }

    private void NeedGuard(Value? value)
    {
        if (World.GuardOf(value) is { Status: GuardStatus.Held } guard && !_needs.Contains(guard.Id))
            _needs = _needs.Add(guard.Id);
    }

    /// <summary>The call returns what runs on: a task, or a sequence that nobody has enumerated yet.</summary>
    private Value? StartLaterWork(IInvocationOperation call, Value?[] arguments, ImmutableArray<Value> needs, Value? result)
    {
        if (IsDead)
            return null;
        if (needs.IsEmpty && World.Works.IsEmpty)
            return result;
        var type = call.TargetMethod.ReturnType;
        var isTask = _known.IsTask(type);
        var isLazy = SequenceTypes.IsLazy(type);
        var carried = Carried(call, arguments, isTask);
        if ((!isTask && !isLazy) || call.TargetMethod.Name == "WhenAny")
        {
            // Who gets a sequence, or a lambda that waits for a task, and returns something else has enumerated it, or waited.
            foreach (var work in carried)
            {
                if (!work.Runs || !isTask)
                    World = World.Drop(work);
            }

            return result;
        }

        if (needs.IsEmpty && carried.IsEmpty)
            return result;
        result ??= NewValue(call.Syntax, type);
        foreach (var work in carried)
            World = World.Drop(work).Start(work with { Id = result, Site = call.Syntax, Runs = isTask, Keeper = null });
        if (!needs.IsEmpty)
            World = World.Start(new LaterWork(result, needs, SiteOf(call), isTask, Returned: false, null));
        return result;
    }

    private ImmutableArray<LaterWork> Carried(IInvocationOperation call, Value?[] arguments, bool isTask) =>
        [.. World.Works.Where(work => IsCarriedBy(work, call, arguments, isTask))];

    /// <summary>A query expression is one expression, whatever calls it stands for.</summary>
    private static SyntaxNode SiteOf(IInvocationOperation call) => call.Syntax;

    /// <summary>Whether the work goes on in what the call returns: it is an argument, or in one.</summary>
    private bool IsCarriedBy(LaterWork work, IInvocationOperation call, Value?[] arguments, bool isTask) =>
        (work.Runs && ((isTask && arguments.Any(work.Is)) || IsAwaitedIn(work, call)))
        || (!work.Runs || call.TargetMethod.Name == "WaitAll" || (isTask && call.TargetMethod.Name is "WhenAll" or "Unwrap"))
        && (arguments.Any(work.Is) || IsNamedIn(work, call) || (call.Syntax.Span.Contains(work.Site.Span) && call.Syntax != work.Site && !World.IsStored(work.Id)));

    /// <summary>Whether a variable that has the work stands among the tasks that are waited for together.</summary>
    private bool IsNamedIn(LaterWork work, IInvocationOperation call) => call.TargetMethod.Name is "WhenAll" or "WaitAll" && call.Arguments.Any(argument =>
        argument.Value.Descendants().OfType<ILocalReferenceOperation>().Any(local => work.Is(ReadLocal(local.Local))));

    /// <summary>Whether a lambda that the call runs waits for the task, or hands it to the callee, who can.</summary>
    private bool IsAwaitedIn(LaterWork work, IInvocationOperation call) => call.Arguments.Any(argument => LambdaOf(argument.Value) is { Syntax: LambdaExpressionSyntax lambda } function
        && argument.Parameter is { } parameter && !KeepsLambdas(call, call.TargetMethod, parameter, function)
        && World.Variables.Any(variable => work.Is(variable.Value) && variable.Key is { Kind: ValueKind.Local or ValueKind.Parameter, Symbol.Name: var name }
            && lambda.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name && IsAwaited(used, lambda))));

    private static bool IsAwaited(IdentifierNameSyntax task, LambdaExpressionSyntax lambda)
    {
        ExpressionSyntax expression = task;
        while (expression.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access && access.Expression == expression)
        {
            if (member is "Wait" or "Result" or "GetResult")
                return true;
            if (member is not ("ConfigureAwait" or "GetAwaiter" or "WaitAsync" or "AsTask"))
                return false;
            expression = access.Parent is InvocationExpressionSyntax call ? call : access;
        }

        return expression == lambda.Body || expression.Parent is AwaitExpressionSyntax or ReturnStatementSyntax;
    }

    /// <summary>A task that is put into a collection is handed on there, and ends where the collection is awaited.</summary>
    private void KeepWork(IInvocationOperation call, Value? collection, Value?[] arguments)
    {
        if (IsDead || collection is null || call.TargetMethod.Name is not ("Add" or "Enqueue" or "Push" or "Insert" or "TryAdd" or "AddLast" or "AddFirst"))
            return;
        foreach (var work in World.Works)
        {
            if (arguments.Any(argument => ReferenceEquals(argument, work.Id)))
                World = World.Drop(work).Start(work with { Keeper = collection, Site = call.Syntax, Runs = true });
        }
    }

    /// <summary>The work has ended: its task was awaited, its sequence enumerated.</summary>
    private void FinishWork(Value? value)
    {
        if (IsDead || World.Works.IsEmpty || value is null)
            return;
        foreach (var work in World.Works)
        {
            if (work.Is(value))
                World = World.Drop(work);
        }
    }

    /// <summary>Work is handed to where others may run it, whenever they like.</summary>
    private void HandOn(Value? value, SyntaxNode site, bool isReturned = false)
    {
        if (IsDead || value is null)
            return;
        foreach (var work in World.Works)
        {
            if (ReferenceEquals(work.Id, value))
                World = World.Drop(work).Start(work with { Site = site, Runs = true, Returned = isReturned });
        }

        if (value is { Kind: ValueKind.Lambda, Payload: IFlowAnonymousFunctionOperation lambda })
            StartLambda(lambda, value, site);
    }

    /// <summary>A lambda is handed to where it may run after this code has ended.</summary>
    private void StartLambda(IFlowAnonymousFunctionOperation lambda, Value id, SyntaxNode site)
    {
        var needs = body.IsSummary ? [] : NeedsOf(lambda, Graph, World, MaxNesting);
        if (!needs.IsEmpty)
            World = World.Start(new LaterWork(id, needs, site, Runs: true, Returned: false, null));
    }

    /// <summary>Whether what a call of the function returns may run on: what another one needs, it needs no longer than the call.</summary>
    private bool RunsOn(object function)
    {
        var type = (function as IMethodSymbol ?? ((IFlowAnonymousFunctionOperation)function).Symbol).ReturnType;
        return _known.IsTask(type) || SequenceTypes.IsLazy(type);
    }

    /// <summary>The live guards that cover what a lambda or local function does.</summary>
    private ImmutableArray<Value> NeedsOf(object function, ControlFlowGraph around, World world, int depth)
    {
        if (depth == 0 || world.Guards.IsEmpty || !body.MayLookInto() || BodyAnalysis.GraphOf(function, around) is not { } graph)
            return [];
        var entry = new EntryWorlds(body).OfFunction(world, function);
        var needs = ImmutableArray.CreateBuilder<Value>();
        foreach (var seen in LockFlowAnalysis.Run(graph, body.ForSummary(SummaryScope.Returned), [entry], static _ => [], default))
        {
            if (seen is OperationSeen operation)
            {
                foreach (var (_, coverage) in operation.Requirements)
                {
                    if (coverage is { Coverage: Coverage.Covered, Guard: { } guard } && world.GuardOf(guard) is not null && !needs.Contains(guard))
                        needs.Add(guard);
                }
            }
            else if (seen is FunctionUsed used)
            {
                needs.AddRange(NeedsOf(used.Function, graph, used.World, depth - 1).Where(guard => world.GuardOf(guard) is not null && !needs.Contains(guard)));
            }
        }

        return needs.ToImmutable();
    }

    /// <summary>Calls that keep a lambda for later, whatever they return.</summary>
    private bool KeepsLambdas(IOperation operation, IMethodSymbol method, IParameterSymbol parameter, IFlowAnonymousFunctionOperation lambda)
    {
        if (operation is IObjectCreationOperation)
            return true;
        if (method.Name is "ContinueWith" or "Register" or "UnsafeRegister" || method.ContainingType.Name is "ThreadPool" or "Timer")
            return true;
        if (lambda.Symbol.IsAsync && parameter.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true })
            return true;
        return IsStoring(method, parameter) || body.Ownership.Stores(parameter);
    }

    private void StartLambdas(IOperation operation, IMethodSymbol? method, ImmutableArray<IArgumentOperation> arguments)
    {
        if (method is null || IsDead || World.Guards.IsEmpty)
            return;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { } parameter && LambdaOf(argument.Value) is { } lambda && KeepsLambdas(operation, method, parameter, lambda))
                StartLambda(lambda, _values.Lambda(lambda), operation.Syntax);
        }
    }

    /// <summary>A guard has ended: work that needs it, and no other one that is still held, can outlive it.</summary>
    private void EndWork(Guard guard)
    {
        if (IsDead || World.Works.IsEmpty)
            return;
        foreach (var work in World.Works)
        {
            if (!work.Guards.Contains(guard.Id))
                continue;
            World = World.Drop(work);
            var others = work.Guards.Remove(guard.Id);
            if (!others.IsEmpty)
                World = World.Start(work with { Guards = others });
            else if (work.Runs && !IsExceptional)
                _log.Add(new OutlivesSeen(work.Site, World.NameOf(guard.Id)));
        }
    }

    /// <summary>
    /// Where the member is left, what its callers hold is theirs to release: what it returns they wait for, what it dropped nobody does. So it is with a lambda or a local
    /// function, and what the code around it holds.
    /// </summary>
    public static void SeeWork(World world, List<Observation> log)
    {
        foreach (var work in world.Works)
        {
            if (work is { Runs: true, Returned: false }
                && work.Guards.All(id => world.GuardOf(id) is { Status: not GuardStatus.Blurred } guard && (guard.IsOuter
                    ? work.Keeper is null && IsDropped(work.Site)
                    : guard is { Origin: GuardOrigin.Stated or GuardOrigin.Parameter or GuardOrigin.This, Owned: false })))
            {
                log.Add(new OutlivesSeen(work.Site, work.Guards.Select(world.NameOf).FirstOrDefault(name => name is not null)));
            }
        }
    }

    /// <summary>Whether nobody can wait for what a lambda or local function starts there. In a variable of the code around it, somebody may.</summary>
    private static bool IsDropped(SyntaxNode site) => site.Parent switch
    {
        ExpressionStatementSyntax or LambdaExpressionSyntax or ArrowExpressionClauseSyntax => true,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax or LambdaExpressionSyntax } => true,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } variable } =>
            variable.FirstAncestorOrSelf<BlockSyntax>()?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name) == false,
        _ => false,
    };
}
