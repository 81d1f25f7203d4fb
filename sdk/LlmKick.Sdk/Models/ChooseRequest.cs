using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LlmKick.Sdk.Models.Scheduling;

namespace LlmKick.Sdk.Models;

/// <summary>Asks how probable each of several continuations of a context is.</summary>
/// <param name="Context">What is read first; at least one token.</param>
/// <param name="Continuations">The continuations; each at least one token.</param>
public sealed record ChooseRequest(Prompt Context, IReadOnlyList<Prompt> Continuations) : Request
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Prompt Opening => Context;

    /// <inheritdoc/>
    [JsonIgnore]
    public override long MoreTokens => Continuations.Sum(continuation => (long)continuation.Tokens.Count);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string OutputType => "multiple_choice";

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<JsonNode>> Arguments(ITokenizer tokenizer) =>
        Continuations.Select(continuation => (IReadOnlyList<JsonNode>)[Context.Text, continuation.Text]);

    /// <inheritdoc/>
    public override RequestPass PassOver(DecoderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ChoosePass(context.Decoder, context.Head, context.Tokenizer, context.ContextLength);
    }
}
