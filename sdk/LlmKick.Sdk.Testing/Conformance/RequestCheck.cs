using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Checks requests as a model would.</summary>
internal static class RequestCheck
{
    /// <summary>What is wrong with a request, or null.</summary>
    public static string? Fault(Request request, TaskContext context) => request switch
    {
        ChooseRequest { Continuations.Count: 0 } => "has no continuations: give at least one.",
        ChooseRequest choose => choose.Continuations.Prepend(choose.Context).Select(prompt => Fault(prompt, context))
            .FirstOrDefault(fault => fault is not null)
            ?? TooLong(choose.Context.Tokens.Count + choose.Continuations.Max(continuation => continuation.Tokens.Count) - 1, context),
        GenerateRequest { MaxNewTokens: < 1 } => "asks for no new token: ask for at least one.",
        GenerateRequest generate => Fault(generate.Prompt, context) ?? TooLong(generate.Prompt.Tokens.Count, context)
            ?? (generate.Stop.Any(string.IsNullOrEmpty) ? "has an empty stop text, which would end every answer: leave it out." : null),
        RollingRequest { Tokens.Count: < 2 } => "has fewer than two tokens, so that nothing can be scored.",
        RollingRequest rolling when rolling.ScoreFrom < 1 || rolling.ScoreFrom >= rolling.Tokens.Count =>
            $"scores from token {rolling.ScoreFrom} of {rolling.Tokens.Count}: score from 1 at the earliest, and at least one.",
        RollingRequest rolling => Unknown(rolling.Tokens, context) ?? TooLong(rolling.Tokens.Count, context),
        DivergenceRequest divergence => Fault(new RollingRequest(divergence.Tokens, divergence.ScoreFrom), context),
        null => "is null: leave it out.",
        _ => Unknown(request.Opening.Tokens, context) ?? TooLong(request.Opening.Tokens.Count, context),
    };

    private static string? Fault(Prompt prompt, TaskContext context) =>
        prompt.Tokens.Count == 0 ? $"has a prompt or continuation without tokens ('{prompt.Text}'): each needs at least one."
            : Unknown(prompt.Tokens, context);

    private static string? Unknown(IReadOnlyList<int> tokens, TaskContext context) =>
        tokens.Any(id => id < 0 || id >= context.Tokenizer.VocabularySize)
            ? "has a token that the vocabulary has not: make tokens with TaskContext.Tokenizer alone." : null;

    private static string? TooLong(int tokens, TaskContext context) =>
        tokens > context.ContextLength ? $"has {tokens} tokens, more than the context of {context.ContextLength}: shorten it, or refuse "
            + $"the sample with an LlmKickException." : null;
}
