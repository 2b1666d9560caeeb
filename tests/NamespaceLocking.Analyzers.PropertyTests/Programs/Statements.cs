using System.Globalization;
using System.Text;

namespace NamespaceLocking.Analyzers.PropertyTests.Programs;

/// <summary>C# text whose every line is a place of its own: a diagnostic is known by its line.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public int Line { get; private set; }

    public int Write(string line)
    {
        if (line.StartsWith('}'))
            _indent--;
        _text.Append(CultureInfo.InvariantCulture, $"{new string(' ', _indent * 4)}{line}\n");
        if (line.EndsWith('{'))
            _indent++;
        return Line++;
    }

    public override string ToString() => _text.ToString();
}

/// <summary>A statement: it prints itself, and it runs from any number of states at once.</summary>
internal abstract class Statement
{
    /// <summary>The line that it was printed on.</summary>
    public int Site { get; protected set; }

    public abstract void Print(SourceWriter writer);

    public abstract Ends Run(Runs runs, HashSet<State> states);
}

internal sealed record NamespaceExpression(string Text, int Variable, string? Child, bool IsParent)
{
    public int In(Runs runs, State state)
    {
        var ns = state[Variable];
        return Child is not null ? runs.Namespaces.Child(ns, Child) : IsParent ? runs.Namespaces.Parent(ns) : ns;
    }
}

internal sealed record Acquisition(NamespaceExpression Namespace, bool IsExclusive, bool IsTry, bool IsAsync, bool OrThrows)
{
    public bool CanBeNull => IsTry && !OrThrows;

    public override string ToString()
    {
        var call = $"locks.{(IsTry ? "Try" : "")}Acquire{(IsExclusive ? "Exclusive" : "Shared")}{(IsAsync ? "Async" : "")}({Namespace.Text})";
        call = IsAsync ? "await " + call : call;
        return IsTry && OrThrows ? call + " ?? throw error" : call;
    }

    /// <summary>The states after it, each with the new guard, or with -1 where the lock was not granted.</summary>
    public IEnumerable<(State State, int Guard)> Run(Runs runs, int site, HashSet<State> states, HashSet<State> thrown)
    {
        foreach (var state in states)
        {
            thrown.Add(state);
            var ns = Namespace.In(runs, state);
            if (!state.Open.Any(guard => runs.Namespaces.Conflicts(guard, IsExclusive, ns)))
                runs.Possible.Add(site);
            if (CanBeNull)
                yield return (state, -1);
            yield return state.Acquire(new GuardObject(site, IsExclusive, ns, IsOpen: true));
        }
    }
}

internal sealed class Block(IReadOnlyList<Statement> statements, IReadOnlyList<int> declared) : Statement
{
    public override void Print(SourceWriter writer)
    {
        foreach (var statement in statements)
            statement.Print(writer);
    }

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var ends = RunFrom(runs, states, 0);
        return declared.Count == 0 ? ends : new Ends
        {
            Normal = Leave(ends.Normal),
            Thrown = Leave(ends.Thrown),
            Returned = Leave(ends.Returned),
            Broken = Leave(ends.Broken),
            Continued = Leave(ends.Continued),
        };

        HashSet<State> Leave(HashSet<State> left) =>
            [.. left.Select(state => runs.Clean(declared.Aggregate(state, (current, variable) => current.With(variable, -1))))];
    }

    private Ends RunFrom(Runs runs, HashSet<State> states, int next)
    {
        var all = new Ends();
        for (; next < statements.Count && states.Count > 0 && !runs.IsTooLarge; next++)
        {
            var ends = statements[next].Run(runs, states);
            all.AddJumps(ends);
            states = ends.Normal;
            runs.See(states);
            if (statements[next] is UsingDeclaration scope)
            {
                var rest = scope.Close(runs, RunFrom(runs, states, next + 1));
                all.AddJumps(rest);
                states = rest.Normal;
                break;
            }
        }

        all.Normal.UnionWith(states);
        return all;
    }
}

/// <summary>An operation that requires locks.</summary>
internal sealed class Operation(string call, bool isExclusive, params NamespaceExpression[] namespaces) : Statement
{
    public IReadOnlyList<NamespaceExpression> Namespaces => namespaces;

    public override void Print(SourceWriter writer) =>
        Site = writer.Write($"{call}({string.Join(", ", namespaces.Select(ns => ns.Text))});");

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        foreach (var state in states)
        {
            foreach (var ns in namespaces)
                runs.Operate(state, Site, isExclusive, ns.In(runs, state));
        }

        return new Ends { Normal = states, Thrown = [.. states] };
    }
}

