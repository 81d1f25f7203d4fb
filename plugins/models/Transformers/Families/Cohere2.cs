using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Command R7B and Command A: one LayerNorm without bias before attention and feed-forward side by side; only blocks with a window
/// rotate.</summary>
internal static class Cohere2
{
    public static Family Row { get; } = new("cohere2")
    {
        Class = "Cohere2ForCausalLM",
        GgufName = "cohere2",
        TiedUnlessSaid = true,
        Idle = ["use_qk_norm", "use_parallel_block", "use_embedding_sharing", "use_gated_activation", "use_parallel_embedding",
            "position_embedding_type", "rotary_pct", "order_of_interleaved_layers", "cache_implementation"],
        Ends = c => new() { FinalNorm = c.Layer("norm", bias: false), Tied = c.IsTied(true), LogitScale = c.Number(Keys.LogitScale, 1) },
        Block = (c, i) => Block(c, i),
    };

    /// <param name="c">The configuration.</param>
    /// <param name="i">The block.</param>
    /// <param name="first">The block from which the rule counts; those before it have no window by it.</param>
    /// <param name="fullFirst">As in <see cref="Family.GgufFullFirst"/>.</param>
    public static BlockSpec Block(ModelConfig c, int i, int first = 0, bool fullFirst = false)
    {
        var sliding = c.IsSliding(i, block => block >= first && (block - first + 1) % (c.Fields.Size(Keys.WindowPattern) ?? 4) != 0,
            fullFirst);
        return new()
        {
            Flow = Flow.Parallel(c.Layer("input_layernorm", bias: false)),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                Window = sliding ? c.Window : null,
                Rotary = sliding ? new Rotary(c) { Interleaved = true }.Of() : null,
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        };
    }
}
