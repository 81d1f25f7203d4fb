using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>Answers a <see cref="RollingRequest"/>.</summary>
/// <param name="Index">Which request it answers.</param>
/// <param name="LogProbabilities">The log-probability of each scored token, in nats.</param>
public sealed record RollingResponse(int Index, IReadOnlyList<float> LogProbabilities) : Response(Index)
{
    /// <summary>What the output head says after the last token, one logit for each of its rows; null where it was not asked for. It is not
    /// stored.</summary>
    [JsonIgnore]
    public IReadOnlyList<float>? LastLogits { get; init; }
}
