using System.Globalization;
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

    /// <summary>llama.cpp knows Mamba 2 without biases of its matrices, normed behind the gate, and in some architectures with a norm, with
    /// biases of the convolution and twice as wide as hidden states.</summary>
    public static string? MambaFault(ModelSpec spec) => MixersOf(spec).Select(mixer => mixer is SideBySide both ? both.Recurrent : mixer)
        .OfType<Mamba2>().FirstOrDefault() switch
    {
        { HasBias: true } => "llama.cpp knows no biases of Mamba 2's matrices, and this model has some",
        { HasNorm: true, NormsFirst: true } => "llama.cpp norms Mamba 2's outputs behind the gate, and this model before it",
        { HasNorm: false } when spec.Family != FalconH1.Row => "llama.cpp norms Mamba 2's outputs, and this model does not",
        { ConvolutionHasBias: false } when spec.Family == MambaTwo.Row =>
            "llama.cpp wants a bias of the convolution in the architecture 'mamba2', and this model has none (use_conv_bias: false)",
        { Inner: var inner, Width: var width } when spec.GgufName == Bamba.Row.GgufName && inner != 2 * width =>
            $"llama.cpp wants recurrent mixers twice as wide as hidden states in the architecture '{spec.GgufName}', and this model's are "
                + $"{inner} wide beside {width}",
        _ => null,
    };

    /// <summary>llama.cpp has no limits of Mamba 2's steps.</summary>
    public static string? Steps(ModelSpec spec) => MixersOf(spec).Select(mixer => mixer is SideBySide both ? both.Recurrent : mixer)
        .OfType<Mamba2>().FirstOrDefault() is { Steps: { } steps } && (steps.Least > 0 || double.IsFinite(steps.Most))
        ? string.Create(CultureInfo.InvariantCulture, $"llama.cpp does not keep the steps of Mamba 2 within limits, this model keeps them "
            + $"within {steps.Least} and {steps.Most}") : null;

    /// <summary>llama.cpp has one width of keys and values in gated delta nets, and no biases beside them.</summary>
    public static string? DeltaFault(ModelSpec spec) => MixersOf(spec).OfType<GatedDelta>().FirstOrDefault() switch
    {
        null => $"llama.cpp knows the architecture '{spec.Family.GgufName}' with gated delta nets alone, and this model has none",
        var delta when delta.KeyWidth != delta.ValueWidth => "llama.cpp has one width for keys and values of gated delta nets, this model "
            + $"has {delta.KeyWidth} and {delta.ValueWidth}",
        _ => null,
    };

    /// <summary>llama.cpp rotates neighbours in latent attention, and has no biases there.</summary>
    public static string? LatentFault(ModelSpec spec) => spec.Block(0).Mixer switch
    {
        LatentAttention { HasBias: true } => "llama.cpp knows no biases in latent attention, and this model has some (attention_bias)",
        LatentAttention { Rotary.Interleaved: false } =>
            "llama.cpp rotates neighbours in latent attention, and this model rotates halves (rope_interleave: false)",
        _ when ExpertsOf(spec).Any(experts => experts.Shared is null) =>
            $"llama.cpp wants shared experts in the architecture '{spec.Family.GgufName}', and this model has none",
        _ => null,
    };

    /// <summary>llama.cpp has one ε for all norms, scales whole scores where YaRN's amplitude is not 1, and weighs groups of experts by
    /// their best two.</summary>
    public static string? Latents(ModelSpec spec)
    {
        if (MixersOf(spec).OfType<LatentAttention>().FirstOrDefault() is not { } latent)
            return null;
        var own = spec.Block(0).Flow.Norms[0].Epsilon;
        if (latent.Rotary?.Scaling is YarnScaling { Attention: not 1 })
            return "llama.cpp multiplies scores as a whole by the square of YaRN's amplitude, this model what is rotated of them alone "
                + "(mscale beside mscale_all_dim): it computes otherwise";
        if (ExpertsOf(spec).Any(experts => experts.Router is { Groups: > 1, GroupBest: not 2 }))
            return "llama.cpp chooses groups of experts by their best two, this model by their best (topk_method): it computes otherwise";
        return Math.Abs(own - latent.Epsilon) > 1e-12 ? string.Create(CultureInfo.InvariantCulture,
            $"llama.cpp has one ε in all norms ({own}), this model another in those of latent vectors ({latent.Epsilon})") : null;
    }

    /// <summary>llama.cpp rounds them whatever a configuration says.</summary>
    public static string? YarnBorders(ModelSpec spec) => spec.Block(0).Mixer is FullAttention { Rotary.Scaling: YarnScaling
        { Truncate: false } }
        ? "llama.cpp rounds the border dimensions of YaRN, which this model does not (truncate: false): it computes otherwise" : null;

    /// <summary>llama.cpp divides the weights of a token's experts by their sum in some families and does not in others, whatever a
    /// configuration says.</summary>
    public static string? UnlessExpertsSumToOne(ModelSpec spec, bool isOne) =>
        ExpertsOf(spec).FirstOrDefault()?.Router.Normalized is { } normalized && normalized != isOne
        ? $"llama.cpp {(isOne ? "always" : "never")} divides the weights of a token's experts by their sum in the architecture "
            + $"'{spec.Family.GgufName}', this model does otherwise (norm_topk_prob)"
        : null;

    /// <summary>llama.cpp does not know in some families what the weights of a token's experts are multiplied by in the end.</summary>
    public static string? NoFactor(ModelSpec spec) => ExpertsOf(spec).FirstOrDefault()?.Router.Factor is { } factor and not 1
        ? string.Create(CultureInfo.InvariantCulture, $"llama.cpp does not multiply the weights of a token's experts in the architecture "
            + $"'{spec.Family.GgufName}', this model does by {factor} (routed_scaling_factor)") : null;

    /// <summary>The experts of each block that has such.</summary>
    public static IEnumerable<Experts> ExpertsOf(ModelSpec spec) => Enumerable.Range(0, spec.BlockCount)
        .Select(block => spec.Block(block).Feed).OfType<Experts>();

    private static IEnumerable<IMixerSpec> MixersOf(ModelSpec spec) =>
        Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Mixer);

    public static int? Window(ModelSpec spec) => Enumerable.Range(0, spec.BlockCount)
        .Select(block => (spec.Block(block).Mixer as FullAttention)?.Window).FirstOrDefault(window => window is not null);
}
