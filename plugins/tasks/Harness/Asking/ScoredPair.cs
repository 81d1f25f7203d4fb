using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Harness.Asking;

/// <summary>A context and a continuation that is scored behind it.</summary>
/// <param name="Context">The context's text.</param>
/// <param name="Continuation">The continuation's text.</param>
/// <param name="ContextTokens">The context's tokens, all of them.</param>
/// <param name="ContinuationTokens">The continuation's tokens, white space of the context's end among them.</param>
internal sealed record ScoredPair(string Context, string Continuation, IReadOnlyList<int> ContextTokens,
    IReadOnlyList<int> ContinuationTokens)
{
    /// <summary>What is asked for it: contexts as long as they may be, each with what is scored behind it. The first gives the value, and
    /// all say whether it was greedy.</summary>
    /// <value>The pair itself, unless another value is wanted.</value>
    public required IReadOnlyList<(IReadOnlyList<int> Context, IReadOnlyList<int> Scored)> Asked { get; init; }

    /// <summary>All tokens that are read: those but the last.</summary>
    public IReadOnlyList<int> Read => [.. ContextTokens, .. ContinuationTokens.SkipLast(1)];

    /// <summary>Makes a pair.</summary>
    /// <param name="longest">Tokens of the longest sequence; of a longer one the start is cut off.</param>
    /// <exception cref="LlmKickException">The continuation alone is too long.</exception>
    public static ScoredPair Of(TokenCut cut, string context, string continuation, int longest, string place)
    {
        var (first, second) = cut.Pair(context, continuation, place);
        if (second.Count > longest)
            throw new LlmKickException($"{place}: a continuation has {second.Count} tokens, more than the longest sequence of {longest}; "
                + $"leave the row out.");
        return new ScoredPair(context, continuation, first, second) { Asked = [(Shorten(first, second, longest), second)] };
    }

    /// <summary>A context of which so much is left that all fits; one token is.</summary>
    public static IReadOnlyList<int> Shorten(IReadOnlyList<int> context, IReadOnlyList<int> scored, int longest) =>
        context.Count + scored.Count <= longest + 1 ? context : [.. context.Skip(context.Count + scored.Count - longest - 1)];
}
