using System.Text.Json.Serialization;
using LlmKick.Sdk.Models.Scheduling;

namespace LlmKick.Sdk.Models;

/// <summary>Asks for the log-probability of each token of a text, given the tokens before it.</summary>
/// <param name="Tokens">The tokens, at least two.</param>
/// <param name="ScoreFrom">The first token that is scored; at least 1, since nothing comes before token 0.</param>
public sealed record RollingRequest(IReadOnlyList<int> Tokens, int ScoreFrom = 1) : Request
{
    /// <summary>Whether <see cref="RollingResponse.LastLogits"/> is asked for, for which one token is enough.</summary>
    [JsonIgnore]
    public bool WithLastLogits { get; init; }

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
        return new RollingPass(context.Decoder, context.Head, context.ContextLength);
    }
}
