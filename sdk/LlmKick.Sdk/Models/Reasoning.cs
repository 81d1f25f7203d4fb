using System.Text;

namespace LlmKick.Sdk.Models;

/// <summary>Finds the reasoning that answers open with.</summary>
/// <remarks>
/// Marks are those of published chat templates: Qwen 3, DeepSeek-R1 and most others (<c>&lt;think&gt;</c>), Magistral, Seed-OSS, Command A,
/// Apertus, Kimi-VL, gpt-oss (channels, of which <c>final</c> is the answer) and Gemma 4. An answer whose mark stands at the prompt's end
/// is inside from its first token.
/// </remarks>
public static class Reasoning
{
    private static readonly (string Start, string End)[] Marks =
    [
        ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"), ("<reasoning>", "</reasoning>"),
        ("[THINK]", "[/THINK]"),
        ("<seed:think>", "</seed:think>"), ("<|START_THINKING|>", "<|END_THINKING|>"), ("<|inner_prefix|>", "<|inner_suffix|>"),
        ("◁think▷", "◁/think▷"),
        ("<|channel|>", "<|channel|>final<|message|>"), ("<|channel>", "<channel|>"),
    ];

    /// <summary>Whether a prompt ends inside a reasoning part: what is read next is reasoning.</summary>
    /// <param name="prompt">The prompt's text.</param>
    public static bool IsOpenedBy(string prompt) => OpenedBy(prompt) is not null;

    /// <summary>An answer with its reasoning part told apart.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="response">The answer; it comes back as it is where it opens with no reasoning.</param>
    /// <param name="tokenizer">The model's tokenizer, whose special tokens may be marks; null for a server's model, of whose answers the
    /// text is looked at.</param>
    public static GenerateResponse Find(GenerateRequest request, GenerateResponse response, ITokenizer? tokenizer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        var text = tokenizer is null || response.Tokens.Count == 0 ? new SpelledAnswer(response.Text)
            : new SpelledAnswer(response.Tokens, tokenizer);
        var start = text.Blank(0);
        var (end, from) = OpenedBy(request.Prompt.Text) is { } open ? (open, start)
            : Marks.Where(mark => text.HasAt(start, mark.Start)).Select(mark => (mark.End, Behind(mark, start))).FirstOrDefault();
        if (end is null)
            return response;
        return text.IndexOf(end, from) is not { } at
            ? response with { Reasoning =
                new ReasoningPart(response.Text.Length, IsFinished: false) { Tokens = Count(response.Tokens.Count) } }
            : response with { Reasoning = Part(text, at + Encoding.UTF8.GetByteCount(end), response) };
    }

    private static string? OpenedBy(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var trimmed = prompt.AsSpan().TrimEnd();
        foreach (var (start, end) in Marks)
            if (trimmed.EndsWith(start, StringComparison.Ordinal))
                return end;
        return null;
    }

    /// <summary>Where the end is looked for: an end that begins as the start does may be the first thing written.</summary>
    private static int Behind((string Start, string End) mark, int start) =>
        mark.End.StartsWith(mark.Start, StringComparison.Ordinal) ? start : start + Encoding.UTF8.GetByteCount(mark.Start);

    private static ReasoningPart Part(SpelledAnswer text, int end, GenerateResponse response) =>
        new(Math.Min(text.LengthBefore(text.Blank(end)), response.Text.Length),
            IsFinished: true) { Tokens = Count(text.TokensBefore(end)) };

    private static int? Count(int tokens) => tokens > 0 ? tokens : null;
}
