using System.Text.Json;
using LlmKick.Transformers.Formats;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>A Hugging Face folder's chat template: <c>chat_template.jinja</c>, or what tokenizer_config says.</summary>
internal static class ChatTemplateFile
{
    public static string? Read(string folder)
    {
        var file = Path.Combine(folder, "chat_template.jinja");
        return File.Exists(file) ? File.ReadAllText(file) : ReadConfig(Path.Combine(folder, "tokenizer_config.json"));
    }

    private static string? ReadConfig(string path)
    {
        if (!File.Exists(path))
            return null;
        using var document = JsonFile.Read(path);
        return document.RootElement.TryGetProperty("chat_template", out var template) ? Text(template) : null;
    }

    /// <summary>A text, or a list of named ones of which the default counts.</summary>
    private static string? Text(JsonElement template) => template.ValueKind switch
    {
        JsonValueKind.String => template.GetString(),
        JsonValueKind.Array => template.EnumerateArray().Where(one => Property(one, "name") == "default").Select(one => Property(one, "template")).FirstOrDefault(),
        _ => null,
    };

    private static string? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
