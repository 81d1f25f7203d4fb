using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// Compressed convolutional attention (Figliolia et al., arXiv 2510.04476): [q, k] pass a convolution of each channel and one of each head
/// over the last tokens, (q + its k) / 2 is added to q and the mean of that over a key head's queries to k, both are brought to length √d,
/// k then to a learned length a head; half of the values are made of the token before.
/// </summary>
/// <param name="Attention">What comes behind: heads, window, rotation.</param>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="ChannelTaps">Tokens that the convolution of channels sees.</param>
/// <param name="HeadTaps">Tokens that the convolution of heads sees.</param>
internal sealed record CompressedAttention(FullAttention Attention, int Width, int ChannelTaps, int HeadTaps) : IMixerSpec
{
    private const string Module = "self_attn.qkv_proj";

    public int Queries => Attention.Heads * Attention.HeadWidth;

    public int Keys => Attention.KeyValueHeads * Attention.HeadWidth;

    /// <summary>Tokens before one that the two convolutions see.</summary>
    public int Before => ChannelTaps + HeadTaps - 2;

    public KeptTokens? Kept => Attention.Kept;

    /// <summary>The last tokens' queries, keys and delayed values, as they are projected.</summary>
    public IReadOnlyList<StateShape> States => [new([Queries + Keys + Keys / 2, Before], IsWide: false)];

    public RotarySpec? Rotary => Attention.Rotary;

    public ParameterSpec ChannelWeight => Convolution("conv_qk_depthwise.weight", 1, ChannelTaps);

    public ParameterSpec HeadWeight => Convolution("conv_qk_grouped.weight", Attention.HeadWidth, HeadTaps);

    public ParameterSpec ChannelBias => Other($"{Module}.conv_qk_depthwise.bias", Queries + Keys);

    public ParameterSpec HeadBias => Other($"{Module}.conv_qk_grouped.bias", Queries + Keys);

    public ParameterSpec Lengths => Other("self_attn.qk_norm.temp", Attention.KeyValueHeads);

    public IReadOnlyList<ParameterSpec> Others => [ChannelWeight, ChannelBias, HeadWeight, HeadBias, Lengths];

    public IEnumerable<ParameterSpec> Parameters =>
        [.. Inputs.Append(Attention.Out).SelectMany(linear => linear.Parameters), .. Others];

    public IMixer Build(IPartReader reader) => new CompressedHeads(this, reader.Linears("self_attn.qkv", Inputs),
        reader.Linears("self_attn.o", Attention.Out), [.. Others.Select(reader.Tensor)]);

    /// <summary>Refuses convolutions that see no token before one, and heads that cannot be halved.</summary>
    public CompressedAttention Checked(ModelConfig c) => Before > 0 && Attention.HeadWidth % 2 == 0 ? this
        : throw new LlmKickException($"'{c.Path}' has convolutions of {ChannelTaps} and {HeadTaps} tokens (cca_time0, cca_time1) over "
            + $"heads of width {Attention.HeadWidth}: one of them is to see more than one token, and the width is to be even.");

    /// <summary>The delayed values' linear reads what the others read, its outputs are used one token later.</summary>
    private LinearSpec[] Inputs =>
    [
        Linear(LinearRole.Query, "q_proj", Queries), Linear(LinearRole.Key, "k_proj", Keys),
        Linear(LinearRole.Value, "v_proj_current", Keys / 2), Linear(LinearRole.Value, "v_proj_delayed", Keys / 2),
    ];

    private LinearSpec Linear(LinearRole role, string name, int outputs) => new(role, $"{Module}.{name}", outputs, Width, null);

    private ParameterSpec Convolution(string name, int inputs, int taps) =>
        new(ParameterKind.Other, $"{Module}.{name}", [Queries + Keys, inputs, taps]);

    private static ParameterSpec Other(string name, int count) => new(ParameterKind.Other, name, [count]);
}
