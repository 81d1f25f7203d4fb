using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Blocks;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Rotary scaling that GGUF files have as a factor for each frequency.</summary>
internal static class RotaryFactors
{
    public static IEnumerable<GgufPlan> Of(ModelSpec spec)
    {
        if (Rotary(spec) is not { Scaling: { } scaling } rotary)
            return [];
        return scaling switch
        {
            LongRope longer => [Plan(GgufRotary.LongTensor, () => tensor(longer.Long.ToArray()), rotary),
                Plan(GgufRotary.ShortTensor, () => tensor(longer.Short.ToArray()), rotary)],
            Llama3Scaling or FrequencyFactors or ProportionalScaling => [Plan(GgufRotary.FactorsTensor, () => Factors(rotary), rotary)],
            _ => [],
        };
    }

    /// <summary>The rotation that is scaled, or else any; null where blocks do not rotate.</summary>
    public static RotarySpec? Rotary(ModelSpec spec)
    {
        var all = Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Mixer.Rotary)
            .OfType<RotarySpec>().ToList();
        return all.Find(rotary => rotary.Scaling is not null) ?? all.FirstOrDefault();
    }

    private static GgufPlan Plan(string name, Func<Tensor> read, RotarySpec rotary) =>
        new(name, [rotary.Width / 2], BlockTypes.Find("F32")!, read);

    private static Tensor Factors(RotarySpec rotary)
    {
        var plain = RotaryFrequencies.Of(rotary.Base, rotary.Width, rotary.Width);
        var factors = plain / RotaryFrequencies.Of(rotary, 0);
        // A frequency of 0 has an infinite factor; this much turns nothing either, and stays a number.
        return factors.nan_to_num(posinf: 1e30);
    }
}
