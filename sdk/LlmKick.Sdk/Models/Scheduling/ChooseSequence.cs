namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>A sequence read for a request: its context, with all but the last token of a continuation.</summary>
/// <param name="Request">The request's index.</param>
/// <param name="Tokens">What is read.</param>
/// <param name="ContextLength">Tokens of the context.</param>
/// <param name="Continuations">The continuations scored on it: one, or all that have one token.</param>
internal sealed record ChooseSequence(int Request, ReadOnlyMemory<int> Tokens, int ContextLength, int[] Continuations)
{
    /// <summary>Positions whose next token is scored.</summary>
    public IEnumerable<int> Positions => Enumerable.Range(ContextLength - 1, Tokens.Length - ContextLength + 1);

    /// <summary>The tokens scored at each position.</summary>
    public IEnumerable<int[]> Targets(ChooseRequest request) => Continuations.Length == 1
        ? request.Continuations[Continuations[0]].Tokens.Select(token => new[] { token })
        : [[.. Continuations.Select(continuation => request.Continuations[continuation].Tokens[0])]];
}
