using System.Text.Json.Nodes;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>What <c>config.json</c> says of recurrent mixers and convolutions, by the names of all families that have such.</summary>
internal static class ConfigRecurrents
{
    public static IEnumerable<(string Name, JsonNode? Value)> Of(ModelSpec spec)
    {
        IReadOnlyList<IMixerSpec> mixers = [.. Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Mixer)];
        if (mixers.All(mixer => mixer is FullAttention or LatentAttention))
            return [];
        return [.. Kinds(spec, mixers), .. OfConvolution(spec), .. OfMamba(spec), .. OfDelta(spec), .. OfKimi(spec)];
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Kinds(ModelSpec spec, IReadOnlyList<IMixerSpec> mixers)
    {
        JsonArray List(Func<IMixerSpec, int, string> kind) => [.. mixers.Select((mixer, block) => JsonValue.Create(kind(mixer, block)))];
        if (spec.Family.Spellings.Contains(Bamba.AttentionBlocks))
            yield return (Bamba.AttentionBlocks, new JsonArray([.. mixers.Index().Where(block => block.Item is FullAttention)
                .Select(block => JsonValue.Create(block.Index))]));
        else if (mixers.Any(mixer => mixer is FullAttention or LatentAttention))
            yield return (Keys.BlockTypes.Name, List((mixer, _) => mixer switch
            {
                ShortConvolution => "conv",
                GatedDelta or KimiDelta => "linear_attention",
                Mamba2 => "mamba",
                _ => mixers.Any(other => other is Mamba2) ? "attention" : "full_attention",
            }));
        yield return ("layers_block_type", List((mixer, block) => mixer switch
        {
            Mamba2 => "mamba",
            FullAttention => "attention",
            _ => spec.Block(block).Feed is Experts ? "moe" : "mlp",
        }));
    }

    private static IEnumerable<(string Name, JsonNode? Value)> OfConvolution(ModelSpec spec) =>
        GgufRecurrents.All<ShortConvolution>(spec).FirstOrDefault() is not { } convolution ? [] :
        [
            ("conv_L_cache", convolution.Taps), ("conv_bias", convolution.HasBias), ("block_auto_adjust_ff_dim", false),
        ];

    private static IEnumerable<(string Name, JsonNode? Value)> OfMamba(ModelSpec spec) =>
        GgufRecurrents.All<Mamba2>(spec).FirstOrDefault() is not { } mamba ? [] :
        [
            ("mamba_n_heads", mamba.Heads), ("mamba_num_heads", mamba.Heads), ("num_heads", mamba.Heads), ("mamba_d_head", mamba.HeadWidth),
            ("mamba_head_dim", mamba.HeadWidth), ("mamba_d_ssm", mamba.Inner), ("mamba_d_state", mamba.StateWidth),
            ("ssm_state_size", mamba.StateWidth), ("state_size", mamba.StateWidth), ("mamba_n_groups", mamba.Groups),
            ("n_groups", mamba.Groups), ("mamba_d_conv", mamba.Taps), ("conv_kernel", mamba.Taps), ("mamba_proj_bias", mamba.HasBias),
            ("mamba_conv_bias", mamba.ConvolutionHasBias), ("use_conv_bias", mamba.ConvolutionHasBias), ("use_bias", mamba.HasBias),
            ("mamba_rms_norm", mamba.HasNorm), ("mamba_norm_before_gate", mamba.NormsFirst),
            ("time_step_min", mamba.Steps.Least > 0 ? Numerals.Shortest(mamba.Steps.Least) : null),
            ("time_step_limit", mamba.Steps is { Least: 0, Most: double.PositiveInfinity } ? null
                : new JsonArray(Numerals.Shortest(mamba.Steps.Least),
                    double.IsFinite(mamba.Steps.Most) ? Numerals.Shortest(mamba.Steps.Most) : float.MaxValue)),
            .. GgufSettings.Attentions(spec).Count == 0 ? [("head_dim", mamba.HeadWidth)] : ((string, JsonNode?)[])[],
        ];

    private static IEnumerable<(string Name, JsonNode? Value)> OfDelta(ModelSpec spec) =>
        GgufRecurrents.All<GatedDelta>(spec).FirstOrDefault() is not { } delta ? [] :
        [
            ("linear_num_key_heads", delta.KeyHeads), ("linear_num_value_heads", delta.ValueHeads), ("linear_key_head_dim", delta.KeyWidth),
            ("linear_value_head_dim", delta.ValueWidth), ("linear_conv_kernel_dim", delta.Taps),
        ];

    private static IEnumerable<(string Name, JsonNode? Value)> OfKimi(ModelSpec spec) =>
        GgufRecurrents.All<KimiDelta>(spec).FirstOrDefault() is not { } kimi ? [] :
        [
            ("linear_num_heads", kimi.Heads), ("linear_head_dim", kimi.HeadWidth), ("linear_conv_kernel_dim", kimi.Taps),
        ];
}
