using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Bamba: Mamba 2 in most blocks, attention in some, half of its heads' numbers rotated.</summary>
internal static class Bamba
{
    /// <summary>The key that lists the blocks with attention.</summary>
    public const string AttentionBlocks = "attn_layer_indices";

    public static Family Row { get; } = new("bamba")
    {
        Class = "BambaForCausalLM",
        GgufName = "granitehybrid",
        GgufPairs = true,
        GgufFault = GgufNotes.MambaFault,
        GgufNote = GgufNotes.Steps,
        Spellings = [AttentionBlocks],
        Idle = ["mamba_chunk_size", "num_logits_to_keep", "z_loss_coefficient", "attn_rotary_emb"],
        Ends = c => new() { FinalNorm = c.Rms("final_layernorm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("pre_ff_layernorm")),
            Mixer = (c.IsGguf ? c.HasNoKeys : c.IsLinear(i, block => c.Fields.Numbers(AttentionBlocks)?.Contains(block) != true))
                ? c.Mamba(i)
                : new FullAttention(c)
                {
                    QkvBias = c.HasBias(Keys.AttentionBias),
                    OutputBias = c.HasBias(Keys.AttentionBias),
                    Rotary = new Rotary(c) { Share = 0.5 }.Of(),
                },
            Feed = new Gated(c, c.Activation(Activation.Silu))
            {
                Gate = "feed_forward.gate_proj",
                Up = "feed_forward.up_proj",
                Down = "feed_forward.down_proj",
                HasBias = c.HasBias(Keys.FeedForwardBias),
            },
        },
    };
}
