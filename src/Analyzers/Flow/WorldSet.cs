using System.Collections;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>The worlds that reach one point, one for each combination of live guards.</summary>
internal sealed class WorldSet : IEnumerable<World>
{
    /// <summary>
    /// More combinations than this at one point are joined to one in which nothing is certain: there, the analysis is silent.
    /// </summary>
    public const int MaxWorlds = 32;

    private readonly List<World> _worlds = [];

    public int Count => _worlds.Count;

    /// <summary>Whether the world brought something new.</summary>
    /// <param name="world">What arrives.</param>
    /// <param name="values">The table of the body's values.</param>
    /// <param name="inLoop">Whether the point can be reached again from itself.</param>
    public bool Add(World world, ValueTable values, bool inLoop)
    {
        for (var i = 0; i < _worlds.Count; i++)
        {
            if (!_worlds[i].HasSameGuards(world))
                continue;
            var joined = WorldJoin.Join(_worlds[i], world, this, values, inLoop);
            if (ReferenceEquals(joined, _worlds[i]))
                return false;
            _worlds.RemoveAt(i);
            // Joining may have aged guards, so that the world now equals another one.
            return Insert(joined, values, inLoop) || true;
        }

        return Insert(world, values, inLoop);
    }

    private bool Insert(World world, ValueTable values, bool inLoop)
    {
        for (var i = 0; i < _worlds.Count; i++)
        {
            if (_worlds[i].HasSameGuards(world))
            {
                _worlds[i] = WorldJoin.Join(_worlds[i], world, this, values, inLoop);
                return true;
            }
        }

        _worlds.Add(world);
        if (_worlds.Count > MaxWorlds)
        {
            var all = _worlds[0];
            for (var i = 1; i < _worlds.Count; i++)
                all = WorldJoin.Blur(all, _worlds[i], this, values, inLoop);
            _worlds.Clear();
            _worlds.Add(all);
        }

        return true;
    }

    public IEnumerator<World> GetEnumerator() => _worlds.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
