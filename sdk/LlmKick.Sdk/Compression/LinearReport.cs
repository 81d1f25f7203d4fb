using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Compression;

/// <summary>What compression did to one linear.</summary>
public sealed record LinearReport
{
    /// <summary>The block's index.</summary>
    public required int Block { get; init; }

    /// <summary>The linear's name inside the block.</summary>
    public required string Linear { get; init; }

    /// <summary>Outputs and inputs.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Bytes of the weight in the model's dtype, before anything is done to it.</summary>
    public long Bytes { get; init; }

    /// <summary>Weights that are exactly zero.</summary>
    public required long Zeros { get; init; }

    /// <summary>Share of weights that are exactly zero.</summary>
    public double Sparsity => (double)Zeros / Size;

    /// <summary>Weights in all.</summary>
    [JsonIgnore]
    public long Size => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>‖W′ − W‖ / ‖W‖, Frobenius.</summary>
    public required double RelativeFrobenius { get; init; }

    /// <summary>√(tr ΔW·H·ΔWᵀ / tr W·H·Wᵀ) = ‖ΔW·X‖ / ‖W·X‖ with H before damping, or null where no calibration token reached the
    /// linear. Where the method asked for no Hessian, and where a linear has more than 2,048 inputs, on the first 2,048 tokens.</summary>
    public double? RelativeOutputError { get; init; }

    /// <summary>Calibration tokens behind <see cref="RelativeOutputError"/>.</summary>
    public long OutputErrorTokens { get; init; }

    /// <summary>The expert that it belongs to; null where it is every token's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Expert { get; init; }

    /// <summary>Of an expert that too few calibration tokens were sent to: how many were; null elsewhere. It was left, or treated as if
    /// nothing were known of its inputs (<see cref="ExpertCalibration.Then"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TooFewTokens { get; init; }

    /// <summary>Whether <see cref="TooFewTokens"/> is why the method left it as it was, be that compressed before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LeftForTokens { get; init; }

    /// <summary>The damping at which the Hessian was positive definite, as a share of its mean diagonal; null where none was
    /// used.</summary>
    public double? Damping { get; init; }

    /// <summary>The damping that was asked for: less than <see cref="Damping"/> where the Hessian was not positive definite with
    /// it.</summary>
    public double? DampingAsked { get; init; }

    /// <summary>Inputs that were zero in every calibration token, so that nothing tells what their weights are for; null where the method
    /// did not look at all inputs.</summary>
    public int? DeadInputs { get; init; }

    /// <summary>Where the method searched: the mean squared change of the output at each step; null where it did not.</summary>
    public IReadOnlyList<double>? SearchErrors { get; init; }

    /// <summary>How the weight is stored now.</summary>
    public required LinearEncoding Encoding { get; init; }

    /// <summary>Why it is stored with every weight as a float; null where it is compressed, by this method or one before.</summary>
    public LeftReason? Left { get; init; }

    /// <summary>Whether it was quantized before and its codes are gone, since the method scaled its inputs and its grid could not take that
    /// over.</summary>
    public bool LostCodes { get; init; }

    /// <summary>Seconds the method took for this linear, its share of the group's time by rows; statistics not counted.</summary>
    public required double Seconds { get; init; }
}
