using Spectre.Console.Rendering;

namespace NamespaceLocking.Tool;

/// <summary>A text in a table that is cut where the others leave it no room.</summary>
/// <remarks>The library breaks a text into lines instead, or else lets it take the room of the others.</remarks>
internal sealed class OneLine(string text) : Renderable
{
    private const int Least = 12;

    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        var width = new Segment(text).CellCount();
        return new(Math.Min(Math.Min(width, Least), maxWidth), Math.Min(width, maxWidth));
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var segment = new Segment(text);
        return segment.CellCount() <= maxWidth ? [segment] : Segment.Truncate([segment], maxWidth - 1).Append(new Segment("…"));
    }
}
