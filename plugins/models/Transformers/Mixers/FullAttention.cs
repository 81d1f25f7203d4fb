using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// Causal attention over all or the last tokens (Vaswani et al., arXiv 1706.03762), with fewer key heads than query heads where a model has
/// them (Ainslie et al., arXiv 2305.13245). What is not said is Llama's.
/// </summary>
/// <param name="width">Numbers of a hidden state.</param>
/// <param name="heads">Query heads.</param>
/// <param name="keyValueHeads">Key and value heads, a divisor.</param>
/// <param name="headWidth">Numbers of a head.</param>
internal sealed record FullAttention(int width, int heads, int keyValueHeads, int headWidth) : IMixerSpec
{
    public FullAttention(ModelConfig c) : this(c.Width, c.Heads, c.KeyValueHeads, c.HeadWidth)
    {
    }

    public int Heads => heads;

    public int KeyValueHeads => keyValueHeads;

    public int HeadWidth => headWidth;

    /// <summary>What stands before the linears' names.</summary>
    public string Module { get; init; } = "self_attn";

    public string Query { get; init; } = "q_proj";

    public string Key { get; init; } = "k_proj";

    public string Value { get; init; } = "v_proj";

    public string Output { get; init; } = "o_proj";

    /// <summary>The one matrix that makes queries, keys and values; null for three.</summary>
    public string? Fused { get; init; }

    public FusedOrder Order { get; init; }

    /// <summary>Whether folders store matrices as [inputs, outputs].</summary>
    public bool Transposed { get; init; }

    public bool QkvBias { get; init; }

    public bool OutputBias { get; init; }

    /// <summary>Norms of queries and keys: of each head, or of the whole projection where they are as wide as that.</summary>
    public NormSpec? QueryNorm { get; init; }

    public NormSpec? KeyNorm { get; init; }

    /// <summary>A norm of each head of the values.</summary>
    public NormSpec? ValueNorm { get; init; }

    /// <summary>The name of a number a head that stands under the softmax beside the scores, so that a token may look at nothing (gpt-oss,
    /// arXiv 2508.10925; Xiao et al., arXiv 2309.17453); null for none.</summary>
    public string? Sinks { get; init; }

    /// <summary>What the heads' outputs are multiplied by before they are put together; null for nothing.</summary>
    public OutputGate? Gate { get; init; }

    /// <summary>What queries are multiplied by once they are rotated, as wide as all of them; null for nothing.</summary>
    public ScaleSpec? QueryScale { get; init; }

    /// <summary>A norm of all heads' outputs, behind the gate; null for none.</summary>
    public NormSpec? OutputNorm { get; init; }

    /// <summary>Whether queries and keys are rotated before they are normed.</summary>
    public bool RotatesFirst { get; init; }

    /// <summary>What scores are multiplied by; 1 / √(head width) where null.</summary>
    public double? Scale { get; init; }

    /// <summary>c in c · tanh(score / c); null for none.</summary>
    public double? ScoreCap { get; init; }

    /// <summary>Tokens that a query sees, itself included; null for all.</summary>
    public int? Window { get; init; }

    /// <summary>Tokens of a chunk, counted from the text's first: a query sees those of its own chunk alone; null for no chunks.</summary>
    public int? Chunk { get; init; }

    public RotarySpec? Rotary { get; init; }

    public Alibi? Alibi { get; init; }

    /// <summary>What queries are multiplied by at far positions; null for nothing.</summary>
    public QueryGrowth? Growth { get; init; }

    /// <summary>Queries, keys and values are cut to [−Clip, Clip]; null for not.</summary>
    public double? Clip { get; init; }

    /// <summary>Whether values are the keys as they are before norm and rotation.</summary>
    public bool KeysAreValues { get; init; }

    /// <summary>The block whose keys and values are looked at; null for the own.</summary>
    public int? KeysOf { get; init; }

    /// <summary>Whether GGUF files have keys and values of blocks that look at others' too, which llama.cpp does not use.</summary>
    public bool HasIdleKeysInGguf { get; init; }

    /// <summary>Whether later blocks look at these keys and values.</summary>
    public bool IsLookedAt { get; init; }

