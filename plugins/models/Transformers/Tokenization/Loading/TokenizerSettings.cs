using System.Text.Json;
using LlmKick.Sdk.Templates;
using LlmKick.Transformers.Formats;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>
/// What lies beside a tokenizer: <c>tokenizer_config.json</c> and the files of older versions, the chat template, and what ends a text by
/// <c>generation_config.json</c> and <c>config.json</c>. Any of them may be missing.
/// </summary>
internal sealed class TokenizerSettings
{
    private static readonly string[] Roles = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);

    private TokenizerSettings(string folder) => Folder = folder;

    /// <summary>Where all this lies.</summary>
    public string Folder { get; }

    /// <summary>A hint: published files name classes that are not theirs.</summary>
    public string? Class { get; private set; }

    /// <summary>Whether a text begins with the beginning-of-text token; null where the file does not say.</summary>
    public bool? AddsBegin { get; private set; }

    public bool? AddsEnd { get; private set; }

    public ChatTemplateSet ChatTemplates { get; private set; } = ChatTemplateSet.None;

    /// <summary>Tokens that are declared with an id.</summary>
    public IReadOnlyList<AddedToken> Declared { get; private set; } = [];

    /// <summary>Special tokens that are declared without one.</summary>
    public IReadOnlyList<string> Extra { get; private set; } = [];

    /// <summary>What ends a generation by generation_config and by config.</summary>
    public IReadOnlyList<(string File, int[] Ids)> Ends { get; private set; } = [];

    public static TokenizerSettings Read(string folder)
    {
        var (settings, config) = (new TokenizerSettings(folder), default(JsonElement?));
        ReadDocument(folder, "special_tokens_map.json", settings.AddRoles);
        ReadDocument(folder, "added_tokens.json", json => settings.Declared = SettingsTokens.Older(json));
        ReadDocument(folder, "tokenizer_config.json", json => settings.AddConfig((config = json.Clone()).Value));
        settings.ChatTemplates = ChatTemplateSet.Read(folder, config);
        settings.Ends = [.. new[] { "generation_config.json", "config.json" }.Select(name => (name, EndIds(folder, name)))];
        return settings;
    }

    /// <summary>The text of a role: bos, eos, unk, sep, pad, cls or mask.</summary>
    public string? Text(string role) => _texts.GetValueOrDefault(role);

    /// <summary>The id of a role.</summary>
    public int? Id(string role, IReadOnlyList<string?> tokens)
    {
        for (var id = 0; _texts.TryGetValue(role, out var text) && id < tokens.Count; id++)
            if (tokens[id] == text)
                return id;
        return null;
    }

    /// <summary>The texts of special tokens by role, and of those that a model names itself, as chat templates know them.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens() => _texts.Select(row => KeyValuePair.Create(row.Key + "_token", row.Value))
        .Concat(_own).DistinctBy(row => row.Key).ToDictionary();

    /// <summary>Says a role that the files leave out.</summary>
    public void Default(string role, string? text)
    {
        if (text is not null)
            _texts.TryAdd(role, text);
    }

    /// <summary>All special tokens that are declared by text: roles, then others.</summary>
    public IEnumerable<string> SpecialTexts() => Roles.Select(Text).OfType<string>().Concat(Extra).Where(text => text.Length > 0)
        .Distinct();

    private void AddConfig(JsonElement json)
    {
        AddRoles(json);
        Class = SettingsTokens.Text(json, "tokenizer_class");
        (AddsBegin, AddsEnd) = (Flag(json, "add_bos_token"), Flag(json, "add_eos_token"));
        if (json.TryGetProperty("added_tokens_decoder", out var declared))
            Declared = SettingsTokens.Decoder(declared);
    }

    private void AddRoles(JsonElement json)
    {
        foreach (var role in Roles)
            if (SettingsTokens.Text(json, role + "_token") is { } text)
                _texts[role] = text;
        foreach (var key in (string[])["extra_special_tokens", "additional_special_tokens", "model_specific_special_tokens"])
            if (json.TryGetProperty(key, out var extra))
            {
                Extra = [.. Extra.Union(SettingsTokens.Texts(extra))];
                foreach (var (name, text) in SettingsTokens.Named(extra))
                    _own[name] = text;
            }
    }

    private static bool? Flag(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static int[] EndIds(string folder, string name)
    {
        var ids = new List<int>();
        ReadDocument(folder, name, json =>
        {
            if (!json.TryGetProperty("eos_token_id", out var value) && json.TryGetProperty("text_config", out var inner)
                && inner.ValueKind == JsonValueKind.Object)
                inner.TryGetProperty("eos_token_id", out value);
            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
                if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var id))
                    ids.Add(id);
        });
        return [.. ids];
    }

    private static void ReadDocument(string folder, string name, Action<JsonElement> read)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return;
        using var document = JsonFile.Read(path);
        read(document.RootElement);
    }
}
