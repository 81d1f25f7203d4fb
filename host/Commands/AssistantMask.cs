using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Commands;

/// <summary>Which tokens are the assistant's: those that stand for any character of its spans, as in Hugging Face's transformers.</summary>
internal static class AssistantMask
{
    /// <summary>1 for the assistant's tokens, 0 for others.</summary>
    public static int[] Of(ChatInput input, ITokenizer tokenizer)
    {
        var text = input.Prompt.Text;
        var tokens = tokenizer.EncodeWithSpans(text, addSpecial: input.Prompt.Tokens.Count != tokenizer.Encode(text).Length);
        var mask = new int[tokens.Count];
        var places = Places(text);
        foreach (var (start, end) in (input.Spans ?? []).Select(span => (places[span.Start], places[span.End])))
            for (var i = 0; i < mask.Length; i++)
                if (tokens[i].Start < end && tokens[i].End > start)
                    mask[i] = 1;
        return mask;
    }

    /// <summary>Where each code point begins, in UTF-16 units; one more for the end.</summary>
    private static int[] Places(string text)
    {
        var places = new List<int>();
        for (var i = 0; i < text.Length; i += i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1)
            places.Add(i);
        return [.. places, text.Length];
    }
}
