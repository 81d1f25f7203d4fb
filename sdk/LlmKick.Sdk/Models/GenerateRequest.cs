using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LlmKick.Sdk.Models.Scheduling;

namespace LlmKick.Sdk.Models;

/// <summary>Asks for a continuation: the most probable token each time, unless <see cref="Sampling"/> says otherwise.</summary>
/// <param name="Prompt">What is read first; at least one token.</param>
/// <param name="MaxNewTokens">The most tokens written.</param>
/// <param name="Stop">Texts that end the answer; they are cut off with what follows.</param>
public sealed record GenerateRequest(Prompt Prompt, int MaxNewTokens, IReadOnlyList<string> Stop) : Request
{
    /// <summary>How tokens are drawn. Null to take the most probable one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sampling? Sampling { get; init; }

    /// <summary>Whether the answer goes on after an end-of-text token, up to its other limits. Models behind a server cannot be told
    /// to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IgnoreEnd { get; init; }

    /// <summary>Told each piece of text as soon as it is certain, on the compute thread; the pieces joined are the response's text. Null to
    /// wait.</summary>
    [JsonIgnore]
    public Action<string>? Written { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Prompt Opening => Prompt;

    /// <inheritdoc/>
    [JsonIgnore]
    public override long MoreTokens => MaxNewTokens;

    /// <inheritdoc/>
    [JsonIgnore]
    public override Request Question => this with { Sampling = null };

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<JsonNode>> Arguments(ITokenizer tokenizer) =>
    [
        [Prompt.Text, new JsonObject
        {
            ["until"] = new JsonArray([.. Stop.Select(stop => JsonValue.Create(stop))]),
            ["max_gen_toks"] = MaxNewTokens,
        }],
    ];

    /// <inheritdoc/>
    public override RequestPass PassOver(DecoderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new GeneratePass(context);
    }
}
