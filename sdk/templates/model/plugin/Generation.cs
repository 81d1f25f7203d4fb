using LlmKick.Sdk.Models;

namespace Contoso.Plugin_1;

/// <summary>Continues a prompt byte by byte: with the most probable one, or with drawn ones where the request asks for that.</summary>
internal sealed class Generation(Bigrams bigrams, ByteTokenizer tokenizer, GenerateRequest request)
{
    private readonly List<int> tokens = [];
    private readonly List<float> gaps = [];

    public GenerateResponse Answer(int index, IReadOnlyList<int> prompt)
    {
        var finish = Run(prompt[^1], Math.Min(request.MaxNewTokens, BigramModel.ContextLength - prompt.Count));
        var text = tokenizer.Decode(tokens);
        var end = request.Stop.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(place => place >= 0)
            .DefaultIfEmpty(text.Length).Min();
        request.Written?.Invoke(text[..end]);
        return new GenerateResponse(index, tokens, text[..end], finish, gaps);
    }

    private FinishReason Run(int previous, int room)
    {
        while (tokens.Count < room)
        {
            var (token, gap) = Next(previous);
            gaps.Add(gap);
            tokens.Add(previous = token);
            if (request.Stop.Any(tokenizer.Decode(tokens).Contains))
                return FinishReason.Stop;
        }
        return room < request.MaxNewTokens ? FinishReason.Context : FinishReason.Length;
    }

    private (int Token, float Gap) Next(int previous)
    {
        if (request.Sampling is { } sampling)
            return sampling.Draw(bigrams.LogProbabilities(previous), step: tokens.Count);
        var (best, second) = bigrams.BestAfter(previous);
        return (best, (float)(bigrams.LogProbability(previous, best) - bigrams.LogProbability(previous, second)));
    }
}
