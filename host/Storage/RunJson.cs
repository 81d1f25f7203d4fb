using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LlmKick.Storage;

/// <summary>How everything in a run's folder is written.</summary>
internal static class RunJson
{
    /// <summary>One line, for JSONL and records.</summary>
    public static JsonSerializerOptions Line { get; private set; } = Create(indented: false);

    /// <summary>Indented, for documents that people read.</summary>
    public static JsonSerializerOptions Document { get; private set; } = Create(indented: true);

    /// <summary>Forgets what is known of types, after kinds were added to them.</summary>
    public static void Renew() => (Line, Document) = (Create(indented: false), Create(indented: true));

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StoredKinds.Modify } },
        NewLine = "\n",
        Converters = { new FiniteNumberConverter<double>(), new FiniteNumberConverter<float>(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
