using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>The key-value part of a GGUF file. Every getter gives null where the key is absent and refuses a value of another
/// kind.</summary>
internal sealed class GgufMetadata(string path, IReadOnlyDictionary<string, object> values)
{
    private static readonly JsonSerializerOptions Lenient = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public IEnumerable<string> Keys => values.Keys;

    public string? Text(string key) => Get<string>(key, "a text");

    public IReadOnlyList<string>? Texts(string key) => Get<string[]>(key, "a list of texts");

    public bool? Flag(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        bool value => value,
        _ => throw Wrong(key, "a boolean"),
    };

    public long? Integer(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        long value => value,
        ulong value and <= long.MaxValue => (long)value,
        _ => throw Wrong(key, "an integer"),
    };

    public double? Number(string key) => values.GetValueOrDefault(key) switch
    {
        double value => value,
        _ => Integer(key),
    };

    public int[]? Integers(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        int[] list => list,
        Array list and not (string[] or float[] or double[]) => Convert(key, list),
        _ => throw Wrong(key, "a list of integers"),
    };

    public float[]? Floats(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        float[] list => list,
        int[] list => [.. list.Select(item => (float)item)],
        _ => throw Wrong(key, "a list of numbers of 32 bits"),
    };

    public byte[]? Bytes(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        byte[] list => list,
        sbyte[] list => [.. list.Select(item => unchecked((byte)item))],
        _ => throw Wrong(key, "a list of bytes"),
    };

    /// <summary>What stands under a prefix, keys without it, as a JSON object: numbers that JSON cannot say are texts.</summary>
    public JsonElement Section(string prefix) =>
        JsonSerializer.SerializeToElement(values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal), Lenient);

    public LlmKickException Missing(string key) => new($"'{path}' has no '{key}' in its metadata, which is needed.");

    private T? Get<T>(string key, string kind) where T : class => values.GetValueOrDefault(key) switch
    {
        null => null,
        T value => value,
        _ => throw Wrong(key, kind),
    };

    private int[] Convert(string key, Array list)
    {
        try
        {
            return [.. list.Cast<object>().Select(item => System.Convert.ToInt32(item, CultureInfo.InvariantCulture))];
        }
        catch (OverflowException)
        {
            throw Wrong(key, "a list of integers of 32 bits");
        }
    }

    private LlmKickException Wrong(string key, string kind) => new($"'{path}' has in its metadata a '{key}' that is not {kind}.");
}
