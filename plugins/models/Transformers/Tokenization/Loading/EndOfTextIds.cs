using System.Text.Json;
using LlmKick.Transformers.Formats;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>What ends a generation, by id or by text: the first that says so of generation_config, config and tokenizer_config.</summary>
internal sealed class EndOfTextIds
{
    private readonly List<int> _ids = [];
    private string? _token;

    private EndOfTextIds() { }

    public static EndOfTextIds Read(string folder)
    {
        var ends = new EndOfTextIds();
        _ = ends.ReadIds(Path.Combine(folder, "generation_config.json"))
            || ends.ReadIds(Path.Combine(folder, "config.json"))
            || ends.ReadToken(Path.Combine(folder, "tokenizer_config.json"));
        return ends;
    }

    public IReadOnlyList<int> Resolve(IReadOnlyDictionary<string, int> vocabulary) =>
        _token is not null && vocabulary.TryGetValue(_token, out var id) ? [id] : _ids;

    private bool ReadIds(string path)
    {
        using var document = Parse(path);
        if (document is null || !document.RootElement.TryGetProperty("eos_token_id", out var value))
            return false;
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var id))
                _ids.Add(id);
        return _ids.Count > 0;
    }

    private bool ReadToken(string path)
    {
        using var document = Parse(path);
        if (document is null || !document.RootElement.TryGetProperty("eos_token", out var value))
            return false;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out var content))
            value = content;
        _token = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return _token is not null;
    }

    private static JsonDocument? Parse(string path) => File.Exists(path) ? JsonFile.Read(path) : null;
}
