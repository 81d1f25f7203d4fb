using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Configuration;

/// <summary>An object of a JSON configuration, read key by key: null where a key is absent or null, a sentence where its value is of another kind.</summary>
internal sealed class ConfigFields(string path, JsonElement json)
{
    /// <summary>Beyond any model, and small enough that sums of sizes do not overflow.</summary>
    public const int GreatestSize = 1 << 24;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Path => path;

    public int? Size(string key, int greatest = GreatestSize)
    {
        if (Find(key) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size) && size >= 1 && size <= greatest
            ? size
            : throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"a whole number of 1 … {greatest}"));
    }

    /// <summary>A number of inputs that share a scale, or −1 where whole rows do.</summary>
    public int? GroupSize(string key) => Find(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var size) && size == -1 ? -1 : Size(key);

    /// <summary>A positive number.</summary>
    public double? Number(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number > 0
            ? number
            : throw Wrong(key, value, "a positive number");
    }

    public bool? Flag(string key) => Find(key) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, value, "true or false"),
    };

    public string? Text(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(key, value, "a text");

    public IReadOnlyList<string>? Texts(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(key, value, "a list of texts");
    }

    public ConfigFields? Section(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new ConfigFields(path, value) : throw Wrong(key, value, "an object");

    public T Need<T>(T? value, string key) where T : struct =>
        value ?? throw new LlmKickException($"'{path}' has no '{key}', which is needed.");

    /// <summary>Keys that are set (not null, not false) and were not asked for.</summary>
    public IEnumerable<string> Unread() => json.EnumerateObject()
        .Where(property => property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) && !_read.Contains(property.Name))
        .Select(property => property.Name);

    private JsonElement? Find(string key)
    {
        _read.Add(key);
        return json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private LlmKickException Wrong(string key, JsonElement value, string expected)
    {
        var text = value.GetRawText();
        return new LlmKickException($"'{path}' has '{key}': {(text.Length <= 60 ? text : text[..60] + "…")}, which is not {expected}.");
    }
}
