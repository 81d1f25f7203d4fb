using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Templates;

namespace LlmKick.Commands;

/// <summary>Renders conversations with the template that each asks for.</summary>
internal sealed class ConversationRenderer(ChatTemplateSet templates, IReadOnlyDictionary<string, string> specialTokens, string? name,
    DateTime? now)
{
    /// <summary>How deep a request may be nested.</summary>
    public const int MaxDepth = 256;

    private readonly Dictionary<string, Template> parsed = [];

    /// <summary>The text, and whether the template says which parts are the model's: not where the model goes on with the last.</summary>
    public (RenderedTemplate Rendered, bool HasSpans) Render(JsonElement request, CancellationToken cancellationToken)
    {
        var hasTools = request.TryGetProperty("tools", out var tools) && tools.ValueKind != JsonValueKind.Null;
        var source = templates.Choose(name, hasTools);
        if (!parsed.TryGetValue(source, out var template))
            parsed[source] = template = Template.Parse(source);
        var continues = request.TryGetProperty("continue_final_message", out var final)
            && final.ValueKind is not (JsonValueKind.Null or JsonValueKind.False);
        return (ChatRendering.RenderJson(template, request, specialTokens, now, cancellationToken), template.HasGenerationBlocks
            && !continues);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="where">Where it stands, for messages.</param>
    /// <exception cref="LlmKickException">It is no JSON object.</exception>
    public static JsonElement Read(string text, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone()
                : throw new JsonException("It is something else.");
        }
        catch (JsonException exception)
        {
            throw new LlmKickException($"{where} is no JSON object such as {{\"messages\": [{{\"role\": \"user\", \"content\": "
                + $"\"Hello\"}}]}}. {JsonFault.Explain(text, exception)}", exception);
        }
    }
}
