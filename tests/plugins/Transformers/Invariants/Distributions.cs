using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>What a model predicts at each position, as log-probabilities of the whole vocabulary.</summary>
internal static class Distributions
{
    /// <summary>How far the same may be apart in float32.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>
    /// The same for Qwen 3.5's tiny checkpoints, whose own reference is 2.5e-4 from itself between a call and steps: products of one row
    /// and of many are rounded otherwise, and gated norms of short vectors magnify that.
    /// </summary>
    private const double ToleranceOfGatedNorms = 3e-4;

    /// <summary>Of hidden states, [length, width] to [length, vocabulary].</summary>
    public static Tensor Of(ModelUnderTest model, Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return model.Decoder.Logits(hidden.contiguous()).log_softmax(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Of a text that is read at once, by itself.</summary>
    public static Tensor Alone(ModelUnderTest model, IReadOnlyList<int> ids)
    {
        using var scope = NewDisposeScope();
        return model.Logits(ids).log_softmax(-1).MoveToOuterDisposeScope();
    }

    public static double ToleranceOf(ModelUnderTest model) =>
        model.Spec.Family.Name.StartsWith("qwen3_5", StringComparison.Ordinal) ? ToleranceOfGatedNorms : Tolerance;

    public static void AssertClose(Tensor expected, Tensor actual, string place, double tolerance = Tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = expected.sub(actual).abs().max().item<float>();
        Assert.True(difference <= tolerance, $"{place}: log-probabilities differ by {difference}.");
    }
}
