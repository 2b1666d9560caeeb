namespace NamespaceLocking.Analyzers.PropertyTests.Programs;

/// <summary>A method made of a tree: its text, and its runs.</summary>
internal sealed class Method
{
    /// <summary>Beyond this, combinations of guards can be so many that the analyzers are allowed to be silent.</summary>
    private const int MostAcquisitions = 4;

    private readonly List<int> _guardVariables = [];
    private readonly List<int> _boolVariables = [];
    private readonly List<(string Name, int Variable, bool CanBeNull, bool CanBeAssigned)> _guards = [];
    private readonly List<(string Name, int Variable)> _namespaces = [];
    private readonly List<(string Name, int Variable)> _bools = [];
    private readonly Block _body;
    private int _variables;
    private int _acquisitions;
    private int _names;
    private int _depth;
    private int _inLoop;
    private int _inFinally;
    private int _inCatch;

    private Method(Node[] nodes)
    {
        _namespaces.Add(("ns", _variables++));
        _namespaces.Add(("ns2", _variables++));
        _namespaces.Add(("n0", _variables++));
        Flags = [("flag", _variables++), ("flag2", _variables++)];
        foreach (var name in new[] { "g0", "g1" })
            _guards.Add((name, NewGuard(), CanBeNull: true, CanBeAssigned: true));
        _body = Body(nodes);
    }

    public List<(string Name, int Variable)> Flags { get; }

    /// <summary>The operations, by their lines in <see cref="Print"/>.</summary>
    public List<Operation> Operations { get; } = [];

    public static Method Of(Node[] nodes) => new(nodes);

    /// <summary>The lines that the method was printed on are what its runs name.</summary>
    public void Print(SourceWriter writer, string name)
    {
        writer.Write($"async Task {name}(Datastore store, NamespaceLockManager locks, BackupNamespace ns, BackupNamespace ns2, bool flag, bool flag2, int count, List<int> items, Exception error)");
        writer.Write("{");
        writer.Write("var n0 = ns;");
        writer.Write("NamespaceLockGuard? g0 = null;");
        writer.Write("NamespaceLockGuard? g1 = null;");
        _body.Print(writer);
        writer.Write("}");
    }

    public Runs RunAll(bool isLenient)
    {
        var runs = new Runs(isLenient) { GuardVariables = _guardVariables, BoolVariables = _boolVariables };
        var entry = State.Entry(_variables).With(0, runs.Namespaces.First).With(1, runs.Namespaces.Second).With(2, runs.Namespaces.First);
        var states = new HashSet<State>();
        for (var flags = 0; flags < (isLenient ? 1 : 4); flags++)
            states.Add(entry.With(Flags[0].Variable, flags & 1).With(Flags[1].Variable, flags >> 1));
        var ends = _body.Run(runs, states);
        runs.Exit(ends.Normal);
        runs.Exit(ends.Returned);
        runs.Exit(ends.Thrown);
        return runs;
    }

    private int NewGuard()
    {
        _guardVariables.Add(_variables);
        return _variables++;
    }

    private Block Body(Node[] nodes)
    {
        _depth++;
        var (guards, bools, first) = (_guards.Count, _bools.Count, _variables);
        var statements = nodes.Select(Build).OfType<Statement>().ToList();
        _depth--;
        _guards.RemoveRange(guards, _guards.Count - guards);
        _bools.RemoveRange(bools, _bools.Count - bools);
        return new Block(statements, [.. Enumerable.Range(first, _variables - first)]);
    }

