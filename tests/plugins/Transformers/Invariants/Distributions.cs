using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>What a model predicts at each position, as log-probabilities of the whole vocabulary.</summary>
internal static class Distributions
{
    private const double Tolerance = 1e-4;

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

    public static void AssertClose(Tensor expected, Tensor actual, string place)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = expected.sub(actual).abs().max().item<float>();
        Assert.True(difference <= Tolerance, $"{place}: log-probabilities differ by {difference}.");
    }
}
