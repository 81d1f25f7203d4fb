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
        GgufName = "granitehybrid",
        GgufKey = Keys.EmbeddingScale.Gguf,
        GgufOther = spec => HasMamba(spec) || GgufNotes.ExpertsOf(spec).Any() ? null : Granite.Row.GgufName,
        GgufPairs = true,
        GgufFault = spec => HasMamba(spec) || !GgufNotes.ExpertsOf(spec).Any() ? GgufNotes.MambaFault(spec)
            : "llama.cpp knows Granite 4 with experts and recurrent blocks, and this model has none of the latter",
        GgufNote = GgufNotes.Steps,
        Spellings = ["num_local_experts"],
        Idle = ["mamba_chunk_size", "normalization_function", "layers_block_type"],
        Ends = Granite.Row.Ends,
        Block = (c, i) => Granite.Row.Block(c, i) is var block ? block with
        {
            Mixer = (c.IsGguf ? c.HasNoKeys : c.IsLinear(i, _ => false)) ? c.Mamba(i)
                : (FullAttention)block.Mixer with { Rotary = Rotates(c) ? new Rotary(c).Of() : null },
            Feed = (c.Fields.Count(Keys.Experts) ?? 0) == 0 ? SharedOf(c)
                : (Experts)GraniteMoe.Row.Block(c, i).Feed with { Shared = SharedOf(c) },
        } : block,
    };

    private static bool HasMamba(ModelSpec spec) => Enumerable.Range(0, spec.BlockCount).Any(block => spec.Block(block).Mixer is Mamba2);

    private static bool Rotates(ModelConfig c) => c.IsGguf ? c.Fields.Flag(GgufRotary.IsRotated) ?? true
        : c.Fields.Text("position_embedding_type") == "rope";

    private static Gated SharedOf(ModelConfig c) =>
        c.IsGguf && (c.Fields.Count(Keys.Experts) ?? 0) == 0 ? GraniteMoe.SharedOf(c, c.FeedForwardWidth, "")
        : GraniteMoe.SharedOf(c) ?? throw c.Fields.Wrong("shared_intermediate_size", "the width of a feed-forward part");
}