    private Statement? Build(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Operation:
                return MakeOperation(node);
            case NodeKind.Assign:
                var assigned = _guards.Where(guard => guard.CanBeAssigned).ToList() is var targets ? targets[node.A % targets.Count] : default;
                return Acquisition(node, orThrows: node.C % 5 == 4) is { } stored ? new Acquire(assigned.Name + " = ", assigned.Variable, stored) : null;
            case NodeKind.Declare:
                return Acquisition(node, orThrows: node.C % 3 == 2) is { } kept ? Declare(kept) : null;
            case NodeKind.UsingDeclaration:
                if (Acquisition(node, orThrows: node.C % 3 == 2) is not { } used)
                    return null;
                var (name, variable) = Guard(used.CanBeNull);
                return new UsingDeclaration(name, variable, used, isAsync: node.A % 2 == 1);
            case NodeKind.UsingBlock:
                return MakeUsingBlock(node);
            case NodeKind.UsingExisting:
                var existing = _guards[node.A % _guards.Count];
                return new UsingBlock(null, NewGuard(), null, existing.Variable, existing.Name, isAsync: node.B % 3 == 2, Body(node.First));
            case NodeKind.Dispose:
                return MakeDispose(node);
            case NodeKind.Copy:
                return MakeCopy(node);
            case NodeKind.Clear:
                var cleared = _guards[node.A % 2];
                return new CopyGuard($"{cleared.Name} = null;", cleared.Variable, null);
            case NodeKind.AssignNamespace:
                return new AssignNamespace("n0", 2, Namespace(node.A, node.B));
            case NodeKind.If:
                return _inFinally > 0 ? MakeOperation(node) : new If(MakeCondition(node.A, node.B), Body(node.First), node.Second.Length > 0 ? Body(node.Second) : null);
            case NodeKind.IfGranted:
                return MakeIfGranted(node);
            case NodeKind.GuardClause:
                return _inFinally > 0 ? MakeDispose(node) : new If(MakeCondition(node.A, node.B), new Block([MakeJump(node.C)], []), null);
            case NodeKind.Loop:
                _inLoop++;
                var condition = MakeCondition(node.B, node.C);
                var loop = new Loop((LoopKind)(node.A % 5), "i" + _names++, condition, Body(node.First));
                _inLoop--;
                return loop;
            case NodeKind.Try:
                return MakeTry(node);
            case NodeKind.Jump:
                return _inFinally > 0 ? null : MakeJump(node.A);
            case NodeKind.DeclareBool:
                var test = NullTest(node.A, node.B);
                var local = ("b" + _names++, _variables++);
                _bools.Add(local);
                _boolVariables.Add(local.Item2);
                return new DeclareBool(local.Item1, local.Item2, test);
            case NodeKind.Discard:
                return Acquisition(node, orThrows: false) is { } dropped ? new Acquire(node.A % 2 == 0 ? "" : "_ = ", null, dropped) : null;
            default:
                return Acquisition(node with { A = 0, B = node.B & ~2 }, orThrows: false) is { IsTry: false, IsAsync: false } atOnce
                    ? new Acquire("", null, atOnce, ".Dispose()") { DisposesAtOnce = true }
                    : null;
        }
    }

    private Operation MakeOperation(Node node)
    {
        var operation = (node.A % 6) switch
        {
            0 => new Operation("store.Backup", false, Namespace(node.B, node.C)),
            1 => new Operation("store.Delete", true, Namespace(node.B, node.C)),
            2 => new Operation("await store.BackupAsync", false, Namespace(node.B, node.C)),
            3 => new Operation("await store.DeleteAsync", true, Namespace(node.B, node.C)),
            4 => new Operation("_ = store.Count", false, Namespace(node.B, node.C)),
            _ => new Operation("store.Move", true, Namespace(node.B, node.C), Namespace(node.C, node.B)),
        };
        Operations.Add(operation);
        return operation;
    }

    private NamespaceExpression Namespace(int a, int b)
    {
        // Mostly the same namespace: else nothing would ever be covered.
        var (name, variable) = _namespaces[(a % 8) switch { 6 => 1, 5 or 7 => 2, _ => 0 }];
        return (b % 8) switch
        {
            5 => new($"{name}.Child(\"a\")", variable, "a", false),
            6 => new($"{name}.Child(\"b\")", variable, "b", false),
            7 => new($"{name}.Parent", variable, null, true),
            _ => new(name, variable, null, false),
        };
    }

    private Acquisition? Acquisition(Node node, bool orThrows) =>
        _acquisitions++ >= MostAcquisitions
            ? null
            : new Acquisition(Namespace(node.A / 16, node.C / 16), IsExclusive: (node.B & 1) == 1, IsTry: (node.B & 2) == 2, IsAsync: (node.B & 12) == 12, OrThrows: orThrows);

    private (string Name, int Variable) Guard(bool canBeNull)
    {
        var (name, variable) = ("v" + _names++, NewGuard());
        _guards.Add((name, variable, canBeNull, CanBeAssigned: false));
        return (name, variable);
    }

    private Acquire Declare(Acquisition acquisition)
    {
        var (name, variable) = Guard(acquisition.CanBeNull);
        return new Acquire($"var {name} = ", variable, acquisition);
    }

    private UsingBlock? MakeUsingBlock(Node node)
    {
        if (Acquisition(node, orThrows: node.C % 3 == 2) is not { } acquisition)
            return null;
        var isAsync = node.A % 3 == 2;
        if (node.A % 4 == 3)
            return new UsingBlock(null, NewGuard(), acquisition, null, null, isAsync, Body(node.First));
        var (name, variable) = Guard(acquisition.CanBeNull);
        var block = new UsingBlock(name, variable, acquisition, null, null, isAsync, Body(node.First));
        _guards.RemoveAt(_guards.Count - 1);
        return block;
    }

    private Dispose MakeDispose(Node node)
    {
        var (name, variable, canBeNull, _) = _guards[node.A % _guards.Count];
        return (canBeNull, node.B % 3) switch
        {
            (true, 0 or 1) => new Dispose($"{name}?.Dispose();", variable, isAsync: false),
            (true, _) => new Dispose($"if ({name} is not null) await {name}.DisposeAsync();", variable, isAsync: true),
            (false, 0 or 1) => new Dispose($"{name}.Dispose();", variable, isAsync: false),
            (false, _) => new Dispose($"await {name}.DisposeAsync();", variable, isAsync: true),
        };
    }

    private CopyGuard MakeCopy(Node node)
    {
        var source = _guards[node.A % _guards.Count];
        // A variable that holds an older guard on one path and another one, or none, where that meets the next, is left out.
        if (node.B % 3 == 2 || _depth > 1)
        {
            var (name, variable) = Guard(source.CanBeNull);
            return new CopyGuard($"var {name} = {source.Name};", variable, source.Variable);
        }

        var target = _guards[source.Variable == _guards[0].Variable ? 1 : 0];
        return new CopyGuard($"{target.Name} = {source.Name};", target.Variable, source.Variable);
    }

    private Condition NullTest(int a, int b)
    {
        var (name, variable, _, _) = _guards[a % _guards.Count];
        return (b % 5) switch
        {
            0 => Condition.Null($"{name} is null", variable, true),
            1 => Condition.Null($"{name} is not null", variable, false),
            2 => Condition.Null($"{name} == null", variable, true),
            3 => Condition.Null($"null != {name}", variable, false),
            _ => Condition.Null($"{name} is {{ }}", variable, false),
        };
    }

    private Condition MakeCondition(int a, int b)
    {
        var left = Atom(a, b);
        return (a % 16) switch
        {
            14 => Condition.And(left, Atom(b, a)),
            15 => Condition.Or(left, Atom(b, a)),
            _ => left,
        };
    }

    private Condition Atom(int a, int b)
    {
        var (flag, variable) = Flags[b % 2];
        if (a % 3 == 0)
            return Condition.Flag(flag, variable, isNegated: b % 4 > 1);
        if (a % 3 == 1 && _bools.Count > 0)
            return Condition.Bool(_bools[a % _bools.Count].Name, _bools[a % _bools.Count].Variable, isNegated: b % 4 > 1);
        return NullTest(a / 3, b);
    }

    private IfGranted? MakeIfGranted(Node node)
    {
        if (_inFinally > 0 || Acquisition(node with { B = node.B | 2 }, orThrows: false) is not { } acquisition)
            return null;
        var (name, variable) = Guard(canBeNull: false);
        var then = Body(node.First);
        _guards.RemoveAt(_guards.Count - 1);
        return new IfGranted(name, variable, acquisition, then, Body(node.Second));
    }

    private Try? MakeTry(Node node)
    {
        var kind = (CatchKind)(node.A % 4);
        var filter = MakeCondition(node.B, node.C);
        var body = Body(node.First);
        _inCatch++;
        var handler = kind == CatchKind.None ? new Block([], []) : Body(node.Second);
        _inCatch--;
        if (kind != CatchKind.None && node.Third.Length == 0)
            return new Try(body, kind, filter, handler, null);
        // A jump out of a finally is an error, and a disposal in it counts under any test.
        var (inLoop, inCatch) = (_inLoop, _inCatch);
        (_inLoop, _inCatch) = (0, 0);
        _inFinally++;
        var last = Body(node.Third);
        _inFinally--;
        (_inLoop, _inCatch) = (inLoop, inCatch);
        return new Try(body, kind, filter, handler, last);
    }

    private Jump MakeJump(int a) => new((a % 5) switch
    {
        1 => JumpKind.Throw,
        2 when _inCatch > 0 => JumpKind.Rethrow,
        3 when _inLoop > 0 => JumpKind.Break,
        4 when _inLoop > 0 => JumpKind.Continue,
        _ => JumpKind.Return,
    });
}
