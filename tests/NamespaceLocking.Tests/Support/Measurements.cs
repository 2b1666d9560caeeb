using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NamespaceLocking.Tests;

/// <summary>Listens to the library's meter, as far as one store is concerned: other tests run at the same time.</summary>
internal sealed class Measurements : IDisposable
{
    /// <summary>The tests that listen, and those that need nobody to, run one after another.</summary>
    public const string Collection = "Who listens to the meter";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _all = new();

    public Measurements(string store)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "NamespaceLocking")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var words = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
            if (words.Remove("store", out var of) && of == store)
                _all.Enqueue((instrument.Name, value, string.Join(' ', words.OrderBy(word => word.Key).Select(word => word.Value))));
        }
    }

    /// <summary>The sum of what an instrument was told, by its tags.</summary>
    public Dictionary<string, double> SumsOf(string instrument) =>
        Of(instrument).GroupBy(entry => entry.Tags).ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value));

    /// <summary>How often an instrument was told something, by its tags.</summary>
    public Dictionary<string, int> CountsOf(string instrument) =>
        Of(instrument).GroupBy(entry => entry.Tags).ToDictionary(group => group.Key, group => group.Count());

    public void Dispose() => _listener.Dispose();

    private IEnumerable<(string Instrument, double Value, string Tags)> Of(string instrument) =>
        _all.Where(entry => entry.Instrument == instrument);
}
