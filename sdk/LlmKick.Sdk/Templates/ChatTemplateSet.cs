using System.Text;
using System.Text.Json;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Templates.Syntax;

namespace LlmKick.Sdk.Templates;

/// <summary>The chat templates of a model: none, one, or several by name. Which of them is taken follows transformers.</summary>
public sealed class ChatTemplateSet
{
    /// <summary>The folder in a model's folder that holds templates by name.</summary>
    public const string MoreFolder = "additional_chat_templates";

    private const string Default = "default";
    private const string ToolUse = "tool_use";

    private readonly string? single;

    private ChatTemplateSet(string? single, IReadOnlyDictionary<string, string>? named) =>
        (this.single, Named) = (single, named ?? new Dictionary<string, string>());

    /// <summary>No template at all.</summary>
    public static ChatTemplateSet None { get; } = new(null, null);

    /// <summary>The templates by name; empty where there is but one, which needs none.</summary>
    public IReadOnlyDictionary<string, string> Named { get; }

    /// <summary>Whether there is no template.</summary>
    public bool IsEmpty => single is null && Named.Count == 0;

    /// <summary>The template that is taken where nothing else is said; null where there is none.</summary>
    public string? Main => single ?? Named.GetValueOrDefault(Default);

    /// <summary>One template.</summary>
    /// <param name="source">Its text; null for none.</param>
    public static ChatTemplateSet Of(string? source) => source is null ? None : new ChatTemplateSet(source, null);

    /// <summary>Several templates.</summary>
    /// <param name="named">Their texts by name.</param>
    public static ChatTemplateSet Of(IReadOnlyDictionary<string, string> named) => new(null, named);

    /// <summary>Reads a model's folder: <c>additional_chat_templates</c> with <c>chat_template.jinja</c>, that file alone, or what the
    /// configuration says.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tokenizerConfig">What its <c>tokenizer_config.json</c> holds; null where it has none.</param>
    /// <exception cref="LlmKickException">A file is no UTF-8, or the configuration's templates are none.</exception>
    public static ChatTemplateSet Read(string folder, JsonElement? tokenizerConfig)
    {
        var file = Path.Combine(folder, "chat_template.jinja");
        var own = File.Exists(file) ? ReadFile(file) : null;
        var more = Path.Combine(folder, MoreFolder);
        if (!Directory.Exists(more))
            return own is not null ? Of(own) : tokenizerConfig is { ValueKind: JsonValueKind.Object } config
                && config.TryGetProperty("chat_template", out var template) ? OfJson(template, folder) : None;
        var named = new Dictionary<string, string>();
        if (own is not null)
            named[Default] = own;
        foreach (var path in Directory.GetFiles(more, "*.jinja").Order(StringComparer.Ordinal))
            named[Path.GetFileNameWithoutExtension(path)] = ReadFile(path);
        return Of(named);
    }

    /// <summary>Reads a template's file: UTF-8 with any line ends; a byte-order mark is part of the template.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LlmKickException">The file is no UTF-8.</exception>
    public static string ReadFile(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (TextFile.Fault(bytes) is { } fault)
            throw new LlmKickException($"{path}:{fault.Line}: the chat template is not UTF-8: {fault.Reason}");
        var text = TextFile.Decode(bytes, path);
        return Lexer.Newlines(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? '\uFEFF' + text : text);
    }

    /// <summary>The template that is taken.</summary>
    /// <param name="name">A name; or a template itself, which any text is that no template here is called. Null for none.</param>
    /// <param name="hasTools">Whether tools are given, an empty list included: <c>tool_use</c> is taken then where there is one.</param>
    /// <returns>The template's text.</returns>
    /// <exception cref="LlmKickException">There is no such template.</exception>
    public string Choose(string? name, bool hasTools)
    {
        if (name is not null)
            return Named.GetValueOrDefault(name) ?? name;
        if (single is not null)
            return single;
        if (hasTools && Named.TryGetValue(ToolUse, out var tools))
            return tools;
        return Named.GetValueOrDefault(Default) ?? throw new LlmKickException(IsEmpty
            ? "The model has no chat template. Give one: `--template FILE.jinja`, or `chat: { template: FILE.jinja }` in a recipe."
            : $"The model has several chat templates and none is called '{Default}': name one of {string.Join(", ", Named.Keys)}.");
    }

    private static ChatTemplateSet OfJson(JsonElement template, string folder) => template.ValueKind switch
    {
        JsonValueKind.Null => None,
        JsonValueKind.String => Of(template.GetString()),
        JsonValueKind.Object => Of(template.EnumerateObject().ToDictionary(one => one.Name, one => Text(one.Value, folder))),
        JsonValueKind.Array => Of(Listed(template, folder)),
        _ => throw Fault(folder),
    };

    private static Dictionary<string, string> Listed(JsonElement list, string folder)
    {
        var named = new Dictionary<string, string>();
        foreach (var one in list.EnumerateArray())
            named[Property(one, "name", folder)] = Property(one, "template", folder);
        return named;
    }

    private static string Property(JsonElement element, string name, string folder) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? Text(value, folder)
            : throw Fault(folder);

    private static string Text(JsonElement value, string folder) => value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw Fault(folder);

    private static LlmKickException Fault(string folder) =>
        new($"'chat_template' in '{Path.Combine(folder, "tokenizer_config.json")}' is neither a text nor a list of templates with name and "
            + $"template.");
}
