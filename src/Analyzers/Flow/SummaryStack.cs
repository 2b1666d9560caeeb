using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>
/// Members whose summaries need one another. Each is summarized once, and members that call one another in a circle (Tarjan's strongly connected components) again together
/// until that tells nothing new: to summarize a member anew for each way to reach it takes time exponential in the depth of the calls.
/// </summary>
/// <remarks>For one thread.</remarks>
internal sealed class SummaryStack
{
    /// <summary>How often a circle is gone round. What it acquires goes round in one or two.</summary>
    private const int Rounds = 4;

    /// <summary>How deep calls are followed: each level needs some of the thread's stack.</summary>
    private const int Depth = 64;

    /// <summary>What is not settled: members that run, and those whose circle has a member that does.</summary>
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<IMethodSymbol, Entry>[] _entryOf =
        [new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default)];
    private Entry? _current;
    private int _depth;

    /// <summary>The summary of a member that is not settled yet.</summary>
    /// <param name="method">The member.</param>
    /// <param name="scope">What of its summary is wanted.</param>
    /// <param name="summarize">Makes its summary from those of what it calls.</param>
    /// <param name="settle">Takes each summary that is final.</param>
    public MethodSummary Run(IMethodSymbol method, SummaryScope scope, Func<MethodSummary> summarize, Action<(IMethodSymbol Method, SummaryScope Scope), MethodSummary> settle)
    {
        for (var wider = scope; wider <= SummaryScope.Everything; wider++)
        {
            if (_entryOf[(int)wider].TryGetValue(method, out var known))
            {
                _current?.Reaches(known.Index);
                return known.Summary;
            }
        }

        if (_depth == Depth)
            return MethodSummary.Unknown;
        var entry = new Entry(method, scope, summarize, _entries.Count);
        var outer = _current;
        var settled = false;
        _entries.Add(entry);
        _entryOf[(int)scope].Add(method, entry);
        try
        {
            Summarize(entry);
            settled = entry.Lowest >= entry.Index;
            // Where nobody in the circle acquires anything, what was assumed of those that were still running is true.
            var isNew = settled && entry.IsInCircle && _entries.Skip(entry.Index).Any(member => member.Summary is not { Returned.IsEmpty: true, Acquired.IsEmpty: true });
            for (var round = 1; isNew && round < Rounds; round++)
                isNew = GoRound(entry.Index);
        }
        catch
        {
            RemoveFrom(entry.Index, static (_, _) => { });
            throw;
        }

        if (settled)
            RemoveFrom(entry.Index, settle);
        else
            outer?.Reaches(entry.Lowest);
        return entry.Summary;
    }

    /// <summary>Summarizes all members of a circle once more, those first that were reached last. Whether that told anything new.</summary>
    private bool GoRound(int first)
    {
        var isNew = false;
        for (var i = _entries.Count - 1; i >= first; i--)
            isNew |= Summarize(_entries[i]);
        return isNew;
    }

    private bool Summarize(Entry entry)
    {
        var outer = _current;
        _current = entry;
        _depth++;
        try
        {
            var before = entry.Summary;
            entry.Summary = entry.Summarize();
            return !HasSameModes(before, entry.Summary);
        }
        finally
        {
            _depth--;
            _current = outer;
        }
    }

    /// <summary>Each run has values of its own, and another run can only add holds, or make them weaker or stronger.</summary>
    private static bool HasSameModes(MethodSummary left, MethodSummary right) =>
        left.Returned.Select(hold => hold.Mode).SequenceEqual(right.Returned.Select(hold => hold.Mode))
        && left.Acquired.Select(hold => hold.Mode).SequenceEqual(right.Acquired.Select(hold => hold.Mode));

    private void RemoveFrom(int first, Action<(IMethodSymbol Method, SummaryScope Scope), MethodSummary> settle)
    {
        for (var i = _entries.Count - 1; i >= first; i--)
        {
            var entry = _entries[i];
            _entryOf[(int)entry.Scope].Remove(entry.Method);
            settle((entry.Method, entry.Scope), entry.Summary);
            _entries.RemoveAt(i);
        }
    }

    private sealed class Entry(IMethodSymbol method, SummaryScope scope, Func<MethodSummary> summarize, int index)
    {
        public IMethodSymbol Method => method;
        public SummaryScope Scope => scope;
        public Func<MethodSummary> Summarize => summarize;
        public int Index => index;

        /// <summary>Unknown until it has run once.</summary>
        public MethodSummary Summary { get; set; } = MethodSummary.Unknown;

        /// <summary>The outermost member not settled that this one reaches.</summary>
        public int Lowest { get; private set; } = int.MaxValue;

        public bool IsInCircle => Lowest != int.MaxValue;

        public void Reaches(int other) => Lowest = Math.Min(Lowest, other);
    }
}
