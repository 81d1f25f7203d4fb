using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LlmKick.Sdk.Models.Scheduling;

namespace LlmKick.Sdk.Models;

/// <summary>A question to a model. A plugin adds a kind by <see cref="IPluginRegistry.AddRequest{TRequest, TResponse}"/>; what is stored
/// of it are its properties in JSON, with the kind's name beside them.</summary>
/// <example>
/// <code>
/// public sealed record LengthRequest(IReadOnlyList&lt;int&gt; Tokens) : Request
/// {
///     [JsonIgnore] public override Prompt Opening =&gt; new("", Tokens);
///     public override RequestPass PassOver(DecoderContext context) =&gt; new LengthPass(context); // a RequestPass&lt;LengthRequest&gt;
/// }
/// public sealed record LengthResponse(int Index, double Length) : Response(Index);
/// // in IPlugin.Register, beside the task that asks it:
/// registry.AddRequest&lt;LengthRequest, LengthResponse&gt;("length", "How long the last hidden state is.");
/// </code>
/// </example>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ChooseRequest), "choose")]
[JsonDerivedType(typeof(RollingRequest), "rolling")]
[JsonDerivedType(typeof(GenerateRequest), "generate")]
[JsonDerivedType(typeof(DivergenceRequest), "divergence")]
public abstract record Request
{
    /// <summary>What is read first. Batches are cut by it, and requests that begin alike are put together.</summary>
    [JsonIgnore]
    public abstract Prompt Opening { get; }

    /// <summary>Tokens that are computed behind the opening, at most.</summary>
    /// <value>None.</value>
    [JsonIgnore]
    public virtual long MoreTokens => 0;

    /// <summary>The question alone, without what differs between draws of its answer: samples that ask the same are one cluster.</summary>
    /// <value>The request itself.</value>
    [JsonIgnore]
    public virtual Request Question => this;

    /// <summary>What lm-evaluation-harness calls a task that asks so: <c>multiple_choice</c>, <c>loglikelihood_rolling</c>,
    /// <c>generate_until</c>.</summary>
    [JsonIgnore]
    public virtual string OutputType => "generate_until";

    /// <summary>The request as lm-evaluation-harness logs it: for each of its calls the arguments in their order.</summary>
    /// <param name="tokenizer">Turns tokens into text.</param>
    /// <returns>One call with the opening's text.</returns>
    public virtual IEnumerable<IReadOnlyList<JsonNode>> Arguments(ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return [[JsonValue.Create(Opening.Text.Length > 0 ? Opening.Text : tokenizer.Decode(Opening.Tokens))]];
    }

    /// <summary>Makes what answers requests of this kind with a model that is computed in this process.</summary>
    /// <param name="context">The model.</param>
    /// <returns>Null: such a model cannot answer it, and a model plugin of its own must.</returns>
    public virtual RequestPass? PassOver(DecoderContext context) => null;
}