    /// <summary>The linears that read the input.</summary>
    public IReadOnlyList<LinearSpec> Inputs => Fused is not null ? [FusedLinear]
        : KeysOf is not null ? [Linear(LinearRole.Query, Query, heads, "attn_q") with { GgufForm = HasIdleKeysInGguf
            ? GgufForm.Beside("attn_q.weight", [heads * headWidth, width], ("attn_k.weight", keyValueHeads * headWidth),
                ("attn_v.weight", keyValueHeads * headWidth)) : null }] :
    [
        Linear(LinearRole.Query, Query, Gate is { Name: null } ? 2 * heads : heads, "attn_q"),
        Linear(LinearRole.Key, Key, keyValueHeads, "attn_k"),
        .. KeysAreValues ? [] : (LinearSpec[])[Linear(LinearRole.Value, Value, keyValueHeads, "attn_v")],
        .. Gate?.Name is { } gate
            ? (LinearSpec[])[new(LinearRole.Other, $"{Module}.{gate}", Gate.IsOfHead ? heads : heads * headWidth, width, "attn_gate")] : [],
    ];

    public LinearSpec Out => new(LinearRole.Output, $"{Module}.{Output}", width, heads * headWidth, "attn_output") { HasBias = OutputBias,
        Transposed = Transposed };

    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. Inputs.Append(Out).SelectMany(linear => linear.Parameters),
        .. NormSpec.All(KeysOf is not null && HasIdleKeysInGguf && QueryNorm is { HasWeight: true } norm
            ? norm with { GgufForm = GgufForm.Beside("attn_q_norm.weight", [norm.Width], ("attn_k_norm.weight", norm.Width)) } : QueryNorm,
            KeysOf is null ? KeyNorm : null, KeysOf is null ? ValueNorm : null, OutputNorm),
        .. ScaleSpec.All(QueryScale, Gate?.Scale),
        .. Sinks is null ? [] : (ParameterSpec[])[SinksSpec],
    ];

    public KeptTokens? Kept => KeysOf is null ? new(keyValueHeads, headWidth, headWidth) : null;

    public IMixer Build(IPartReader reader) => new Attention(
        this, reader.Linears($"{Module}.{(KeysOf is null ? "qkv" : "q")}", Inputs), reader.Linears($"{Module}.o", Out),
        reader.Norm(QueryNorm), reader.Norm(KeysOf is null ? KeyNorm : null), reader.Norm(KeysOf is null ? ValueNorm : null),
        Sinks is null ? null : reader.Tensor(SinksSpec))
    {
        OutputNorm = reader.Norm(OutputNorm),
        QueryScale = QueryScale?.Build(reader),
        GateScale = Gate?.Scale?.Build(reader),
    };

    private ParameterSpec SinksSpec => new(ParameterKind.Other, $"{Module}.{Sinks}", [heads]) { Gguf = "attn_sinks.weight" };

    private LinearSpec FusedLinear => new(LinearRole.Other, $"{Module}.{Fused}",
        ((Gate is { IsFirst: true } ? 2 : 1) * heads + 2 * keyValueHeads) * headWidth, width, "attn_qkv")
    {
        HasBias = QkvBias,
        Transposed = Transposed,
        Rows = new RowOrder(heads, keyValueHeads, headWidth, Order, Rotated),
    };

    private LinearSpec Linear(LinearRole role, string name, int count, string gguf) =>
        new(role, $"{Module}.{name}", count * headWidth, width, gguf)
    {
        HasBias = QkvBias,
        Rows = role == LinearRole.Value ? null : new RowOrder(count, 0, headWidth, FusedOrder.Kinds, Rotated),
    };

    /// <summary>GGUF files have the rows of all blocks in one order, of those too that do not rotate.</summary>
    private int Rotated => Rotary switch
    {
        null => headWidth,
        { Interleaved: false, Width: var rotated } => rotated,
        _ => 0,
    };
}

/// <summary>Queries at position p are multiplied by 1 + β ln(1 + ⌊(p + first) / context⌋) (Llama 4, Ministral 3).</summary>
/// <param name="Beta">β.</param>
/// <param name="OriginalContext">Tokens of the context trained on before.</param>
internal sealed record QueryGrowth(double Beta, int OriginalContext)
{
    /// <summary>What the first position counts as.</summary>
    public int First { get; init; }
}
