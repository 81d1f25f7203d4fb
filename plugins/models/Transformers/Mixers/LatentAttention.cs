using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// Attention whose keys and values are made of one short vector of each token (DeepSeek-V2, arXiv 2405.04434): k = [W_k c, p], v = W_v c
/// with c = N(the first part of W x), and p, the rest of it rotated, one for all heads. Queries come from such a vector too, or from the
/// input.
/// </summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Heads">Heads.</param>
/// <param name="KeyRank">Numbers of c.</param>
internal sealed record LatentAttention(int Width, int Heads, int KeyRank) : IMixerSpec
{
    /// <summary>The key of GGUF metadata that has the width of a head's keys; <c>attention.key_length</c> is that of what is
    /// kept.</summary>
    public const string KeyWidthKey = "attention.key_length_mla";

    public LatentAttention(ModelConfig c) : this(c.Width, c.Heads, c.Fields.Need(Keys.KeyRank))
    {
        QueryRank = (c.IsGguf ? c.Fields.Count(Keys.QueryRank) : c.Fields.Size(Keys.QueryRank)) is > 0 and var rank ? rank : null;
        Rotated = c.Fields.Need(Keys.RotatedWidth);
        Plain = c.IsGguf ? PlainInGguf(c, Rotated) : c.Fields.Need(Keys.PlainWidth);
        ValueWidth = c.Fields.Size(Keys.ValueWidth) ?? (c.IsGguf ? c.Fields.Size("attention.value_length") : null) ?? c.Width / c.Heads;
        HasBias = !c.IsGguf && c.Flag(Keys.AttentionBias);
        if ((long)Heads * (KeyWidth + ValueWidth) > ConfigFields.GreatestSize)
            throw new LlmKickException($"'{c.Path}' has {Heads} heads with keys of {KeyWidth} and values of {ValueWidth} numbers, more "
                + "than any model.");
    }

    /// <summary>Numbers that queries are made of; null where they are made of the input.</summary>
    public int? QueryRank { get; init; }

    /// <summary>Numbers of a head that are not rotated.</summary>
    public int Plain { get; init; }

    /// <summary>Numbers of a head that are.</summary>
    public int Rotated { get; init; }

    public int ValueWidth { get; init; }

    public int KeyWidth => Plain + Rotated;

    public RotarySpec? Rotary { get; init; }

    /// <summary>What scores are multiplied by; 1 / √(width of a key) where null.</summary>
    public double? Scale { get; init; }

    /// <summary>ε of the norms of both vectors.</summary>
    public double Epsilon { get; init; } = 1e-6;

    public bool HasBias { get; init; }

    /// <summary>Whether GGUF files have the parts of keys and of values apart, the former transposed, so that queries can be multiplied by
    /// it in place of keys; else one matrix.</summary>
    public bool IsApartInGguf { get; init; } = true;

    public string Module { get; init; } = "self_attn";

    public string Output { get; init; } = "o_proj";

    /// <summary>What the heads' outputs are multiplied by before they are put together; null for nothing.</summary>
    public OutputGate? Gate { get; init; }

    /// <summary>Rows of <see cref="Gate"/>'s linear.</summary>
    public int GateWidth => Gate is null ? 0 : Gate.IsOfHead ? Heads : Heads * ValueWidth;

    public NormSpec? QueryNorm => QueryRank is { } rank ? new($"{Module}.q_a_layernorm", rank, Epsilon) { Gguf = "attn_q_a_norm" } : null;

    public NormSpec KeyNorm => new($"{Module}.kv_a_layernorm", KeyRank, Epsilon) { Gguf = "attn_kv_a_norm" };

    public KeptTokens? Kept => new(1, KeyRank, Rotated);

    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. Inputs.Concat(QueryRank is null ? [] : [QueryOut]).Append(KeysOut).Append(Out).SelectMany(linear => linear.Parameters),
        .. NormSpec.All(QueryNorm, KeyNorm),
    ];

    public IMixer Build(IPartReader reader) => new Latents(
        this, reader.Linears($"{Module}.qkv_a", Inputs), QueryRank is null ? null : reader.Linears($"{Module}.q_b", QueryOut),
        reader.Linears($"{Module}.kv_b", KeysOut), reader.Linears($"{Module}.o", Out), reader.Norm(QueryNorm), reader.Norm(KeyNorm)!);

    private LinearSpec[] Inputs =>
    [
        QueryRank is { } rank
            ? new(LinearRole.Other, $"{Module}.q_a_proj", rank, Width, "attn_q_a") { HasBias = HasBias }
            : new(LinearRole.Query, $"{Module}.q_proj", Heads * KeyWidth, Width, "attn_q"),
        new(LinearRole.Other, $"{Module}.kv_a_proj_with_mqa", KeyRank + Rotated, Width, "attn_kv_a_mqa") { HasBias = HasBias },
        .. Gate is null ? [] : (LinearSpec[])[new(LinearRole.Other, $"{Module}.{Gate.Name}", GateWidth, Width, null)],
    ];

    private LinearSpec QueryOut => new(LinearRole.Query, $"{Module}.q_b_proj", Heads * KeyWidth, QueryRank!.Value, "attn_q_b");

    private LinearSpec KeysOut => new(LinearRole.Other, $"{Module}.kv_b_proj", Heads * (Plain + ValueWidth), KeyRank, "attn_kv_b")
    {
        GgufForm = IsApartInGguf ? Apart : null,
    };

    private GgufForm Apart => new(
    [
        new("attn_k_b.weight", [Heads, KeyRank, Plain], weight => ByHead(weight).narrow(1, 0, Plain).transpose(1, 2)),
        new("attn_v_b.weight", [Heads, ValueWidth, KeyRank], weight => ByHead(weight).narrow(1, Plain, ValueWidth)),
    ], parts => cat([parts[0].transpose(1, 2), parts[1]], 1).reshape(-1, KeyRank));

    private Tensor ByHead(Tensor weight) => weight.reshape(Heads, Plain + ValueWidth, KeyRank);

    private static int PlainInGguf(ModelConfig c, int rotated) =>
        c.Fields.Need(c.Fields.Size(KeyWidthKey) ?? c.Fields.Size("attention.key_length"), KeyWidthKey) is var width && width > rotated
            ? width - rotated : throw new LlmKickException($"'{c.Path}' rotates {rotated} numbers of keys of width {width}, which is not "
                + "less: latent attention has numbers that are not rotated beside them.");

    private LinearSpec Out => new(LinearRole.Output, $"{Module}.{Output}", Width, Heads * ValueWidth, "attn_output") { HasBias = HasBias };
}
