using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>A part of a <c>tokenizer.json</c> that knows where it stands, so that faults name it.</summary>
internal sealed class TokenizerElement(string path, string name, JsonElement json)
{
    public string Path => path;

    /// <summary>The value of its <c>type</c>.</summary>
    public string Type => Text("type");

    public TokenizerElement? Optional(string key)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Fault($"'{name}' is not an object");
        return json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? Child(key, value) : null;
    }

    public TokenizerElement Required(string key) => Optional(key) ?? throw Fault($"'{Join(key)}' is missing");

    public IEnumerable<TokenizerElement> Items() => json.ValueKind == JsonValueKind.Array
        ? json.EnumerateArray().Select((item, i) => Child(string.Create(null, $"{i}"), item))
        : throw Fault($"'{name}' is not a list");

    public IEnumerable<(string Key, TokenizerElement Value)> Members() => json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject().Select(member => (member.Name, Child(member.Name, member.Value)))
        : throw Fault($"'{name}' is not a map");

    public string Text(string key) => Required(key).AsText();

    /// <summary>A text of one character.</summary>
    public string Character(string key) => Text(key) is { Length: > 0 and <= 2 } text && (text.Length == 1 || char.IsSurrogatePair(text, 0))
        ? text
        : throw Fault($"'{Join(key)}' is not one character");

    public bool Flag(string key, bool absent = false) => Optional(key) is { } value ? value.AsFlag() : absent;

    public bool IsText => json.ValueKind == JsonValueKind.String;

    public string AsText() => IsText ? json.GetString()! : throw Fault($"'{name}' is not a text");

    public int AsId() => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var id) ? id
        : throw Fault($"'{name}' is not an id");

    public double AsNumber() => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) ? value
        : throw Fault($"'{name}' is not a number");

    public string ContentHash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.GetRawText())));

    /// <summary>The failure for a kind of part that is not known.</summary>
    public LlmKickException Unsupported() => Fault($"its {name} '{Type}' is not supported");

    public LlmKickException Fault(string what) => new($"The tokenizer of '{path}' cannot be used: {what}.");

    private bool AsFlag() => json.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? json.GetBoolean()
        : throw Fault($"'{name}' is neither true nor false");

    private TokenizerElement Child(string key, JsonElement value) => new(path, Join(key), value);

    private string Join(string key) => name.Length == 0 ? key : $"{name}.{key}";
}
