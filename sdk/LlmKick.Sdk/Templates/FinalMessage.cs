using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates;

/// <summary>A last message that the model goes on with: it is marked, and the text ends at the mark.</summary>
internal static class FinalMessage
{
    private const string Tag = "CONTINUE_FINAL_MESSAGE_TAG ";

    /// <summary>Puts the mark behind a field of a message, and returns what was there.</summary>
    public static string Mark(DictValue message, string field, string source, bool addsPrompt)
    {
        if (addsPrompt)
            throw Fault("continue_final_message and add_generation_prompt are not compatible. Use continue_final_message when you want the "
                + "model to continue the final message, and add_generation_prompt when you want to add a header that will prompt it to "
                + "start a new assistant message instead.");
        if (!MessageFields.Names(field).Any(name => source.Contains(name, StringComparison.Ordinal)))
            throw Fault($"continue_final_message is set to \"{field}\" but this is not an accepted field in the chat_template");
        var (holder, key) = Holder(message, field);
        var text = Types.Text(holder.Item(key)) ?? throw PythonError.Type($"can only concatenate str to the last message's {field}");
        holder[key] = text + Tag;
        return text;
    }

    /// <summary>The text up to the mark, with the spans that lie before it.</summary>
    public static string Cut(string text, string message)
    {
        var at = text.LastIndexOf(Tag.TrimEnd(), StringComparison.Ordinal);
        if (at < 0 || !text.Contains(Spaces.Trim(message), StringComparison.Ordinal))
            throw Fault($"continue_final_message is set but the final message does not appear in the chat after applying the chat "
                + $"template! This can happen if the chat template deletes portions of the final message. Please verify the chat template "
                + $"and final message in your chat to ensure they are compatible.Final message to continue: "
                + $"{Spaces.Trim(message)}\nRendered chat:\n{text}");
        var kept = string.CompareOrdinal(text, at, Tag, 0, Tag.Length) == 0;
        return kept ? text[..at] : Spaces.TrimEnd(text[..at]);
    }

    // Content in parts goes on behind its last text.
    private static (DictValue Holder, string Key) Holder(DictValue message, string field)
    {
        if (!message.TryGet(field, out var content))
            throw new PythonError("KeyError", Representation.Quote(field));
        if (content is not SequenceValue parts)
            return (message, field);
        var last = parts.Values.OfType<DictValue>().LastOrDefault(part => part.Contains("text"));
        return last is null ? throw Fault("continue_final_message is set but we could not find any text to continue in the final message!")
            : (last, "text");
    }

    private static PythonError Fault(string reason) => PythonError.Value(reason);
}