/// <summary>An acquisition that is assigned, kept in a new variable, dropped (no variable), or disposed at once.</summary>
internal sealed class Acquire(string before, int? variable, Acquisition acquisition, string after = "") : Statement
{
    public bool DisposesAtOnce { get; init; }

    private bool IsDropped => variable is null && !DisposesAtOnce;

    public override void Print(SourceWriter writer) => Site = writer.Write($"{before}{acquisition}{after};");

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var ends = new Ends();
        foreach (var (state, guard) in acquisition.Run(runs, Site, states, ends.Thrown))
        {
            // What a dropped guard would have covered is not reported again, be it granted or not.
            if (IsDropped && guard < 0)
                continue;
            if (DisposesAtOnce)
                ends.Normal.Add(runs.Clean(state.Release(guard)));
            else if (variable is { } target)
                ends.Normal.Add(runs.Assign(state, Site, target, guard));
            else
                ends.Normal.Add(state);
            if (IsDropped)
                runs.Leaked.Add(Site);
        }

        return ends;
    }
}

/// <summary>A <c>using</c> declaration; the block around it runs what follows, and closes it.</summary>
internal sealed class UsingDeclaration(string variableName, int variable, Acquisition acquisition, bool isAsync) : Statement
{
    public override void Print(SourceWriter writer) =>
        Site = writer.Write($"{(isAsync ? "await " : "")}using var {variableName} = {acquisition};");

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var ends = new Ends();
        foreach (var (state, guard) in acquisition.Run(runs, Site, states, ends.Thrown))
            ends.Normal.Add(runs.Clean(state.With(variable, guard)));
        return ends;
    }

    public Ends Close(Runs runs, Ends ends) => Scope.Close(runs, ends, variable, isAsync);
}

internal static class Scope
{
    public static Ends Close(Runs runs, Ends ends, int variable, bool isAsync)
    {
        var closed = new Ends
        {
            Normal = Dispose(ends.Normal),
            Thrown = Dispose(ends.Thrown),
            Returned = Dispose(ends.Returned),
            Broken = Dispose(ends.Broken),
            Continued = Dispose(ends.Continued),
        };
        if (isAsync && runs.IsLenient)
        {
            foreach (var states in new[] { closed.Normal, closed.Returned, closed.Broken, closed.Continued })
                closed.Thrown.UnionWith(states);
        }

        return closed;

        HashSet<State> Dispose(HashSet<State> states) =>
            [.. states.Select(state => runs.Clean((state[variable] < 0 ? state : runs.Release(state, state[variable])).With(variable, -1)))];
    }
}

/// <summary>A <c>using</c> block around an acquisition, or around a variable that holds a guard already.</summary>
internal sealed class UsingBlock(string? name, int variable, Acquisition? acquisition, int? existing, string? existingName, bool isAsync, Block body) : Statement
{
    public override void Print(SourceWriter writer)
    {
        var expression = existingName ?? acquisition!.ToString();
        Site = writer.Write($"{(isAsync ? "await " : "")}using ({(name is null ? "" : $"var {name} = ")}{expression})");
        writer.Write("{");
        body.Print(writer);
        writer.Write("}");
    }

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var ends = new Ends();
        var entered = new HashSet<State>();
        if (acquisition is not null)
        {
            foreach (var (state, guard) in acquisition.Run(runs, Site, states, ends.Thrown))
                entered.Add(runs.Clean(state.With(variable, guard)));
        }
        else
        {
            entered.UnionWith(states.Select(state => state.With(variable, state[existing!.Value])));
        }

        var closed = Scope.Close(runs, body.Run(runs, entered), variable, isAsync);
        ends.AddJumps(closed);
        ends.Normal.UnionWith(closed.Normal);
        return ends;
    }
}

internal sealed class Dispose(string text, int variable, bool isAsync) : Statement
{
    public override void Print(SourceWriter writer) => Site = writer.Write(text);

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        HashSet<State> closed = [.. states.Select(state => state[variable] < 0 ? state : runs.Release(state, state[variable]))];
        return new() { Normal = closed, Thrown = isAsync && runs.IsLenient ? [.. closed] : [] };
    }
}

/// <summary>A copy of a guard variable to another one, or null (no source).</summary>
internal sealed class CopyGuard(string text, int target, int? source) : Statement
{
    public override void Print(SourceWriter writer) => Site = writer.Write(text);

    public override Ends Run(Runs runs, HashSet<State> states) =>
        new() { Normal = [.. states.Select(state => runs.Assign(state, Site, target, source is { } from ? state[from] : -1))] };
}

internal sealed class AssignNamespace(string name, int variable, NamespaceExpression value) : Statement
{
    public override void Print(SourceWriter writer) => Site = writer.Write($"{name} = {value.Text};");

