using LlmKick.Sdk.Options;
using LlmKick.Sdk.Solving;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="Awq"/>.</summary>
public sealed record AwqOptions : IntegerOptions, IValidatedOptions
{
    /// <summary>Calibration sequences that are looked at.</summary>
    [Option("Calibration sequences that are looked at, the first ones; the search computes with each many times and keeps their inputs "
        + "in memory.", Min = 1)]
    public int Samples { get; init; } = 16;

    /// <summary>Whether scales also look at the weights.</summary>
    [Option("Scales also look at the weights' sizes, not at the inputs' alone.")]
    public bool DuoScaling { get; init; }

    /// <summary>Whether ranges are clipped.</summary>
    [Option("Also searches how far each group's range is clipped (not of queries and keys).")]
    public bool Clip { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Bits > 8)
            yield return new OptionFault("bits", $"awq is for 2 to 8 bits, not {Bits}: with more, rounding alone (rtn) loses nothing");
    }

    /// <summary>The grid at some bits: AWQ's ranges need not reach zero.</summary>
    internal QuantizationScheme Scheme(int bits) => new(bits, GroupSize) { IncludesZero = false, ScaleType = ScaleDtype };
}
