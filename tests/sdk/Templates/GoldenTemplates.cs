using System.Text;
using System.Text.Json;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Templates;

/// <summary>Templates and conversations with what the reference makes of them.</summary>
internal sealed class GoldenTemplates
{
    private static readonly DateTime Now = new(2026, 3, 5, 14, 7, 9);

    private readonly string folder = SharedData.Require("golden/chat-templates");
    private readonly JsonElement conversations;

    public GoldenTemplates() => conversations = Read("conversations.json");

    public JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file))).RootElement;

    public string Source(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, path + ".jinja")));

    public Dictionary<string, string> SpecialTokens => Texts(conversations.GetProperty("special_tokens"));

    public static Dictionary<string, string> Texts(JsonElement map) => map.EnumerateObject()
        .ToDictionary(token => token.Name, token => token.Value.GetString()!);

    /// <summary>The request of a row's case.</summary>
    public Dictionary<string, object?> Request(JsonElement @case)
    {
        var (name, options) = @case.ValueKind == JsonValueKind.String ? ("user", "none") : (@case[0].GetString()!, @case[1].GetString()!);
        var request = new Dictionary<string, object?>();
        foreach (var option in conversations.GetProperty("options").GetProperty(options).EnumerateObject())
            request[option.Name] = option.Name is "tools" or "documents" ? conversations.GetProperty(option.Name)
                .GetProperty(option.Value.GetString()!) : option.Value;
        request["messages"] = conversations.GetProperty("conversations").GetProperty(name);
        return request;
    }

    /// <summary>The rows of a template whose text, spans or error are not the reference's.</summary>
    public List<string> Differences(string source, JsonElement rows)
    {
        var template = new Lazy<Template>(() => Template.Parse(source));
        return [.. rows.EnumerateArray().Select(row => (Ours: Render(() => template.Value, row, SpecialTokens), Theirs: Expected(row)))
            .Where(pair => pair.Ours != pair.Theirs).Select(pair => $"{pair.Ours} ≠ {pair.Theirs}")];
    }

    public string Render(Func<Template> template, JsonElement row, IReadOnlyDictionary<string, string> specialTokens)
    {
        try
        {
            var rendered = ChatRendering.Render(template(), Request(row.GetProperty("case")), specialTokens, Now);
            return rendered.Text + string.Concat(rendered.Spans.Select(span => $"|{span.Start}-{span.End}"));
        }
        catch (TemplateException exception)
        {
            var line = exception.Kind.Contains("Syntax", StringComparison.Ordinal)
                || exception.Kind.Contains("Assertion", StringComparison.Ordinal) ? exception.Line : null;
            return $"{exception.Kind}: {exception.Reason}{(exception.Kind == "SyntaxError" ? null : line)}";
        }
    }

    public static string Expected(JsonElement row)
    {
        if (!row.TryGetProperty("error", out var error))
            return row.GetProperty("text").GetString() + (row.TryGetProperty("spans", out var spans)
                ? string.Concat(spans.EnumerateArray().Select(span => $"|{span[0]}-{span[1]}")) : "");
        // Python's own compiler names a line of the code that Jinja2 makes.
        var message = error.GetProperty("message").GetString()!.Split(" (<template>, line ")[0];
        return $"{error.GetProperty("type").GetString()}: {message}{(error.TryGetProperty("line", out var line) ? line.GetInt32() : null)}";
    }
}
