using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Granite 4 H: Granite with Mamba 2 in most blocks, experts beside a shared part, or that part alone.</summary>
internal static class GraniteMoeHybrid
{
    public static Family Row { get; } = new("granitemoehybrid")
    {
        Class = "GraniteMoeHybridForCausalLM",
        GgufFault = GgufNotes.NoRecurrent,
        Idle = ["mamba_chunk_size", "normalization_function", "layers_block_type"],
        Ends = Granite.Row.Ends,
        Block = (c, i) => Granite.Row.Block(c, i) is var block ? block with
        {
            Mixer = c.IsLinear(i, _ => false) ? c.Mamba()
                : (FullAttention)block.Mixer with { Rotary = Rotates(c) ? new Rotary(c).Of() : null },
            Feed = (c.Fields.Count(Keys.Experts) ?? 0) == 0 ? SharedOf(c)
                : (Experts)GraniteMoe.Row.Block(c, i).Feed with { Shared = SharedOf(c) },
        } : block,
    };

    private static bool Rotates(ModelConfig c) => c.Fields.Text("position_embedding_type") == "rope";

    private static Gated SharedOf(ModelConfig c) =>
        GraniteMoe.SharedOf(c) ?? throw c.Fields.Wrong("shared_intermediate_size", "the width of a feed-forward part");
}