    public override Ends Run(Runs runs, HashSet<State> states) => new()
    {
        Normal = [.. states.Select(state => state.With(variable, value.In(runs, state)))],
        Thrown = value.Child is null ? [] : [.. states],
    };
}

internal sealed class DeclareBool(string name, int variable, Condition value) : Statement
{
    public override void Print(SourceWriter writer) => Site = writer.Write($"var {name} = {value.Text};");

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var ends = new Ends();
        foreach (var state in states)
        {
            var (canBeTrue, canBeFalse) = value.In(runs, state);
            if (canBeTrue)
                ends.Normal.Add(state.With(variable, 1));
            if (canBeFalse)
                ends.Normal.Add(state.With(variable, 0));
        }

        return ends;
    }
}

internal sealed record Condition(string Text, Func<Runs, State, (bool CanBeTrue, bool CanBeFalse)> In)
{
    public static Condition Flag(string name, int variable, bool isNegated) => new(
        isNegated ? "!" + name : name,
        (runs, state) => runs.IsLenient ? (true, true) : Known(state[variable] == 1 != isNegated));

    public static Condition Bool(string name, int variable, bool isNegated) =>
        new(isNegated ? "!" + name : name, (_, state) => state[variable] == State.Forgotten ? (true, true) : Known(state[variable] == 1 != isNegated));

    public static Condition Null(string text, int variable, bool isNull) => new(
        text,
        (runs, state) => runs.IsLenient && state.GuardIn(variable) is { IsOpen: false } ? (true, true) : Known((state[variable] < 0) == isNull));

    public static Condition And(Condition left, Condition right) => new($"{left.Text} && {right.Text}", (runs, state) =>
    {
        var (leftTrue, leftFalse) = left.In(runs, state);
        var (rightTrue, rightFalse) = right.In(runs, state);
        return (leftTrue && rightTrue, leftFalse || rightFalse);
    });

    public static Condition Or(Condition left, Condition right) => new($"{left.Text} || {right.Text}", (runs, state) =>
    {
        var (leftTrue, leftFalse) = left.In(runs, state);
        var (rightTrue, rightFalse) = right.In(runs, state);
        return (leftTrue || rightTrue, leftFalse && rightFalse);
    });

    private static (bool, bool) Known(bool value) => (value, !value);
}

internal sealed class If(Condition condition, Block then, Block? otherwise) : Statement
{
    public override void Print(SourceWriter writer)
    {
        Site = writer.Write($"if ({condition.Text})");
        writer.Write("{");
        then.Print(writer);
        writer.Write("}");
        if (otherwise is null)
            return;
        writer.Write("else");
        writer.Write("{");
        otherwise.Print(writer);
        writer.Write("}");
    }

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var whenTrue = states.Where(state => condition.In(runs, state).CanBeTrue).ToHashSet();
        var whenFalse = states.Where(state => condition.In(runs, state).CanBeFalse).ToHashSet();
        var ends = then.Run(runs, whenTrue);
        var other = otherwise?.Run(runs, whenFalse) ?? new Ends { Normal = whenFalse };
        var all = new Ends { Normal = [.. ends.Normal, .. other.Normal] };
        all.AddJumps(ends);
        all.AddJumps(other);
        return all;
    }
}

/// <summary><c>if (locks.TryAcquire… is { } guard)</c>.</summary>
internal sealed class IfGranted(string name, int variable, Acquisition acquisition, Block then, Block otherwise) : Statement
{
    public override void Print(SourceWriter writer)
    {
        Site = writer.Write($"if ({acquisition} is {{ }} {name})");
        writer.Write("{");
        then.Print(writer);
        writer.Write("}");
        writer.Write("else");
        writer.Write("{");
        otherwise.Print(writer);
        writer.Write("}");
    }

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var all = new Ends();
        var granted = new HashSet<State>();
        var refused = new HashSet<State>();
        foreach (var (state, guard) in acquisition.Run(runs, Site, states, all.Thrown))
            (guard < 0 ? refused : granted).Add(state.With(variable, guard));
        foreach (var ends in new[] { then.Run(runs, granted), otherwise.Run(runs, refused) })
        {
            all.AddJumps(ends);
            all.Normal.UnionWith(ends.Normal);
        }

        return all;
    }
}

internal enum LoopKind
{
    For,
    ForEach,
    While,
    Do,
    Forever,
}

internal sealed class Loop(LoopKind kind, string index, Condition condition, Block body) : Statement
{
    private const int Rounds = 3;

