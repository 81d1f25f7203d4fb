using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>
/// Gemma 3n: several hidden states of which blocks compute with one, an augmented residual beside attention, embeddings of the tokens for
/// each block, last blocks that look at the keys of earlier ones, and first blocks whose gates pass only what stands out.
/// </summary>
internal static class Gemma3n
{
    private const string Sparsity = "activation_sparsity_pattern";

    public static Family Row { get; } = new("gemma3n_text")
    {
        Aliases = ["gemma3n"],
        Class = "Gemma3nForCausalLM",
        GgufFault = _ => "GGUF files hold the tensors of several hidden states stacked, which is not written yet for 'gemma3n_text'",
        TiedUnlessSaid = true,
        Idle = ["query_pre_attn_scalar", "altup_lr_multiplier", "hidden_act"],
        Ends = c => new()
        {
            EmbeddingScale = Math.Sqrt(c.Width),
            RoundsScale = true,
            FinalNorm = c.Rms("norm"),
            Tied = c.IsTied(true),
            LogitCap = c.Number(Keys.LogitCap),
            Streams = Streams(c),
            Tokens = new(c.Fields.Size("vocab_size_per_layer_input") ?? c.Vocabulary ?? 0, c.BlockCount, Inner(c),
                c.RmsOf(Inner(c), "per_layer_projection_norm")),
        },
        Block = Block,
    };

    private static BlockSpec Block(ModelConfig c, int i)
    {
        var (keysOf, isLookedAt) = c.SharedKeys(i, "num_kv_shared_layers", j => IsSliding(c, j));
        var sliding = IsSliding(c, i);
        return new()
        {
            Flow = Flow.Around(
                c.Rms("input_layernorm"), c.Rms("post_attention_layernorm"), c.Rms("pre_feedforward_layernorm"),
                c.Rms("post_feedforward_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                ValueNorm = c.Weightless(c.HeadWidth, "self_attn.v_norm"),
                Scale = 1,
                Window = sliding ? c.Window : null,
                Rotary = new Rotary(c) { Base = 1_000_000, LocalBase = 10_000 }.Of(sliding),
                KeysOf = keysOf,
                IsLookedAt = isLookedAt,
            },
            Feed = new Gated(c.Width, FeedWidth(c, i), Gate(c, i)),
            TokenInput = new(c.Width, Inner(c), c.GeluActivation("hidden_activation"), c.Rms("post_per_layer_input_norm")),
            Laurel = new(c.Width, c.Fields.Size("laurel_rank") ?? 64, c.Rms("laurel.post_laurel_norm")),
            Streams = new(c.Width, Streams(c), Active(c), c.Rms("altup.router_norm"))
            {
                Clip = c.Fields.Number("altup_coef_clip"),
                Scales = c.Fields.Flag("altup_correct_scale") ?? true,
            },
        };
    }

    private static int Inner(ModelConfig c) => c.Fields.Need(c.Fields.Size("hidden_size_per_layer_input"), "hidden_size_per_layer_input");

    // More hidden states than any model has would make products of sizes overflow.
    private static int Streams(ModelConfig c) => c.Fields.Size("altup_num_inputs", 64) ?? 4;

    private static int Active(ModelConfig c) => (c.Fields.Count("altup_active_idx") ?? 0) is var active && active < Streams(c) ? active
        : throw c.Fields.Wrong("altup_active_idx", $"the number of one of {Streams(c)} hidden states, counted from 0");

    private static bool IsSliding(ModelConfig c, int block) => c.IsSliding(block, i => (i + 1) % 5 != 0);

    /// <summary>One width, or a list of one a block.</summary>
    private static int FeedWidth(ModelConfig c, int block)
    {
        const string name = "intermediate_size";
        if (!c.Fields.Has(name) || c.Fields.Raw(name).ValueKind != JsonValueKind.Array)
            return c.FeedForwardWidth;
        var width = ByBlock(c, name)[block];
        return width is >= 1 and <= ConfigFields.GreatestSize && width == Math.Floor(width) ? (int)width
            : throw c.Fields.Wrong(name, "a list of widths");
    }

    /// <summary>The gate's activation function. Where no share is named, the first ten of more than ten blocks drop 0.95.</summary>
    private static Activation Gate(ModelConfig c, int block)
    {
        var share = c.Fields.Numbers(Sparsity) is not null ? ByBlock(c, Sparsity)[block]
            : c.BlockCount > 10 && block < 10 ? 0.95 : 0;
        var gelu = c.GeluActivation("hidden_activation");
        return share switch
        {
            0 => gelu,
            > 0 and < 1 => gelu.OfGreatest(share),
            _ => throw c.Fields.Wrong(Sparsity, "a list of shares from 0 to below 1"),
        };
    }

    private static IReadOnlyList<double> ByBlock(ModelConfig c, string name) => c.Fields.Numbers(name) is { } all
        && all.Count == c.BlockCount ? all
        : throw new LlmKickException($"'{c.Path}' has {c.Fields.Numbers(name)?.Count} numbers in {name} for {c.BlockCount} blocks: it "
            + "needs one for each.");
}
