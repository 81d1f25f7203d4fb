using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// Kimi delta attention (Kimi Linear, arXiv 2510.26692): the gated delta rule whose state forgets each channel of its keys at a pace of
/// its own. q, k, v = silu(conv(W x)), q and k of length 1 (q / √width beside), β = σ(b), ln g = −exp(A) softplus(f + dt) or, bounded,
/// l σ(exp(A) (f + dt)), o by <see cref="DecayingState"/>, and W_out (N(o) ⊙ σ(z)). A head has one A, and each of its channels an f, a dt
/// and a z.
/// </summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Heads">Heads.</param>
/// <param name="HeadWidth">Numbers of a query, a key and a value.</param>
/// <param name="Taps">Tokens that convolutions see.</param>
internal sealed record KimiDelta(int Width, int Heads, int HeadWidth, int Taps) : IMixerSpec
{
    /// <summary>The keys of GGUF metadata that have the width of a head and the tokens that convolutions see.</summary>
    public const string HeadWidthKey = "kda.head_dim";
    public const string TapsKey = "ssm.conv_kernel";

    public KimiDelta(ModelConfig c) : this(c, c.Fields.Section("linear_attn_config"))
    {
    }

    // The published Kimi Linear has the sizes in a section, under shorter names.
    private KimiDelta(ModelConfig c, ConfigFields? section) : this(c.Width,
        c.Fields.Size("linear_num_heads") ?? section?.Size("num_heads") ?? c.Heads,
        c.IsGguf ? c.Fields.Need(c.Fields.Size(HeadWidthKey), HeadWidthKey)
            : c.Fields.Size("linear_head_dim") ?? section?.Size("head_dim") ?? c.HeadWidth,
        c.IsGguf ? c.Fields.Need(c.Fields.Size(TapsKey), TapsKey)
            : c.Fields.Size("linear_conv_kernel_dim") ?? (section ?? c.Fields).Size("short_conv_kernel_size") ?? 4)
    {
        Epsilon = c.Number(Keys.RmsEpsilon, 1e-6);
        if ((long)Heads * HeadWidth > ConfigFields.GreatestSize)
            throw new LlmKickException($"'{c.Path}' has linear attention of {Heads} heads of width {HeadWidth}, more than any model.");
    }

    /// <summary>What stands before its tensors' names.</summary>
    public string Module { get; init; } = "self_attn";

    public string Output { get; init; } = "o_proj";

    /// <summary>Other names that the output has in folders.</summary>
    public IReadOnlyList<string> OtherOutputs { get; init; } = [];

    /// <summary>Whether f and z are each made by two matrices, with as many numbers between as a head has; else by one.</summary>
    public bool IsLowRank { get; init; }

    /// <summary>Whether files have A as [1, 1, heads, 1]; else it is [heads].</summary>
    public bool HasPaddedDecay { get; init; }

    /// <summary>l, the least ln g; null where nothing bounds it.</summary>
    public double? LeastDecay { get; init; }

    public double Epsilon { get; init; } = 1e-6;

    public KeptTokens? Kept => null;

    public IReadOnlyList<StateShape> States =>
        [.. Convolutions.Select(_ => CausalConvolution.State(Inner, Taps)), new([Heads, HeadWidth, HeadWidth], IsWide: true)];

    public RotarySpec? Rotary => null;

    /// <summary>Numbers of all heads.</summary>
    public int Inner => Heads * HeadWidth;

    /// <summary>Numbers that f and z are made of; null where they are made of the input.</summary>
    public int? Rank => IsLowRank ? HeadWidth : null;

    public ParameterSpec DecaySpec => new(ParameterKind.Other, $"{Module}.A_log", HasPaddedDecay ? [1, 1, Heads, 1] : [Heads])
    {
        GgufForm = GgufForm.Decay("ssm_a", [.. Enumerable.Range(0, Heads)], 1, 1, Heads, 1),
    };

    public ParameterSpec StepSpec => new(ParameterKind.Other, $"{Module}.dt_bias", [Inner]) { Gguf = "ssm_dt.bias" };

    /// <summary>The weights of the convolutions over queries, keys and values.</summary>
    public IReadOnlyList<ParameterSpec> Convolutions =>
    [
        .. new[] { "q", "k", "v" }.Select(name => CausalConvolution.WeightSpec($"{Module}.{name}_conv1d", Inner, Taps) with
        {
            GgufForm = GgufForm.Shaped($"ssm_conv1d_{name}.weight", [Inner, 1, Taps], 1, Inner, 1, Taps),
        }),
    ];

    public NormSpec OutputNorm => new($"{Module}.o_norm", HeadWidth, Epsilon) { Gguf = "ssm_norm" };

    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. Inputs.Concat(IsLowRank ? [DecayOut, GateOut] : []).Append(Out).SelectMany(linear => linear.Parameters), .. Convolutions,
        DecaySpec, StepSpec, .. NormSpec.All(OutputNorm),
    ];

    public IMixer Build(IPartReader reader) => new KimiDeltaNet(this, reader.Linears($"{Module}.in", Inputs),
        IsLowRank ? (reader.Linears($"{Module}.f_b", DecayOut), reader.Linears($"{Module}.g_b", GateOut)) : null,
        reader.Linears($"{Module}.o", Out), [.. Convolutions.Select(spec => new CausalConvolution(reader.Tensor(spec), null))],
        reader.Tensor(DecaySpec), reader.Tensor(StepSpec), reader.Norm(OutputNorm)!);

    private LinearSpec[] Inputs =>
    [
        Linear(LinearRole.Other, "q_proj", Inner, "attn_q"), Linear(LinearRole.Other, "k_proj", Inner, "attn_k"),
        Linear(LinearRole.Other, "v_proj", Inner, "attn_v"),
        Linear(LinearRole.Recurrence, IsLowRank ? "f_a_proj" : "f_proj", Rank ?? Inner, "ssm_f_a"),
        Linear(LinearRole.Other, IsLowRank ? "g_a_proj" : "g_proj", Rank ?? Inner, "ssm_g_a"),
        Linear(LinearRole.Recurrence, "b_proj", Heads, "ssm_beta"),
    ];

    private LinearSpec DecayOut => new(LinearRole.Recurrence, $"{Module}.f_b_proj", Inner, HeadWidth, "ssm_f_b");

    private LinearSpec GateOut => new(LinearRole.Other, $"{Module}.g_b_proj", Inner, HeadWidth, "ssm_g_b");

    private LinearSpec Out => new(LinearRole.Output, $"{Module}.{Output}", Width, Inner, "attn_output")
    {
        Others = [.. OtherOutputs.Select(name => $"{Module}.{name}")],
    };

    private LinearSpec Linear(LinearRole role, string name, int outputs, string gguf) =>
        new(role, $"{Module}.{name}", outputs, Width, gguf);
}
