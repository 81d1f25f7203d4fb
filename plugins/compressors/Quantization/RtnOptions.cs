using LlmKick.Sdk.Options;
using LlmKick.Sdk.Solving;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="Rtn"/>.</summary>
public record RtnOptions : IntegerOptions
{
    /// <summary>How many weights share a scale.</summary>
    [Option("What shares a scale: group_size inputs of a row, a row (channel) or the matrix (tensor); the more, the smaller and worse.")]
    public GridShare Per { get; init; } = GridShare.Group;

    /// <summary>Whether the grid is symmetric around zero.</summary>
    [Option("A grid that is symmetric around zero: no zero points to store, a little worse.")]
    public bool Symmetric { get; init; }

    /// <summary>Whether the grid's range is searched.</summary>
    [Option("Shrinks each grid's range step by step and keeps what changes the weights least (norm 2.4), as GPTQ's code does; slower, "
        + "better at few bits.")]
    public bool Mse { get; init; }

    /// <summary>The grid at some bits.</summary>
    internal QuantizationScheme Scheme(int bits) =>
        new(bits, Per == GridShare.Group ? GroupSize : null, Symmetric, Mse) { ScaleType = ScaleDtype };
}
