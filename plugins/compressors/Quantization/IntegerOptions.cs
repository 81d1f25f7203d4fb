using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Solving;

namespace LlmKick.Quantization;

/// <summary>Options of an integer grid.</summary>
public record IntegerOptions : SelectionOptions
{
    /// <summary>Bits a weight.</summary>
    [Option("Bits a weight, without scales; 8 is close to lossless, below 4 much is lost.", Min = 2, Max = 16, InName = true)]
    public int Bits { get; init; } = 4;

    /// <summary>Consecutive inputs that share a scale.</summary>
    [Option("Consecutive inputs that share a scale; fewer lose less and add 16 bits (and a zero's) for each.", Min = 2, Max = 65536)]
    public int GroupSize { get; init; } = 128;

    /// <summary>Other bits for some linears.</summary>
    [Option("Other bits for some linears; the first that matches counts.", Syntax = "PATTERN=BITS")]
    public IReadOnlyList<PatternBits> OtherBits { get; init; } = [];

    /// <summary>How many digits scales have.</summary>
    /// <value>float32.</value>
    [Option("Digits of scales; float16 rounds them before the weights, so that files of GPTQ and AWQ, which have no more, hold exactly "
        + "what was measured.")]
    public ScaleType ScaleDtype { get; init; } = ScaleType.Float32;

    /// <inheritdoc/>
    internal override IEnumerable<string> Patterns => base.Patterns.Concat(OtherBits.Select(o => o.Pattern));

    /// <summary>A linear's bits, or null where it is left as it is.</summary>
    internal int? BitsOf(LinearPlace place) => Selects(place) ? OtherBits.FirstOrDefault(o => Matches(o.Pattern, place))?.Bits
        ?? Bits : null;

    /// <summary>What a linear becomes.</summary>
    /// <param name="place">The linear.</param>
    /// <param name="before">What it is before.</param>
    /// <param name="scheme">The grid at some bits.</param>
    internal LinearForecast Foresee(LinearPlace place, LinearForecast before, Func<int, QuantizationScheme> scheme) =>
        BitsOf(place) is { } bits
            ? Foresee(before, scheme(bits).Encoding(before.Encoding.AsValues as PrunedEncoding), place.Inputs)
            : before;

    private static LinearForecast Foresee(LinearForecast before, QuantizedEncoding encoding, long inputs) => before with
    {
        Encoding = encoding,
        HasColumnGroups = false,
        Note = encoding.NoteOfGroups(inputs) ?? before.Note,
    };
}

/// <summary>How many weights share a scale.</summary>
public enum GridShare
{
    /// <summary>Some consecutive inputs of an output row.</summary>
    Group,

    /// <summary>An output row.</summary>
    Channel,

    /// <summary>The whole matrix.</summary>
    Tensor,
}
