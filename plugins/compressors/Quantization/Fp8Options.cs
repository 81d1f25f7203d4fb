using LlmKick.Sdk.Options;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="Fp8"/>.</summary>
public sealed record Fp8Options : SelectionOptions, IValidatedOptions
{
    /// <summary>How many weights share a scale.</summary>
    [Option("What shares a scale: a row (channel) or the matrix (tensor); the difference is small for 8-bit floats.")]
    public GridShare Per { get; init; } = GridShare.Channel;

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Per == GridShare.Group)
            yield return new OptionFault("per", "fp8 scales are for a channel or the whole tensor: use 'channel' or 'tensor'");
    }
}
