using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// Gated delta net (Yang et al., arXiv 2412.06464) as Qwen 3.5 has it: q, k, v = silu(conv(W x)), q and k of length 1 (q / √width beside),
/// β = σ(b), ln g = −exp(A) softplus(a + dt), o by <see cref="DecayingState"/>, and W_out (N(o) ⊙ silu(z)).
/// </summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="KeyHeads">Heads of queries and keys.</param>
/// <param name="ValueHeads">Heads of values, a multiple.</param>
/// <param name="KeyWidth">Numbers of a query and a key.</param>
/// <param name="ValueWidth">Numbers of a value.</param>
/// <param name="Taps">Tokens that convolutions see.</param>
internal sealed record GatedDelta(int Width, int KeyHeads, int ValueHeads, int KeyWidth, int ValueWidth, int Taps) : IMixerSpec
{
    public GatedDelta(ModelConfig c) : this(c.Width, Size(c, "linear_num_key_heads", "ssm.group_count"),
        Size(c, "linear_num_value_heads", "ssm.time_step_rank"), Size(c, "linear_key_head_dim", "ssm.state_size"),
        c.IsGguf ? InGguf(c) : Size(c, "linear_value_head_dim", ""),
        c.Fields.Size(c.IsGguf ? "ssm.conv_kernel" : "linear_conv_kernel_dim") ?? 4)
    {
        Epsilon = c.Number(Keys.RmsEpsilon, 1e-6);
        if (ValueHeads % KeyHeads != 0 || (long)ValueHeads * (KeyWidth + ValueWidth) > ConfigFields.GreatestSize)
            throw new LlmKickException($"'{c.Path}' has linear attention of {ValueHeads} value heads and {KeyHeads} key heads of widths "
                + $"{ValueWidth} and {KeyWidth}: the former are to be a multiple of the latter, and not more than any model has.");
    }

    /// <summary>How its projections lie in files.</summary>
    public DeltaLayout Layout { get; init; } = DeltaLayout.Split;

    /// <summary>Whether β reaches to 2, so that a state may change its sign (Grazzi et al., arXiv 2411.12537).</summary>
    public bool ReachesTwo { get; init; }

    /// <summary>Whether GGUF files have the value heads of all key heads in turn, in place of those of each key head together.</summary>
    public bool TakesTurnsInGguf { get; init; }

    public string Norm { get; init; } = "linear_attn.norm";

    public string Output { get; init; } = "linear_attn.out_proj";

    public double Epsilon { get; init; } = 1e-6;

    public KeptTokens? Kept => null;

    public IReadOnlyList<StateShape> States =>
    [
        .. Convolutions.Select(convolution => CausalConvolution.State((int)convolution.Shape[0], Taps)),
        new([ValueHeads, KeyWidth, ValueWidth], IsWide: true),
    ];

    public RotarySpec? Rotary => null;

    public int Queries => KeyHeads * KeyWidth;

    public int Values => ValueHeads * ValueWidth;

    public ParameterSpec DecaySpec => new(ParameterKind.Other, "linear_attn.A_log", [ValueHeads])
    {
        GgufForm = GgufForm.Decay("ssm_a", Heads, ValueHeads),
    };

    public ParameterSpec StepSpec => new(ParameterKind.Other, "linear_attn.dt_bias", [ValueHeads])
    {
        GgufForm = GgufForm.OfRows([ValueHeads], Heads, ("ssm_dt.bias", [ValueHeads])),
    };

    /// <summary>The weights of convolutions over queries, keys and values, one or three.</summary>
    public IReadOnlyList<ParameterSpec> Convolutions => Layout == DeltaLayout.Apart
        ? [Of("q_conv1d", Queries), Of("k_conv1d", Queries), Of("v_conv1d", Values)]
        : [CausalConvolution.WeightSpec("linear_attn.conv1d", 2 * Queries + Values, Taps, "ssm_conv1d", MixedRows)];

    public IEnumerable<ParameterSpec> Parameters =>
        [.. Inputs.Append(Out).SelectMany(linear => linear.Parameters), .. Convolutions, DecaySpec, StepSpec, .. NormSpec.All(OutputNorm)];

    public NormSpec OutputNorm => new(Norm, ValueWidth, Epsilon) { Gguf = "ssm_norm" };

    public IMixer Build(IPartReader reader) => new DeltaNet(this, reader.Linears("linear_attn.in", Inputs),
        reader.Linears("linear_attn.out", Out), [.. Convolutions.Select(spec => new CausalConvolution(reader.Tensor(spec), null))],
        reader.Tensor(DecaySpec), reader.Tensor(StepSpec), reader.Norm(OutputNorm)!);

