using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>HRM-Text: a low and a high stack of blocks that run in cycles with the same weights (see <see cref="TwoStacks"/>); no norm has
/// weights, and a gate stands on every channel of attention.</summary>
internal static class HrmText
{
    public static Family Row { get; } = new("hrm_text")
    {
        Class = "HrmTextForCausalLM",
        Idle = ["L_bp_cycles"],
        BlockCount = c => 2 * Depth(c),
        BlockName = (c, i) => i < Depth(c) ? $"L_module.layers.{i}" : $"H_module.layers.{i - Depth(c)}",
        Ends = c => new()
        {
            EmbeddingScale = c.Fields.Number("embedding_scale") ?? 1 / (c.Fields.Number("initializer_range") ?? 0.02),
            Start = "z_L_init",
            FinalNorm = null,
            Tied = c.IsTied(),
        },
        Loop = c =>
        {
            if (c.Fields.Flag("prefix_lm") ?? false)
                c.Note("prompts are read from left to right, as the reference reads them where no token is marked as of a prefix "
                    + "(prefix_lm)");
            var (cycles, inner) = (Cycles(c, "H_cycles"), Cycles(c, "L_cycles"));
            return cycles * (inner + 1) <= Loop.MostRounds ? new TwoStacks(Depth(c), cycles, inner, Norm(c))
                : throw new LlmKickException($"'{c.Path}' has {cycles} cycles (H_cycles) of {inner} inner ones (L_cycles), in which blocks "
                    + $"would run {cycles * (inner + 1)} times: more than any model's, over {Loop.MostRounds}.");
        },
        Block = (c, _) => new()
        {
            Flow = Flow.Before(Norm(c), Norm(c)),
            Mixer = new FullAttention(c)
            {
                Module = "attn",
                Fused = "gqkv_proj",
                Gate = new OutputGate(null, IsOfHead: false, Activation.Sigmoid) { IsFirst = true },
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { Fused = "mlp.gate_up_proj" },
        },
    };

    /// <summary>Blocks of a stack. Where it is named, <c>num_hidden_layers</c> counts all runs of all blocks.</summary>
    private static int Depth(ModelConfig c)
    {
        var all = c.BlockCount;
        return c.Fields.Size("num_layers_per_stack") ?? all;
    }

    private static int Cycles(ModelConfig c, string key) => c.Fields.Need(c.Fields.Size(key, Loop.MostRounds), key);

    private static NormSpec Norm(ModelConfig c) => c.Weightless(c.Width, "norm");
}
