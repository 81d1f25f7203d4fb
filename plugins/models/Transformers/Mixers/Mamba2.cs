using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// Mamba 2 (Dao and Gu, arXiv 2405.21060): [z, x, B, C, dt] = W_in h; x, B, C = silu(conv(x, B, C)); dt = softplus(dt + bias) within
/// limits; ln g = −exp(A) dt; h_t = g h_(t−1) + B (dt x)ᵀ; y = hᵀ C + D x by <see cref="DecayingState"/>; W_out N(y ⊙ silu(z)).
/// </summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Heads">Heads.</param>
/// <param name="HeadWidth">Numbers of a head.</param>
/// <param name="StateWidth">Numbers of B and of C.</param>
/// <param name="Groups">How many B and C there are, each for as many heads.</param>
/// <param name="Taps">Tokens that the convolution sees.</param>
internal sealed record Mamba2(int Width, int Heads, int HeadWidth, int StateWidth, int Groups, int Taps) : IMixerSpec
{
    /// <summary>What stands before its tensors' names.</summary>
    public string Module { get; init; } = "mamba";

    public bool HasBias { get; init; }

    public bool ConvolutionHasBias { get; init; } = true;

    /// <summary>Whether y is normed, in so many groups as there are B; else it is only gated.</summary>
    public bool HasNorm { get; init; } = true;

    /// <summary>Whether y is normed before it is gated.</summary>
    public bool NormsFirst { get; init; }

    public double Epsilon { get; init; } = 1e-5;

    /// <summary>What dt is kept within.</summary>
    public (double Least, double Most) Steps { get; init; } = (0, double.PositiveInfinity);

    /// <summary>What input and output are multiplied by, and the parts z, x, B, C, dt of what is projected.</summary>
    public double InputFactor { get; init; } = 1;

    public double OutputFactor { get; init; } = 1;

    public IReadOnlyList<double> PartFactors { get; init; } = [1, 1, 1, 1, 1];

    public KeptTokens? Kept => null;

    public IReadOnlyList<StateShape> States =>
        [CausalConvolution.State(Channels, Taps), new([Heads, StateWidth, HeadWidth], IsWide: true)];

    public RotarySpec? Rotary => null;

    public int Inner => Heads * HeadWidth;

    /// <summary>Channels of the convolution.</summary>
    public int Channels => Inner + 2 * Groups * StateWidth;

    public ParameterSpec DecaySpec => Other("A_log") with
    {
        GgufForm = GgufForm.Decay("ssm_a", [.. Enumerable.Range(0, Heads)], Heads, 1),
    };

    public ParameterSpec StepSpec => Other("dt_bias") with { Gguf = "ssm_dt.bias" };

    public ParameterSpec SkipSpec => Other("D") with { GgufForm = GgufForm.Shaped("ssm_d", [Heads], Heads, 1) };

    public ParameterSpec WeightSpec => CausalConvolution.WeightSpec($"{Module}.conv1d", Channels, Taps, "ssm_conv1d");

    public ParameterSpec BiasSpec => CausalConvolution.BiasSpec($"{Module}.conv1d", Channels, "ssm_conv1d");

    public NormSpec? OutputNorm => HasNorm ? new($"{Module}.norm", Inner, Epsilon)
    {
        Groups = Groups,
        GgufForm = GgufForm.Shaped("ssm_norm.weight", [Inner], Groups, Inner / Groups),
    } : null;

    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. In.Parameters, .. Out.Parameters, WeightSpec, .. ConvolutionHasBias ? (ParameterSpec[])[BiasSpec] : [], DecaySpec, StepSpec,
        SkipSpec, .. NormSpec.All(OutputNorm),
    ];

    public IMixer Build(IPartReader reader) => new StateSpace(this, reader.Linears($"{Module}.in", In),
        reader.Linears($"{Module}.out", Out),
        new CausalConvolution(reader.Tensor(WeightSpec), ConvolutionHasBias ? reader.Tensor(BiasSpec) : null),
        (reader.Tensor(DecaySpec), reader.Tensor(StepSpec), reader.Tensor(SkipSpec)), reader.Norm(OutputNorm));

    /// <summary>Refuses sizes that do not fit each other.</summary>
    public Mamba2 Checked(ModelConfig c) => Heads % Groups == 0 && (long)Channels + Inner + Heads <= ConfigFields.GreatestSize ? this
        : throw new LlmKickException($"'{c.Path}' has a recurrent mixer of {Heads} heads of width {HeadWidth} in {Groups} groups: the "
            + "heads are to be a multiple of the groups, and not more than any model has.");

    private LinearSpec In => new(LinearRole.Other, $"{Module}.in_proj", Inner + Channels + Heads, Width, "ssm_in")
    {
        HasBias = HasBias,
        GgufForm = PartFactors.Append(InputFactor).All(factor => factor == 1) ? null : Multiplied,
    };

    private LinearSpec Out => new(LinearRole.Output, $"{Module}.out_proj", Width, Inner, "ssm_out")
    {
        HasBias = HasBias,
        GgufForm = OutputFactor == 1 ? null : GgufForm.Multiplied("ssm_out.weight", [Width, Inner], (Width, OutputFactor)),
    };

    /// <summary>llama.cpp has no factors: each part's rows are multiplied by its own and by the input's.</summary>
    private GgufForm Multiplied => GgufForm.Multiplied("ssm_in.weight", [Inner + Channels + Heads, Width], [.. new[] { Inner, Inner,
        Groups * StateWidth, Groups * StateWidth, Heads }.Select((rows, part) => ((long)rows, PartFactors[part] * InputFactor))]);

    private ParameterSpec Other(string name) => new(ParameterKind.Other, $"{Module}.{name}", [Heads]);
}
