namespace NamespaceLocking.Analyzers.Flow;

/// <summary>The worlds that reach one point, one for each combination of live guards.</summary>
internal sealed class WorldSet
{
    /// <summary>
    /// More combinations than this at one point are joined to one in which nothing is certain: there, the analysis is silent.
    /// </summary>
    public const int MaxWorlds = 32;

    /// <summary>Most points have one.</summary>
    private readonly List<Arrival> _arrivals = new(1);

    /// <summary>Whether too many combinations came. From then on all are one, or those that came once would come again and again.</summary>
    private bool _isBlurred;

    public List<Arrival> Arrivals => _arrivals;

    public IReadOnlyCollection<World> Worlds => [.. _arrivals.Select(static arrival => arrival.World)];

    /// <summary>Whether the world brought something new.</summary>
    /// <param name="world">What arrives.</param>
    /// <param name="values">The table of the body's values.</param>
    /// <param name="inLoop">Whether the point can be reached again from itself.</param>
    /// <param name="limit">How many worlds are kept apart.</param>
    public bool Add(World world, ValueTable values, bool inLoop, int limit = MaxWorlds)
    {
        if (_isBlurred)
            return Put(0, WorldJoin.Blur(_arrivals[0].World, world, this, values, inLoop));
        var joined = world;
        if (IndexOfSame(world) is >= 0 and var same)
        {
            joined = WorldJoin.Join(_arrivals[same].World, world, this, values, inLoop);
            if (ReferenceEquals(joined, _arrivals[same].World))
                return false;
            _arrivals.RemoveAt(same);
            // Joining may have changed what variables hold, so that the world now equals another one.
            if (IndexOfSame(joined) is >= 0 and var twin)
            {
                Put(twin, WorldJoin.Join(_arrivals[twin].World, joined, this, values, inLoop));
                return true;
            }
        }

        _arrivals.Add(new Arrival(joined));
        if (_arrivals.Count > limit)
            Blur(values, inLoop);
        return true;
    }

    private int IndexOfSame(World world)
    {
        for (var i = 0; i < _arrivals.Count; i++)
        {
            if (_arrivals[i].World.HasSameGuards(world))
                return i;
        }

        return -1;
    }

    private bool Put(int index, World world)
    {
        if (ReferenceEquals(_arrivals[index].World, world))
            return false;
        _arrivals[index] = new Arrival(world);
        return true;
    }

    private void Blur(ValueTable values, bool inLoop)
    {
        var all = _arrivals[0].World;
        foreach (var next in _arrivals.Skip(1))
            all = WorldJoin.Blur(all, next.World, this, values, inLoop);
        _arrivals.Clear();
        _arrivals.Add(new Arrival(all));
        _isBlurred = true;
    }

    /// <summary>A world at the point, and what was seen from it on: what did not change need not be run again.</summary>
    public sealed class Arrival(World world)
    {
        public World World => world;

        /// <summary>What the run of the block saw; null before it.</summary>
        public Observation[]? Seen { get; set; }

        /// <summary>What of callees guards could rule out when it was run.</summary>
        public SummaryScope? Below { get; set; }
    }
}
