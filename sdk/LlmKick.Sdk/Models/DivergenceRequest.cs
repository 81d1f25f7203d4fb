using System.Text.Json.Serialization;
using LlmKick.Sdk.Models.Scheduling;

namespace LlmKick.Sdk.Models;

/// <summary>Asks how far what a model predicts at each token of a text is from what the model predicted before it was compressed.</summary>
/// <param name="Tokens">The tokens, at least two.</param>
/// <param name="ScoreFrom">The first token whose prediction is compared; at least 1, since nothing comes before token 0.</param>
public sealed record DivergenceRequest(IReadOnlyList<int> Tokens, int ScoreFrom = 1) : Request
{
    /// <summary>Where the untouched model's predictions are kept; the host's to say. Null where the model is compared with
    /// itself.</summary>
    [JsonIgnore]
    public ReferenceStates? Reference { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Prompt Opening => new("", Tokens);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string OutputType => "loglikelihood_rolling";

    /// <inheritdoc/>
    public override RequestPass PassOver(DecoderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new DivergencePass(context.Decoder, context.ContextLength);
    }
}
