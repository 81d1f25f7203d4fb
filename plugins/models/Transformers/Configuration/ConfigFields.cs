using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Configuration;

/// <summary>
/// A configuration, read key by key: null where a key is absent or null, a sentence where its value is of another kind. What GGUF metadata
/// says of an architecture is read through the same, by the other column of <see cref="Keys"/>.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="json">An object.</param>
/// <param name="prefix">What stands before keys in the file, for messages.</param>
internal sealed class ConfigFields(string path, JsonElement json, string prefix = "")
{
    /// <summary>Beyond any model, and small enough that sums of sizes do not overflow.</summary>
    public const int GreatestSize = 1 << 24;

    private HashSet<string> _read = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>What stands before keys in the file.</summary>
    public string Prefix => prefix;

    /// <summary>Whether the names are those of GGUF files.</summary>
    public bool IsGguf { get; init; }

    /// <summary>What stands over these where both have a key; null for nothing.</summary>
    public ConfigFields? Over { get; init; }

    /// <summary>The same with something over it; what is read of it is read of these.</summary>
    public ConfigFields Under(ConfigFields over) => new(path, json, prefix) { IsGguf = IsGguf, Over = over, _read = _read };

    /// <summary>The same, with a key of another section where these lack it.</summary>
    public ConfigFields Beside(ConfigFields other, Key key) =>
        other.Has(key) ? Under(new ConfigFields(other.Path,
            JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [key.Name] = other.Raw(other.NameOf(key)) }))) : this;

    /// <summary>The name by which a key stands in the file; its usual name where it does not.</summary>
    public string NameOf(Key key) => IsGguf ? key.Gguf ?? key.Name : key.Spellings.FirstOrDefault(Has) ?? key.Name;

    /// <summary>Whether a key stands in the file, be it null.</summary>
    public bool Has(string key) => json.TryGetProperty(key, out _);

    public bool Has(Key key) => !(IsGguf && key.Gguf is null) && Has(NameOf(key));

    public int? Size(Key key, int greatest = GreatestSize) => Of(key)?.Size(NameIn(key), greatest);

    /// <summary>A positive number.</summary>
    public double? Number(Key key) => Of(key)?.Number(NameIn(key));

    public bool? Flag(Key key) => Of(key)?.Flag(NameIn(key));

    public string? Text(Key key) => Of(key)?.Text(NameIn(key));

    public IReadOnlyList<string>? Texts(Key key) => Of(key)?.Texts(NameIn(key));

    public IReadOnlyList<double>? Numbers(Key key) => Of(key)?.Numbers(NameIn(key));

    public int? Size(string key, int greatest = GreatestSize)
    {
        if (Find(key) is not { } value)
            return null;
        return Whole(value) is { } size && size >= 1 && size <= greatest
            ? size
            : throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"a whole number of 1 … {greatest}"));
    }

    /// <summary>A count that may be 0.</summary>
    public int? Count(string key, int greatest = GreatestSize) =>
        Find(key) is { } value && Whole(value) == 0 ? 0 : Size(key, greatest);

    public int? Count(Key key, int greatest = GreatestSize) => Of(key)?.Count(NameIn(key), greatest);

    /// <summary>A number of inputs that share a scale, or −1 where whole rows do.</summary>
    public int? GroupSize(string key) => Find(key) is { } value && Whole(value) == -1 ? -1 : Size(key);

    /// <summary>A positive number.</summary>
    public double? Number(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return Finite(value) is > 0 and var number ? number : throw Wrong(key, value, "a positive number");
    }

    public IReadOnlyList<double>? Numbers(string key)
    {
        if (Find(key) is not { } value)
            return null;
        var numbers = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Finite).ToList() : [null];
        return numbers.TrueForAll(number => number is not null) ? [.. numbers.Select(number => number!.Value)]
            : throw Wrong(key, value, "a list of numbers");
    }

    /// <summary>Numbers that may be infinite, as Python and transformers 5 write them.</summary>
    public IReadOnlyList<double>? Limits(string key)
    {
        if (Find(key) is not { } value)
            return null;
        var numbers = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Limit).ToList() : [null];
        return numbers.TrueForAll(number => number is not null) ? [.. numbers.Select(number => number!.Value)]
            : throw Wrong(key, value, "a list of numbers, which may be infinite");
    }

    /// <summary>A number of any sign.</summary>
    public double? Signed(string key) => Find(key) is not { } value ? null : Finite(value) ?? throw Wrong(key, value, "a number");

    /// <summary>Whether a key has a text.</summary>
    public bool Says(string key, string text) => Find(key) is { ValueKind: JsonValueKind.String } value && value.GetString() == text;

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

    /// <summary>A list of flags; null where something else stands there.</summary>
    public IReadOnlyList<bool>? Flags(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Array } value
            && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.True or JsonValueKind.False)
            ? [.. value.EnumerateArray().Select(item => item.GetBoolean())]
            : null;

    public ConfigFields? Section(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new ConfigFields(path, value, $"{prefix}{key}.") : throw Wrong(key, value, "an object");

    /// <summary>The names of an object's keys.</summary>
    public IEnumerable<string> Names => json.EnumerateObject().Select(property => property.Name);

    public T Need<T>(T? value, string key) where T : struct =>
        value ?? throw new LlmKickException(IsGguf
            ? $"'{path}' has no '{prefix}{key}' in its metadata, which is needed."
            : $"'{path}' has no '{prefix}{key}', which is needed.");

    public int Need(Key key) => Need(Size(key), NameOf(key));

    /// <summary>A key's value as it stands in the file.</summary>
    public JsonElement Raw(string key) => json.GetProperty(key);

    /// <summary>Keys that are set (not null, not false) and were not asked for.</summary>
    public IEnumerable<string> Unread() => json.EnumerateObject()
        .Where(property => property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) && !_read.Contains(property.Name))
        .Select(property => property.Name);

    /// <summary>Whether a setting was asked for, under whatever name.</summary>
    public bool WasAsked(Key key) => key.Spellings.Any(_read.Contains) || (key.Gguf is { } gguf && _read.Contains(gguf));

    /// <summary>Whether a key was asked for.</summary>
    public bool WasAsked(string key) => _read.Contains(key);

    /// <summary>Says that a key was seen, whatever its value.</summary>
    public void Skip(params IEnumerable<string> keys) => _read.UnionWith(keys);

    /// <summary>Refuses a key's value.</summary>
    public LlmKickException Wrong(string key, string expected) => Find(key) is { } value
        ? Wrong(key, value, expected)
        : new LlmKickException($"'{path}' has no '{prefix}{key}', which is needed.");

    private ConfigFields? Of(Key key)
    {
        if (Over?.Of(key) is { } over && over.Has(over.NameOf(key)))
            return over;
        SkipTwins(key);
        return IsGguf && key.Gguf is null ? null : this;
    }

    /// <summary>Other names of a setting that say the same beside it are read with it.</summary>
    private void SkipTwins(Key key)
    {
        var name = NameOf(key);
        if (!IsGguf && Has(name))
            Skip(key.Spellings.Where(other => Has(other) && JsonElement.DeepEquals(Raw(other), Raw(name))));
    }

    private string NameIn(Key key) => Of(key)?.NameOf(key) ?? key.Name;

    /// <summary>A whole number, which some writers give a point and a zero.</summary>
    private static int? Whole(JsonElement value) => Finite(value) is { } number && number == Math.Floor(number)
        && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    private static double? Finite(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static double? Limit(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("__float__", out var inner) => Limit(inner),
        JsonValueKind.String => value.GetString() switch
        {
            "Infinity" or "inf" => double.PositiveInfinity,
            "-Infinity" or "-inf" => double.NegativeInfinity,
            _ => null,
        },
        _ => Finite(value),
    };

    private JsonElement? Find(string key)
    {
        _read.Add(key);
        return json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private LlmKickException Wrong(string key, JsonElement value, string expected)
    {
        var text = IsGguf ? value.ToString() : value.GetRawText();
        return new LlmKickException($"'{path}' has '{prefix}{key}'{(IsGguf ? " =" : ":")} {(text.Length <= 60 ? text : text[..60] + "…")}, "
            + $"which is not {expected}.");
    }
}
