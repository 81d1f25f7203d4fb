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
    private const string TokenRows = "per_layer_token_embd.weight";

    // What all released models have, and llama.cpp in its code.
    private const int ReleasedRank = 64;
    private const int ReleasedInner = 256;
    private const int ReleasedStreams = 4;
    private const int ReleasedOwnKeys = 20;
    private const int ReleasedSparse = 10;
    private const double ReleasedShare = 0.95;
    private const double ReleasedCap = 30;

    public static Family Row { get; } = new("gemma3n_text")
    {
        Aliases = ["gemma3n"],
        Class = "Gemma3nForCausalLM",
        GgufName = "gemma3n",
        GgufByKind = true,
        GgufFault = Fault,
        TiedUnlessSaid = true,
        Idle = ["query_pre_attn_scalar", "altup_lr_multiplier", "hidden_act"],
        Ends = c => new()
        {
            EmbeddingScale = Math.Sqrt(c.Width),
            RoundsScale = true,
            FinalNorm = c.Rms("norm"),
            Tied = c.IsTied(true),
            LogitCap = c.IsGguf ? c.Number(Keys.LogitCap, ReleasedCap) : c.Number(Keys.LogitCap),
            Streams = Streams(c),
            Tokens = new(c.IsGguf ? (int)Math.Min(c.RowsOf(TokenRows), ConfigFields.GreatestSize)
                : c.Fields.Size("vocab_size_per_layer_input") ?? c.Vocabulary ?? 0, c.BlockCount, Inner(c),
                c.RmsOf(Inner(c), "per_layer_projection_norm", gguf: "per_layer_proj_norm")),
        },
        Block = Block,
    };

    private static BlockSpec Block(ModelConfig c, int i)
    {
        c.Fields.Skip("attention.key_length_swa", "attention.value_length_swa");
        var (keysOf, isLookedAt) = c.SharedKeys(i, c.IsGguf ? "attention.shared_kv_layers" : "num_kv_shared_layers", j => IsSliding(c, j));
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
                Scale = c.ScoreScale(1),
                Window = sliding ? c.Window : null,
                Rotary = new Rotary(c) { Base = 1_000_000, LocalBase = 10_000 }.Of(sliding),
                KeysOf = keysOf,
                IsLookedAt = isLookedAt,
                HasIdleKeysInGguf = true,
            },
            Feed = new Gated(c.Width, FeedWidth(c, i), Gate(c, i)),
            TokenInput = new(c.Width, Inner(c), c.GeluActivation("hidden_activation"),
                c.RmsOf(c.Width, "post_per_layer_input_norm", gguf: "post_norm")),
            Laurel = new(c.Width, c.IsGguf ? (int)Math.Min(c.RowsOf($"blk.{i}.laurel_l.weight"), ConfigFields.GreatestSize)
                : c.Fields.Size("laurel_rank") ?? ReleasedRank, c.RmsOf(c.Width, "laurel.post_laurel_norm", gguf: "laurel_post_norm")),
            Streams = new(c.Width, Streams(c), Active(c), c.RmsOf(c.Width, "altup.router_norm", gguf: "altup_router_norm"))
            {
                Clip = c.Fields.Number("altup_coef_clip"),
                Scales = c.Fields.Flag("altup_correct_scale") ?? true,
            },
        };
    }

    private static int Inner(ModelConfig c) =>
        c.Fields.Need(c.Fields.Size(c.IsGguf ? TokenTable.WidthKey : "hidden_size_per_layer_input"), "hidden_size_per_layer_input");

    // More hidden states than any model has would make products of sizes overflow.
    private static int Streams(ModelConfig c) => c.Fields.Size(c.IsGguf ? StreamsSpec.CountKey : "altup_num_inputs", 64) ?? 4;

    private static int Active(ModelConfig c) => (c.Fields.Count(c.IsGguf ? StreamsSpec.ActiveKey : "altup_active_idx") ?? 0) is var active
        && active < Streams(c) ? active
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
        var share = c.IsGguf ? InGguf(c, block) : c.Fields.Numbers(Sparsity) is not null ? ByBlock(c, Sparsity)[block]
            : c.BlockCount > ReleasedSparse && block < ReleasedSparse ? ReleasedShare : 0;
        var gelu = c.GeluActivation("hidden_activation");
        return share switch
        {
            0 => gelu,
            > 0 and < 1 => gelu.OfGreatest(share),
            _ => throw c.Fields.Wrong(Sparsity, "a list of shares from 0 to below 1"),
        };
    }

    /// <summary>Metadata have Φ⁻¹ of the share, which is −∞ where none is dropped.</summary>
    private static double InGguf(ModelConfig c, int block) => c.Fields.Limits(Activation.DeviationsKey) is not { } all
        ? block < ReleasedSparse ? ReleasedShare : 0
        : all.Count != c.BlockCount || (double.IsFinite(all[block]) && Math.Abs(all[block] - Activation.Deviations(ReleasedShare)) > 1e-3)
            ? throw c.Fields.Wrong(Activation.DeviationsKey, "a list of −∞ and 1.645 (the share 0.95), one a block")
        : double.IsFinite(all[block]) ? ReleasedShare : 0;

    private static string? Fault(ModelSpec spec)
    {
        var blocks = Enumerable.Range(0, spec.BlockCount).Select(spec.Block).ToList();
        var (streams, laurel) = (blocks[0].Streams!, blocks[0].Laurel!);
        if ((streams.Count, streams.Active, spec.Ends.Tokens!.Width, laurel.Rank) != (ReleasedStreams, 0, ReleasedInner, ReleasedRank))
            return "llama.cpp computes every Gemma 3n with altup_num_inputs 4, altup_active_idx 0, hidden_size_per_layer_input 256 and "
                + $"laurel_rank 64, this model has {streams.Count}, {streams.Active}, {spec.Ends.Tokens.Width} and {laurel.Rank}";
        foreach (var (index, block) in blocks.Index())
        {
            var attention = (FullAttention)block.Mixer;
            if (((Gated)block.Feed).Activation.Dropped != (index < ReleasedSparse ? ReleasedShare : 0))
                return "llama.cpp computes every Gemma 3n with 0.95 for the first ten blocks in activation_sparsity_pattern and 0 for the "
                    + $"others, this model has another share in block {index}";
            if (attention.Window is null != ((index + 1) % 5 == 0))
                return "llama.cpp gives all but every fifth block of Gemma 3n a window, this model's are others (layer_types)";
            if (attention.KeysOf is null != index < ReleasedOwnKeys)
                return "llama.cpp lets all blocks of Gemma 3n behind the first 20 look at the keys of earlier ones, this model has "
                    + $"{blocks.Count(other => ((FullAttention)other.Mixer).KeysOf is not null)} such blocks of {blocks.Count} "
                    + "(num_kv_shared_layers)";
        }
        if (blocks.Select(block => ((Gated)block.Feed).Inner).Distinct().Count() > 1)
            return "llama.cpp has one width of the feed-forward parts of Gemma 3n, this model several (intermediate_size)";
        return spec.Ends.LogitCap == ReleasedCap ? null
            : "llama.cpp caps the logits of every Gemma 3n at 30, this model otherwise (final_logit_softcapping)";
    }

    private static IReadOnlyList<double> ByBlock(ModelConfig c, string name) => c.Fields.Numbers(name) is { } all
        && all.Count == c.BlockCount ? all
        : throw new LlmKickException($"'{c.Path}' has {c.Fields.Numbers(name)?.Count} numbers in {name} for {c.BlockCount} blocks: it "
            + "needs one for each.");
}
