using System.Globalization;
using System.Text.Json;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Tokens as files beside a tokenizer write them: a text, or an object with its text and flags; in a list, or by name.</summary>
internal static class SettingsTokens
{
    /// <summary>The text of a token under a key.</summary>
    public static string? Text(JsonElement json, string key) => json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(key, out var value) ? Text(value) : null;

    /// <summary>All texts of a list or of a map from names.</summary>
    public static IEnumerable<string> Texts(JsonElement json) => (json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Select(Text),
        JsonValueKind.Object => json.EnumerateObject().Select(member => Text(member.Value)),
        _ => [],
    }).OfType<string>().ToList();

    /// <summary>The texts of a map with their names.</summary>
    public static IEnumerable<(string Name, string Text)> Named(JsonElement json) => json.ValueKind != JsonValueKind.Object ? [] :
        json.EnumerateObject().Select(member => (member.Name, Text: Text(member.Value) ?? "")).Where(row => row.Text.Length > 0).ToList();

    /// <summary><c>added_tokens_decoder</c>: tokens by id.</summary>
    public static IReadOnlyList<AddedToken> Decoder(JsonElement json) => json.ValueKind != JsonValueKind.Object ? [] :
        [.. json.EnumerateObject().Select(member => (Id: Id(member.Name), Json: member.Value))
            .Where(row => row.Id >= 0 && Text(row.Json) is not null)
            .OrderBy(row => row.Id).Select(row => Token(row.Id, row.Json))];

    /// <summary><c>added_tokens.json</c>: ids by token.</summary>
    public static IReadOnlyList<AddedToken> Older(JsonElement json) =>
        [.. json.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out _))
            .Select(member => new AddedToken(member.Value.GetInt32(), member.Name, Special: false)).Where(token => token.Id >= 0)
            .OrderBy(token => token.Id)];

    private static AddedToken Token(int id, JsonElement json) => new(
        id, Text(json)!, Flag(json, "special"), StripLeft: Flag(json, "lstrip"), StripRight: Flag(json, "rstrip"),
        SingleWord: Flag(json, "single_word"), Normalized: Flag(json, "normalized"));

    private static bool Flag(JsonElement json, string key) => json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object => Text(value, "content"),
        _ => null,
    };

    private static int Id(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
}
