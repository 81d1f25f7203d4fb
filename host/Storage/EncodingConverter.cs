using System.Text.Json;
using System.Text.Json.Serialization;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;

namespace LlmKick.Storage;

/// <summary>Encodings as JSON: their kind, then what can be set of them.</summary>
internal sealed class EncodingConverter : JsonConverter<LinearEncoding>
{
    private const string Kind = "kind";

    private JsonSerializerOptions? settable;

    public override LinearEncoding Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(Kind, out var kind) && kind.ValueKind == JsonValueKind.String
            && EncodingKinds.Types.FirstOrDefault(row => kind.ValueEquals(row.Kind)).Type is { } type
                ? Read(json, type, Settable(options))
                : throw new JsonException("An encoding is of no kind that is known.");
    }

    public override void Write(Utf8JsonWriter writer, LinearEncoding value, JsonSerializerOptions options)
    {
        var type = value.GetType();
        if (EncodingKinds.Find(value.Kind)?.FullName != type.FullName)
            throw new LlmKickException($"Weights are stored as '{value.Kind}', which the plugin of {type.Name} does not offer: its author "
                + $"should add registry.AddEncoding<{type.Name}>(\"{value.Kind}\", …) to IPlugin.Register.");
        writer.WriteStartObject();
        writer.WriteString(Kind, value.Kind);
        foreach (var property in JsonSerializer.SerializeToElement(value, type, Settable(options)).EnumerateObject())
            property.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static LinearEncoding Read(JsonElement json, Type type, JsonSerializerOptions options)
    {
        try
        {
            return (LinearEncoding)json.Deserialize(type, options)!;
        }
        catch (JsonException fault)
        {
            throw InnerFault.Of(fault);
        }
    }

    private JsonSerializerOptions Settable(JsonSerializerOptions options) =>
        settable ??= new JsonSerializerOptions(options) { IgnoreReadOnlyProperties = true };
}
