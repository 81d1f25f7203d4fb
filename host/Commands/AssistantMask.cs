using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Commands;

/// <summary>Which tokens are the assistant's: from the one that has a span's first character to the one that has its last, as in Hugging Face's transformers.</summary>
internal static class AssistantMask
{
    /// <summary>1 for the assistant's tokens, 0 for others.</summary>
    public static int[] Of(ChatInput input, ITokenizer tokenizer)
    {
        var text = input.Prompt.Text;
        var tokens = tokenizer.EncodeWithSpans(text, addSpecial: input.Prompt.Tokens.Count != tokenizer.Encode(text).Length);
        var mask = new int[tokens.Count];
        var places = Places(text);
        foreach (var span in input.Spans)
            if (First(tokens, places[span.Start]) is >= 0 and var from)
                Fill(mask, from, span.End == 0 ? -1 : First(tokens, places[span.End - 1]));
        return mask;
    }

    private static void Fill(int[] mask, int from, int last)
    {
        for (var i = from; i <= (last < 0 ? mask.Length - 1 : last); i++)
            mask[i] = 1;
    }

    private static int First(IReadOnlyList<TokenSpan> tokens, int place)
    {
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].Start <= place && place < tokens[i].End)
                return i;
        return -1;
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
