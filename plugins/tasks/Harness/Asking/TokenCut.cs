using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Harness.Asking;

/// <summary>Cuts texts into tokens as they are scored.</summary>
internal sealed class TokenCut
{
    private readonly ITokenizer tokenizer;
    private readonly bool? bos;
    private readonly int? begin;
    private readonly int? prefix;

    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="bos">Whether a beginning of text goes in front; null: as the tokenizer does.</param>
    public TokenCut(ITokenizer tokenizer, bool? bos)
    {
        (this.tokenizer, this.bos) = (tokenizer, bos);
        begin = Special("bos_token") ?? tokenizer.BeginOfText;
        prefix = begin ?? Special("eos_token") ?? (tokenizer.EndOfText.Count > 0 ? tokenizer.EndOfText[0] : null);
        if (bos is true && begin is null)
            throw new LlmKickException("bos: the model's tokenizer has no beginning-of-text token; leave `bos` out.");
    }

    /// <summary>What stands for no context.</summary>
    /// <exception cref="LlmKickException">The tokenizer has nothing of the kind.</exception>
    public int Prefix => prefix ?? throw new LlmKickException("The model's tokenizer has neither a beginning nor an end of text, so that "
        + "nothing can be scored without a context.");

    /// <summary>A text that is read from its start.</summary>
    public IReadOnlyList<int> Opening(string text)
    {
        if (bos is null)
            return Prompt.Opening(text, tokenizer).Tokens;
        var tokens = tokenizer.Encode(text);
        return bos is true && (tokens.Length == 0 || tokens[0] != begin) ? [begin!.Value, .. tokens] : tokens;
    }

    /// <summary>A context with a continuation: white space at the context's end belongs to the continuation.</summary>
    /// <exception cref="LlmKickException">One of them has no tokens.</exception>
    public (IReadOnlyList<int> Context, IReadOnlyList<int> Continuation) Pair(string context, string continuation, string place)
    {
        var (first, second) = context.Length == 0 ? ([Prefix], tokenizer.Encode(continuation)) : Split(context, continuation);
        if (context.Length == 0 && second.Count > 1 && second[0] == prefix)
            second = [.. second.Skip(1)];
        if (first.Count == 0)
            throw new LlmKickException(
                $"{place}: the context is white space alone and has no tokens; write some text into `doc_to_text`, or "
                + $"nothing.");
        return second.Count > 0 ? (first, second) : throw new LlmKickException(
            $"{place}: the continuation '{continuation}' has no tokens of its own; let no choice or target be empty.");
    }

    private (IReadOnlyList<int> Context, IReadOnlyList<int> Continuation) Split(string context, string continuation)
    {
        var kept = context.TrimEnd();
        continuation = context[kept.Length..] + continuation;
        var (all, own) = (Opening(kept + continuation), Opening(kept));
        return (own, [.. all.Skip(own.Count)]);
    }

    private int? Special(string role) => tokenizer.SpecialTokens.TryGetValue(role, out var text)
        && tokenizer.Encode(text) is [var id] ? id : null;
}
