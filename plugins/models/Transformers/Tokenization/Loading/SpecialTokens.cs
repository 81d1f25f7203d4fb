using System.Text.Json;
using LlmKick.Transformers.Formats;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>The roles of tokens and the chat template, from <c>tokenizer_config.json</c> and what lies beside it.</summary>
internal sealed class SpecialTokens
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private SpecialTokens() { }

    public string? ChatTemplate { get; private set; }

    public static SpecialTokens Read(string folder)
    {
        var tokens = new SpecialTokens();
        foreach (var name in (string[])["special_tokens_map.json", "tokenizer_config.json"])
            if (Path.Combine(folder, name) is var path && File.Exists(path))
                tokens.Add(path);
        var template = Path.Combine(folder, "chat_template.jinja");
        if (File.Exists(template))
            tokens.ChatTemplate = File.ReadAllText(template);
        return tokens;
    }

    /// <summary>The id of a role such as <c>bos</c>.</summary>
    public int? Id(string role, IReadOnlyList<string?> tokens)
    {
        for (var id = 0; _texts.TryGetValue(role, out var text) && id < tokens.Count; id++)
            if (tokens[id] == text)
                return id;
        return null;
    }

    private void Add(string path)
    {
        using var document = JsonFile.Read(path);
        foreach (var role in (string[])["bos", "eos", "unk", "pad"])
            if (Text(document.RootElement, role + "_token") is { } text)
                _texts[role] = text;
        ChatTemplate = Text(document.RootElement, "chat_template") ?? ChatTemplate;
    }

    private static string? Text(JsonElement json, string key)
    {
        if (!json.TryGetProperty(key, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out var content))
            value = content;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
