using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>What is predicted in a text and in its beginnings, each as if it were read by itself.</summary>
internal sealed class WholeText(ModelUnderTest model, int[] ids)
{
    private readonly Tensor _whole = Distributions.Alone(model, ids);

    /// <summary>Compares hidden states of the last tokens of a beginning with what reading that beginning at once gives.</summary>
    /// <param name="end">Tokens of the beginning.</param>
    /// <param name="hidden">[tokens read last, width].</param>
    public void AssertEqual(int end, Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var expected = model.HasRegimes ? Distributions.Alone(model, ids[..end]) : _whole.narrow(0, 0, end);
        var count = hidden.shape[0];
        Distributions.AssertClose(expected.narrow(0, end - count, count), Distributions.Of(model, hidden), $"{count} tokens up to {end}",
            Distributions.ToleranceOf(model));
    }
}
