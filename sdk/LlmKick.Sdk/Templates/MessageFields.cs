using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates;

/// <summary>The keys of a message, as templates expect them.</summary>
internal static class MessageFields
{
    private static readonly string[] Reasoning = ["reasoning_content", "thinking", "reasoning"];

    /// <summary>The names of a field, of which a template may use any.</summary>
    public static IReadOnlyList<string> Names(string field) => Reasoning.Contains(field) ? Reasoning : [field];

    /// <summary>The message without the keys whose value is null.</summary>
    public static DictValue WithoutNull(DictValue message)
    {
        var kept = new DictValue();
        foreach (var (key, value) in message.Pairs.Where(pair => pair.Value is not null))
            kept[key] = value;
        return kept;
    }

    /// <summary>The message with its reasoning under each of the names that templates look for.</summary>
    public static DictValue NameReasoning(DictValue message)
    {
        if (Reasoning.FirstOrDefault(message.Contains) is not { } name)
            return message;
        var written = new DictValue { ["thinking"] = message.Item(name) };
        foreach (var (key, value) in message.Pairs)
            written[key] = value;
        if (!written.Contains("reasoning_content"))
            written["reasoning_content"] = message.Item(name);
        return written;
    }
}
