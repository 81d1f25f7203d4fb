using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>Answers a <see cref="ChooseRequest"/>.</summary>
/// <param name="Index">Which request it answers.</param>
/// <param name="LogProbabilities">For each continuation the sum of its tokens' log-probabilities, in nats.</param>
/// <param name="BestToken">The most probable token right after the context, of the whole vocabulary.</param>
/// <param name="BestText">That token's text.</param>
public sealed record ChooseResponse(int Index, IReadOnlyList<double> LogProbabilities, int BestToken, string BestText) : Response(Index)
{
    /// <summary>For each continuation whether each of its tokens was the most probable one behind those before it; null where that is not
    /// known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<bool>? Greedy { get; init; }
}
