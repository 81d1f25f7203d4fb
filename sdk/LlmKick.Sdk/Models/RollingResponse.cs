namespace LlmKick.Sdk.Models;

/// <summary>Answers a <see cref="RollingRequest"/>.</summary>
/// <param name="Index">Which request it answers.</param>
/// <param name="LogProbabilities">The log-probability of each scored token, in nats.</param>
public sealed record RollingResponse(int Index, IReadOnlyList<float> LogProbabilities) : Response(Index);