    public override void Print(SourceWriter writer)
    {
        Site = writer.Write(kind switch
        {
            LoopKind.For => $"for (var {index} = 0; {index} < count; {index}++)",
            LoopKind.ForEach => $"foreach (var {index} in items)",
            LoopKind.While => $"while ({condition.Text})",
            LoopKind.Do => "do",
            _ => "while (true)",
        });
        writer.Write("{");
        body.Print(writer);
        writer.Write("}");
        if (kind == LoopKind.Do)
            writer.Write($"while ({condition.Text});");
    }

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var all = new Ends();
        for (var round = 0; round <= Rounds && states.Count > 0; round++)
        {
            if (kind is LoopKind.For or LoopKind.ForEach)
                all.Normal.UnionWith(states);
            if (kind == LoopKind.While)
                states = Test(states);
            if (kind == LoopKind.ForEach && runs.IsLenient)
                all.Thrown.UnionWith(states);
            if (round == Rounds)
                break;
            var ends = body.Run(runs, states);
            all.Thrown.UnionWith(ends.Thrown);
            all.Returned.UnionWith(ends.Returned);
            all.Normal.UnionWith(ends.Broken);
            states = [.. ends.Normal, .. ends.Continued];
            if (kind == LoopKind.Do)
                states = Test(states);
        }

        return all;

        HashSet<State> Test(HashSet<State> tested)
        {
            all.Normal.UnionWith(tested.Where(state => condition.In(runs, state).CanBeFalse));
            return [.. tested.Where(state => condition.In(runs, state).CanBeTrue)];
        }
    }
}

internal enum CatchKind
{
    None,
    All,
    OneType,
    Filtered,
}

internal sealed class Try(Block body, CatchKind kind, Condition filter, Block handler, Block? last) : Statement
{
    public override void Print(SourceWriter writer)
    {
        Site = writer.Write("try");
        writer.Write("{");
        body.Print(writer);
        writer.Write("}");
        if (kind != CatchKind.None)
        {
            writer.Write(kind switch
            {
                CatchKind.OneType => "catch (InvalidOperationException)",
                CatchKind.Filtered => $"catch (Exception) when ({filter.Text})",
                _ => "catch (Exception)",
            });
            writer.Write("{");
            handler.Print(writer);
            writer.Write("}");
        }

        if (last is null)
            return;
        writer.Write("finally");
        writer.Write("{");
        last.Print(writer);
        writer.Write("}");
    }

    public override Ends Run(Runs runs, HashSet<State> states)
    {
        var tried = body.Run(runs, states);
        var ends = new Ends { Normal = [.. tried.Normal], Returned = tried.Returned, Broken = tried.Broken, Continued = tried.Continued };
        var handled = kind switch
        {
            CatchKind.None => [],
            CatchKind.Filtered => tried.Thrown.Where(state => filter.In(runs, state).CanBeTrue).ToHashSet(),
            _ => tried.Thrown,
        };
        ends.Thrown.UnionWith(kind switch
        {
            CatchKind.All => [],
            CatchKind.Filtered => tried.Thrown.Where(state => filter.In(runs, state).CanBeFalse),
            _ => tried.Thrown,
        });
        if (kind != CatchKind.None)
        {
            var caught = handler.Run(runs, handled);
            ends.AddJumps(caught);
            ends.Normal.UnionWith(caught.Normal);
        }

        if (last is null)
            return ends;
        var all = new Ends();
        all.Normal.UnionWith(Finish(ends.Normal));
        var thrown = Finish(ends.Thrown);
        all.Thrown.UnionWith(thrown);
        all.Returned.UnionWith(Finish(ends.Returned));
        all.Broken.UnionWith(Finish(ends.Broken));
        all.Continued.UnionWith(Finish(ends.Continued));
        return all;

        HashSet<State> Finish(HashSet<State> left)
        {
            var finished = last!.Run(runs, left);
            all.AddJumps(finished);
            return finished.Normal;
        }
    }
}

internal enum JumpKind
{
    Return,
    Throw,
    Rethrow,
    Break,
    Continue,
}

internal sealed class Jump(JumpKind kind) : Statement
{
    public override void Print(SourceWriter writer) => Site = writer.Write(kind switch
    {
        JumpKind.Return => "return;",
        JumpKind.Throw => "throw error;",
        JumpKind.Rethrow => "throw;",
        JumpKind.Break => "break;",
        _ => "continue;",
    });

    public override Ends Run(Runs runs, HashSet<State> states) => kind switch
    {
        JumpKind.Return => new() { Returned = states },
        JumpKind.Break => new() { Broken = states },
        JumpKind.Continue => new() { Continued = states },
        _ => new() { Thrown = states },
    };
}
