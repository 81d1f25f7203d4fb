namespace LlmKick.Sdk.Models;

/// <summary>Answers a <see cref="DivergenceRequest"/>: for each compared token the distribution p of the untouched model beside q of this
/// one, over the whole vocabulary.</summary>
/// <param name="Index">Which request it answers.</param>
/// <param name="Kl">KL(p ‖ q) = Σ p ln(p / q), in nats.</param>
/// <param name="Overlap">Σ min(p, q): the share of tokens drawn from q that speculative sampling would take for p's (the expected
/// acceptance rate).</param>
/// <param name="SameBest">Whether both hold the same token for the most probable.</param>
/// <param name="Change">q − p of the token that follows in the text.</param>
public sealed record DivergenceResponse(int Index, IReadOnlyList<float> Kl, IReadOnlyList<float> Overlap, IReadOnlyList<bool> SameBest,
    IReadOnlyList<float> Change)
    : Response(Index);
