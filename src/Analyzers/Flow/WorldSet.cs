using System.Collections.Immutable;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>The worlds that reach one point, one for each combination of live guards.</summary>
internal sealed class WorldSet
{
    /// <summary>
    /// More combinations than this at one point are joined to one in which nothing is certain: there, the analysis is silent.
    /// </summary>
    public const int MaxWorlds = 32;

    public ImmutableArray<World> Worlds { get; private set; } = [];

    /// <summary>Whether the world brought something new.</summary>
    /// <param name="world">What arrives.</param>
    /// <param name="values">The table of the body's values.</param>
    /// <param name="inLoop">Whether the point can be reached again from itself.</param>
    public bool Add(World world, ValueTable values, bool inLoop)
    {
        for (var i = 0; i < Worlds.Length; i++)
        {
            if (!Worlds[i].HasSameGuards(world))
                continue;
            var joined = WorldJoin.Join(Worlds[i], world, this, values, inLoop);
            if (ReferenceEquals(joined, Worlds[i]))
                return false;
            Worlds = Worlds.RemoveAt(i);
            // Joining may have aged guards, so that the world now equals another one.
            Insert(joined, values, inLoop);
            return true;
        }

        Insert(world, values, inLoop);
        return true;
    }

    private void Insert(World world, ValueTable values, bool inLoop)
    {
        for (var i = 0; i < Worlds.Length; i++)
        {
            if (Worlds[i].HasSameGuards(world))
            {
                Worlds = Worlds.SetItem(i, WorldJoin.Join(Worlds[i], world, this, values, inLoop));
                return;
            }
        }

        Worlds = Worlds.Add(world);
        if (Worlds.Length > MaxWorlds)
            Blur(values, inLoop);
    }

    private void Blur(ValueTable values, bool inLoop)
    {
        var all = Worlds[0];
        foreach (var next in Worlds.Skip(1))
            all = WorldJoin.Blur(all, next, this, values, inLoop);
        Worlds = [all];
    }
}
