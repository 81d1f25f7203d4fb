using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>W_out (c ⊙ conv(b ⊙ x)) with b, c and x of W_in h (LFM2, arXiv 2511.23404).</summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Taps">Tokens that the convolution sees.</param>
internal sealed record ShortConvolution(int Width, int Taps) : IMixerSpec
{
    public bool HasBias { get; init; }

    public KeptTokens? Kept => null;

    public IReadOnlyList<StateShape> States => [CausalConvolution.State(Width, Taps)];

    public RotarySpec? Rotary => null;

    public IEnumerable<ParameterSpec> Parameters =>
        [.. In.Parameters, .. Out.Parameters, WeightSpec, .. HasBias ? (ParameterSpec[])[BiasSpec] : []];

    private LinearSpec In => new(LinearRole.Other, "conv.in_proj", 3 * Width, Width, "shortconv.in_proj") { HasBias = HasBias };

    private LinearSpec Out => new(LinearRole.Output, "conv.out_proj", Width, Width, "shortconv.out_proj") { HasBias = HasBias };

    private ParameterSpec WeightSpec => CausalConvolution.WeightSpec("conv.conv", Width, Taps, "shortconv.conv");

    private ParameterSpec BiasSpec => CausalConvolution.BiasSpec("conv.conv", Width);

    public IMixer Build(IPartReader reader) => new Computed(this, reader.Linears("conv.in", In),
        reader.Linears("conv.out", Out), new CausalConvolution(reader.Tensor(WeightSpec), HasBias ? reader.Tensor(BiasSpec) : null));

    private sealed class Computed(ShortConvolution spec, FusedLinear input, FusedLinear output, CausalConvolution convolution)
        : IMixer
    {
        public IReadOnlyList<FusedLinear> Linears { get; } = [input, output];

        public KeyValueScheme? KeyValues { get; set; }

        public IEnumerable<(string Name, Tensor Tensor)> Parameters => convolution.Bias is { } bias
            ? [(spec.WeightSpec.Name, convolution.Weight), (spec.BiasSpec.Name, bias)] : [(spec.WeightSpec.Name, convolution.Weight)];

        public InputSource? SourceOf(FusedLinear linears) => null;

        public Tensor Forward(Tensor hidden, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
        {
            using var scope = NewDisposeScope();
            var parts = input.Forward(hidden, observe).chunk(3, -1);
            var mixed = convolution.Forward(parts[0] * parts[2], pass, pass.Cache?.States(pass.Visit)[0]);
            return output.Forward((mixed * parts[1]).to_type(hidden.dtype), observe).MoveToOuterDisposeScope();
        }
    }
}
