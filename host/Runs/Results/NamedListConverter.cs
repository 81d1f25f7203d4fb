using System.Text.Json;
using System.Text.Json.Serialization;
using LlmKick.Storage;

namespace LlmKick.Runs.Results;

/// <summary>Keeps a list of what has names as an object, in the list's order.</summary>
internal sealed class NamedListConverter<T> : JsonConverter<IReadOnlyList<T>> where T : class, INamed<T>
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return [.. JsonSerializer.Deserialize<OrderedDictionary<string, T?>>(ref reader, options)!
                .Select(pair => pair.Value?.Named(pair.Key) ?? throw new JsonException("It is empty.", $"$.{pair.Key}", null, null))];
        }
        catch (JsonException fault)
        {
            throw InnerFault.Of(fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new OrderedDictionary<string, T>(value.Select(one => KeyValuePair.Create(one.Name, one))),
            options);
}