    private LinearSpec[] Inputs => Layout switch
    {
        DeltaLayout.ByKeyHead =>
        [
            In("in_proj_qkvz", 2 * (Queries + Values)) with
            {
                GgufForm = GgufForm.OfRows([2 * (Queries + Values), Width], Together,
                    ("attn_qkv.weight", [2 * Queries + Values, Width]), ("attn_gate.weight", [Values, Width])),
            },
            Steers("in_proj_ba", 2 * ValueHeads, "ssm_ba"),
        ],
        DeltaLayout.One => [In("in_proj", 2 * (Queries + Values + ValueHeads))],
        DeltaLayout.Apart =>
        [
            In("q_proj", Queries), In("k_proj", Queries), In("v_proj", Values), In("g_proj", Values), Steers("b_proj", ValueHeads),
            Steers("a_proj", ValueHeads),
        ],
        _ =>
        [
            Moved(In("in_proj_qkv", 2 * Queries + Values), "attn_qkv", MixedRows), Moved(In("in_proj_z", Values), "attn_gate", ValueRows),
            Moved(Steers("in_proj_b", ValueHeads), "ssm_beta", Heads), Moved(Steers("in_proj_a", ValueHeads), "ssm_alpha", Heads),
        ],
    };

    private LinearSpec Out => new(LinearRole.Output, Output, Width, Values, "ssm_out")
    {
        GgufForm = TakesTurnsInGguf ? GgufForm.OfColumns("ssm_out.weight", [Width, Values], ValueRows) : null,
    };

    /// <summary>For each value head of a GGUF file the own one.</summary>
    private long[] Heads => [.. Enumerable.Range(0, ValueHeads)
        .Select(head => TakesTurnsInGguf ? (head % KeyHeads * PerKey) + (head / KeyHeads) : (long)head)];

    /// <summary>The same of the numbers of values.</summary>
    private long[] ValueRows =>
        [.. Heads.SelectMany(head => Enumerable.Range(0, ValueWidth).Select(number => (head * ValueWidth) + number))];

    /// <summary>The same of queries, keys and values behind each other.</summary>
    private long[] MixedRows =>
        [.. Enumerable.Range(0, 2 * Queries).Select(row => (long)row), .. ValueRows.Select(row => (2 * Queries) + row)];

    /// <summary>All queries, all keys, all values, all gates, of rows that have those of each key head together.</summary>
    private long[] Together
    {
        get
        {
            int[] widths = [KeyWidth, KeyWidth, PerKey * ValueWidth, PerKey * ValueWidth];
            return [.. widths.SelectMany((width, kind) => Enumerable.Range(0, KeyHeads).SelectMany(head =>
                Enumerable.Range(0, width).Select(row => ((long)head * widths.Sum()) + widths.Take(kind).Sum() + row)))];
        }
    }

    private int PerKey => ValueHeads / KeyHeads;

    private LinearSpec In(string name, int outputs, string? gguf = null) =>
        new(LinearRole.Other, $"linear_attn.{name}", outputs, Width, gguf);

    private LinearSpec Steers(string name, int outputs, string? gguf = null) =>
        In(name, outputs, gguf) with { Role = LinearRole.Recurrence };

    private static LinearSpec Moved(LinearSpec linear, string gguf, long[] order) => linear with
    {
        GgufForm = GgufForm.OfRows([linear.Outputs, linear.Inputs], order, (gguf + ".weight", [linear.Outputs, linear.Inputs])),
    };

    private ParameterSpec Of(string name, int channels) => CausalConvolution.WeightSpec($"linear_attn.{name}", channels, Taps);

    private static int Size(ModelConfig c, string key, string gguf) =>
        c.Fields.Need(c.Fields.Size(c.IsGguf ? gguf : key), c.IsGguf ? gguf : key);

    /// <summary>The width of a value in GGUF files, which say that of all together.</summary>
    private static int InGguf(ModelConfig c)
    {
        var (all, heads) = (Size(c, "", "ssm.inner_size"), Size(c, "", "ssm.time_step_rank"));
        return all % heads == 0 ? all / heads
            : throw new LlmKickException($"'{c.Path}' has recurrent mixers of {all} numbers (ssm.inner_size), which {heads} heads "
                + "(ssm.time_step_rank) do not divide.");
    }
}
