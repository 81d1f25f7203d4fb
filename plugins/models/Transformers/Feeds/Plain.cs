using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Feeds;

/// <summary>down(activation(up(x))).</summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Inner">Numbers between.</param>
/// <param name="Activation">The activation function; null where it has learned numbers.</param>
internal sealed record Plain(int Width, int Inner, Activation? Activation) : IFeedSpec
{
    public Plain(ModelConfig c, Activation activation) : this(c.Width, c.FeedForwardWidth, activation)
    {
    }

    public string Up { get; init; } = "mlp.fc1";

    public string Down { get; init; } = "mlp.fc2";

    /// <summary>What stands before the names of xIELU's numbers; null where the activation function is another.</summary>
    public string? Xielu { get; init; }

    public bool HasBias { get; init; }

    /// <summary>What stands behind the names of its tensors in GGUF files.</summary>
    public string GgufSuffix { get; init; } = "";

    /// <summary>Whether folders store matrices as [inputs, outputs].</summary>
    public bool Transposed { get; init; }

    public IEnumerable<ParameterSpec> Parameters => First.Parameters.Concat(Last.Parameters)
        .Concat(Xielu is null ? [] : Feeds.Xielu.Specs(Xielu));

    public IPart Build(IPartReader reader) => new PlainFeed(
        Xielu is null ? null : Feeds.Xielu.Read(Xielu, reader), Activation,
        reader.Linears(FeedNames.Group(Down, "up"), First), reader.Linears(FeedNames.Group(Down, "down"), Last));

    private LinearSpec First => new(LinearRole.Up, Up, Inner, Width, "ffn_up" + GgufSuffix) { HasBias = HasBias, Transposed = Transposed };

    private LinearSpec Last => new(LinearRole.Down, Down, Width, Inner, "ffn_down" + GgufSuffix)
    {
        HasBias = HasBias,
        Transposed = Transposed,
    };
}
