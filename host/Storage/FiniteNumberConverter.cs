using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmKick.Storage;

/// <summary>Writes what is no finite number as null, since JSON has no word for it, and the others so that they read back as they
/// were.</summary>
internal sealed class FiniteNumberConverter<T> : JsonConverter<T> where T : struct, IFloatingPointIeee754<T>
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => T.NaN,
        JsonTokenType.Number => T.Parse(Encoding.ASCII.GetString(reader.ValueSpan), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw new JsonException("A number is missing."),
    };

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (T.IsFinite(value))
            writer.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture));
        else
            writer.WriteNullValue();
    }
}
