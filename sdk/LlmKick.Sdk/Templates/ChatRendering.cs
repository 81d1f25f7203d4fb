using System.Text.Json;
using LlmKick.Sdk.Templates.Library;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates;

/// <summary>Conversations as text: the rules of transformers' <c>apply_chat_template</c> around a template.</summary>
/// <remarks>
/// A request is an object with <c>messages</c> and, as wanted, <c>tools</c>, <c>documents</c>, <c>add_generation_prompt</c>,
/// <c>continue_final_message</c> (true, or the name of a field) and any other variable of the template. Keys of a message whose value is
/// null are left out; reasoning is given under each name that templates look for.
/// </remarks>
public static class ChatRendering
{
    /// <summary>Renders a request that was read from JSON.</summary>
    /// <param name="template">The template.</param>
    /// <param name="request">The request.</param>
    /// <param name="specialTokens">The texts of special tokens by their role, such as <c>bos_token</c>; a variable of the request stands
    /// over them.</param>
    /// <param name="now">The local time that the template sees; null for the clock's.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    /// <returns>The text, and what the template marks as the model's.</returns>
    /// <exception cref="TemplateException">The template fails or refuses the request, or the request is none.</exception>
    public static RenderedTemplate RenderJson(Template template, JsonElement request, IReadOnlyDictionary<string, string> specialTokens,
        DateTime? now = null, CancellationToken cancellationToken = default)
    {
        if (request.ValueKind != JsonValueKind.Object)
            throw Fault($"A request is an object with messages, and this is "
                + $"{(request.ValueKind == JsonValueKind.Array ? "a list" : "none")}.").At(null);
        return Render(template, request.EnumerateObject().Select(property =>
            KeyValuePair.Create(property.Name, JsonValues.Read(property.Value))), specialTokens, now, cancellationToken);
    }

    /// <summary>Renders a request of .NET's own values.</summary>
    /// <inheritdoc cref="RenderJson"/>
    public static RenderedTemplate Render(Template template, IReadOnlyDictionary<string, object?> request,
        IReadOnlyDictionary<string, string> specialTokens, DateTime? now = null, CancellationToken cancellationToken = default) =>
        Render(template, request.Select(pair => KeyValuePair.Create(pair.Key, FromCaller.Value(pair.Value))), specialTokens, now,
            cancellationToken);

    private static RenderedTemplate Render(Template template, IEnumerable<KeyValuePair<string, object?>> request,
        IReadOnlyDictionary<string, string> specialTokens, DateTime? now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(specialTokens);
        try
        {
            return RenderRequest(template, request, specialTokens, now, cancellationToken);
        }
        catch (PythonError error)
        {
            throw error.At(null);
        }
    }

    private static RenderedTemplate RenderRequest(Template template, IEnumerable<KeyValuePair<string, object?>> request,
        IReadOnlyDictionary<string, string> specialTokens, DateTime? now, CancellationToken cancellationToken)
    {
        var variables = specialTokens.ToDictionary(token => token.Key, object? (token) => token.Value);
        variables["tools"] = variables["documents"] = null;
        variables["add_generation_prompt"] = false;
        foreach (var (name, value) in request)
            variables[name] = value;
        var messages = Messages(variables.GetValueOrDefault("messages"));
        variables.Remove("continue_final_message", out var continued);
        var final = Types.IsTrue(continued) ? FinalMessage.Mark(messages[^1], Types.Text(continued) ?? "content", template.Source,
            Types.IsTrue(variables["add_generation_prompt"])) : null;
        variables["messages"] = new ListValue(messages.Select(MessageFields.NameReasoning));
        var rendered = template.RenderWithSpans(variables, now, cancellationToken);
        return final is null ? rendered : new RenderedTemplate(FinalMessage.Cut(rendered.Text, final), []);
    }

    private static List<DictValue> Messages(object? value)
    {
        if (value is not ListValue list || list.Length == 0)
            throw Fault(value is ListValue ? "The conversation is empty: give at least one message."
                : "The request has no list 'messages'.");
        return [.. list.Values.Select(message => MessageFields.WithoutNull(message as DictValue
            ?? throw Fault("A message is an object with a role and content; for several conversations write one request each.")))];
    }

    private static PythonError Fault(string reason) => PythonError.Value(reason);
}
