using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Llama 4: chunks of tokens that see each other alone in blocks that rotate, queries that grow with their position in the others,
/// experts whose inputs are weighed, and a shared one.</summary>
internal static class Llama4
{
    // Tokens of a chunk, and those from which queries grow, in all released models.
    private const int ReleasedLength = 8192;

    public static Family Row { get; } = new("llama4_text")
    {
        Aliases = ["llama4"],
        Class = "Llama4ForCausalLM",
        GgufName = "llama4",
        GgufExpertsInTurn = true,
        GgufFault = Fault,
        Spellings = ["num_local_experts"],
        Idle = ["no_rope_layer_interval"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = Attention(c, i, IsRotated(c, i)),
            Feed = HasExperts(c, i) ? Of(c)
                : Part(c, c.IsGguf ? c.FeedForwardWidth : c.Fields.Size("intermediate_size_mlp") ?? 16384, "feed_forward"),
        },
    };

    private static FullAttention Attention(ModelConfig c, int block, bool rotated)
    {
        var normed = rotated && (c.IsGguf ? IsNormedInGguf(c.Fields.Need(Keys.Experts)) : c.Fields.Flag("use_qk_norm") ?? true);
        return new(c)
        {
            QkvBias = c.HasBias(Keys.AttentionBias),
            OutputBias = c.HasBias(Keys.AttentionBias),
            QueryNorm = normed ? c.Weightless(c.HeadWidth, "self_attn.q_norm") : null,
            KeyNorm = normed ? c.Weightless(c.HeadWidth, "self_attn.k_norm") : null,
            RotatesFirst = true,
            Chunk = !IsChunked(c, block, rotated) ? null
                : c.IsGguf ? ReleasedLength : c.Fields.Size("attention_chunk_size", int.MaxValue),
            Rotary = rotated ? new Rotary(c) { Interleaved = true, Base = 500_000 }.Of() : null,
            Growth = !rotated && (c.Fields.Flag("attn_temperature_tuning") ?? true)
                ? new(c.Fields.Number("attn_scale") ?? 0.1, c.Fields.Size("floor_scale") ?? ReleasedLength) { First = 1 } : null,
        };
    }

    private static Experts Of(ModelConfig c) => new(c.Router(RouterScore.Sigmoid) with
    {
        Name = "feed_forward.router",
        ChoosesByLogits = true,
    }, ExpertWidth(c), c.Activation(Activation.Silu))
    {
        Module = "feed_forward.experts",
        Stacks = [new("feed_forward.experts.gate_up_proj", "feed_forward.experts.down_proj") { Transposed = true }],
        WeighsInputs = true,
        Shared = Part(c, ExpertWidth(c), "feed_forward.shared_expert") with { GgufSuffix = "_shexp" },
    };

    private static int ExpertWidth(ModelConfig c) => c.IsGguf ? c.ExpertWidth() : c.FeedForwardWidth;

    private static Gated Part(ModelConfig c, int width, string module) => new(c.Width, width, c.Activation(Activation.Silu))
    {
        Gate = $"{module}.gate_proj",
        Up = $"{module}.up_proj",
        Down = $"{module}.down_proj",
    };

    private static bool HasExperts(ModelConfig c, int block) => c.Fields.Numbers("moe_layers")?.Contains(block)
        ?? (block + 1) % (c.Fields.Size("interleave_moe_layer_step") ?? 1) == 0;

    private static bool IsRotated(ModelConfig c, int block) =>
        c.Fields.Numbers(Keys.Unrotated) is { Count: > 0 } ? c.NumberOf(Keys.Unrotated.Name, block) != 0
            : (block + 1) % (c.Fields.Size(Keys.UnrotatedInterval) ?? 4) != 0;

    private static bool IsChunked(ModelConfig c, int block, bool rotated) => c.BlockType(block) switch
    {
        null => rotated,
        "chunked_attention" => true,
        "full_attention" => false,
        var other => throw new LlmKickException($"'{c.Path}' has blocks of the type '{other}', which is not supported here; supported: "
            + "chunked_attention, full_attention."),
    };

    /// <summary>llama.cpp leaves queries and keys of the model with 128 experts as they are.</summary>
    private static bool IsNormedInGguf(int experts) => experts != 128;

    /// <summary>llama.cpp has the released models' positions in its code.</summary>
    private static string? Fault(ModelSpec spec)
    {
        var attentions = Enumerable.Range(0, spec.BlockCount).Select(block => (FullAttention)spec.Block(block).Mixer).ToList();
        foreach (var (block, attention) in attentions.Index())
        {
            var isFull = (block + 1) % 4 == 0;
            if (isFull != attention.Rotary is null || isFull != attention.Chunk is null)
                return "llama.cpp rotates all but every fourth block of Llama 4 and sees chunks of tokens there alone, this model does "
                    + $"otherwise in block {block}";
            if (isFull ? attention.Growth is not { Beta: 0.1, OriginalContext: ReleasedLength } : attention.Chunk != ReleasedLength)
                return "llama.cpp computes every Llama 4 with attention_chunk_size 8192, attn_scale 0.1 and floor_scale 8192, this model "
                    + "has " + Lengths(attentions);
        }
        return GgufNotes.ExpertsOf(spec).FirstOrDefault()?.Router.Experts is { } experts
            && IsNormedInGguf(experts) != (attentions[0].QueryNorm is not null)
            ? $"llama.cpp norms the queries and keys of Llama 4 unless it has 128 experts, this model, which has {experts}, does otherwise "
                + "(use_qk_norm)" : null;
    }

    private static string Lengths(IReadOnlyList<FullAttention> attentions) => string.Create(CultureInfo.InvariantCulture,
        $"{attentions.Select(attention => attention.Chunk).FirstOrDefault(chunk => chunk is not null)}, "
        + $"{(attentions.Select(attention => attention.Growth).FirstOrDefault(growth => growth is not null) is { } growth
            ? $"{growth.Beta} and {growth.OriginalContext}" : "no attn_temperature_tuning")}");
}
