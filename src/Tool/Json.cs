using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NamespaceLocking.Tool;

/// <summary>What the tool says in JSON. Fields may be added; a change of what is there is another <see cref="Schema"/>.</summary>
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(CheckJson))]
internal sealed partial class Json : JsonSerializerContext
{
    internal const int Schema = 1;

    /// <summary>On one line.</summary>
    internal static Json Compact { get; } = new(CreateOptions(isIndented: false));

    internal static Json Indented { get; } = new(CreateOptions(isIndented: true));

    private static JsonSerializerOptions CreateOptions(bool isIndented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters =
        {
            new JsonStringEnumConverter<LockMode>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Severity>(JsonNamingPolicy.CamelCase),
        },
        // It goes into no web page, and is to be read by people too.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = isIndented,
    };
}
