using LlmKick.Transformers.Families;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What GGUF metadata say of recurrent mixers and convolutions.</summary>
internal static class GgufRecurrents
{
    public const string Interval = "full_attention_interval";
    public const string Listed = "attention.recurrent_layers";

    /// <summary>The mixers of a kind, the recurrent ones beside attention among them.</summary>
    public static IEnumerable<T> All<T>(ModelSpec spec) => Mixers(spec).OfType<T>();

    public static IEnumerable<(string Key, object? Value)> Of(ModelSpec spec)
    {
        if (All<ShortConvolution>(spec).FirstOrDefault() is { Taps: var taps })
            yield return ("shortconv.l_cache", (uint)taps);
        if (All<Mamba2>(spec).FirstOrDefault() is { } mamba)
        {
            foreach (var pair in Sizes(mamba.Taps, mamba.Inner, mamba.StateWidth, mamba.Heads, mamba.Groups))
                yield return pair;
            yield return (MambaReading.LeastStep, mamba.Steps.Least > 0 ? (float)mamba.Steps.Least : null);
            yield return (MambaReading.GreatestStep, double.IsFinite(mamba.Steps.Most) ? (float)mamba.Steps.Most : null);
        }
        if (All<KimiDelta>(spec).FirstOrDefault() is { } kimi)
        {
            yield return (KimiDelta.TapsKey, (uint)kimi.Taps);
            yield return (KimiDelta.HeadWidthKey, (uint)kimi.HeadWidth);
        }
        if (All<GatedDelta>(spec).FirstOrDefault() is not { } delta)
            yield break;
        foreach (var pair in Sizes(delta.Taps, delta.Values, delta.KeyWidth, delta.ValueHeads, delta.KeyHeads))
            yield return pair;
        bool[] recurrent = [.. Mixers(spec).Select(mixer => mixer is GatedDelta)];
        var every = recurrent.IndexOf(false) + 1;
        var isRegular = every > 1 && recurrent.Index().All(block => block.Item == ((block.Index + 1) % every != 0));
        yield return (Interval, isRegular ? (uint)every : null);
        yield return (Listed, isRegular ? null : recurrent);
    }

    private static IEnumerable<(string Key, object? Value)> Sizes(int taps, int inner, int state, int heads, int groups) =>
    [
        ("ssm.conv_kernel", (uint)taps), ("ssm.inner_size", (uint)inner), ("ssm.state_size", (uint)state),
        ("ssm.time_step_rank", (uint)heads), ("ssm.group_count", (uint)groups),
    ];

    private static IEnumerable<IMixerSpec> Mixers(ModelSpec spec) => Enumerable.Range(0, spec.BlockCount)
        .Select(block => spec.Block(block).Mixer is SideBySide both ? both.Recurrent : spec.Block(block).Mixer);
}
