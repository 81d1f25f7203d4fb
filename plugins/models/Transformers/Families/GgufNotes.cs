using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>What llama.cpp leaves out of several families: the model is measured with it.</summary>
internal static class GgufNotes
{
    /// <summary>llama.cpp lets every token of the family see all tokens before it.</summary>
    public static string? NoWindow(ModelSpec spec) => Window(spec) is { } window
        ? $"llama.cpp does not know windows in the architecture '{spec.Family.GgufName}': beyond {window} tokens it computes otherwise"
            : null;

    /// <summary>llama.cpp divides the family's scores by √(head width), whatever a configuration says.</summary>
    public static string? UsualScale(ModelSpec spec) => spec.Block(0).Mixer is FullAttention { Scale: { } scale, HeadWidth: var width }
        && Math.Abs(scale * Math.Sqrt(width) - 1) > 1e-9
        ? $"llama.cpp divides the scores of the architecture '{spec.Family.GgufName}' by √{width}, this model is computed with another "
            + $"scale ({scale:0.#####})" : null;

    /// <summary>llama.cpp has names, orders and signs of its own for the tensors of recurrent mixers.</summary>
    public static string? NoRecurrent(ModelSpec spec) =>
        $"GGUF files of recurrent mixers hold their tensors in other orders and signs, which is not written yet for '{spec.Family.Name}'";

    /// <summary>llama.cpp knows the family.</summary>
    public static string? Unwritten(ModelSpec spec) =>
        $"GGUF files of the architecture '{spec.Family.Name}' have names and metadata of their own, which are not written yet";

    /// <summary>GGUF files have the parts of keys and of values apart, the former transposed.</summary>
    public static string? NoLatents(ModelSpec spec) => spec.Block(0).Mixer is LatentAttention
        ? "GGUF files of latent attention hold kv_b_proj in two tensors of another order, which is not written yet" : null;

    /// <summary>llama.cpp rounds them whatever a configuration says.</summary>
    public static string? YarnBorders(ModelSpec spec) => spec.Block(0).Mixer is FullAttention { Rotary.Scaling: YarnScaling
        { Truncate: false } }
        ? "llama.cpp rounds the border dimensions of YaRN, which this model does not (truncate: false): it computes otherwise" : null;

    /// <summary>llama.cpp divides the weights of a token's experts by their sum in some families and does not in others, whatever a
    /// configuration says.</summary>
    public static string? UnlessExpertsSumToOne(ModelSpec spec, bool isOne) => Enumerable.Range(0, spec.BlockCount)
        .Select(block => spec.Block(block).Feed).OfType<Experts>().FirstOrDefault()?.Router.Normalized is { } normalized
        && normalized != isOne
        ? $"llama.cpp {(isOne ? "always" : "never")} divides the weights of a token's experts by their sum in the architecture "
            + $"'{spec.Family.GgufName}', this model does otherwise (norm_topk_prob)"
        : null;

    public static int? Window(ModelSpec spec) => Enumerable.Range(0, spec.BlockCount)
        .Select(block => (spec.Block(block).Mixer as FullAttention)?.Window).FirstOrDefault(window => window is not null);
}
