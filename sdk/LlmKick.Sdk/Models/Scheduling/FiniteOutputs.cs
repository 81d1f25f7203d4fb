using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Stops at the first output that is NaN or infinite. It looks at numbers that are read off a batch anyway; where they arise is
/// searched only then.</summary>
internal static class FiniteOutputs
{
    /// <summary>Requires that all are finite.</summary>
    /// <param name="decoder">What computed them.</param>
    /// <param name="values">The outputs.</param>
    /// <param name="tokens">The tokens they follow from.</param>
    /// <exception cref="NotFiniteException">One is not.</exception>
    public static void Require(IDecoder decoder, IEnumerable<float> values, ReadOnlyMemory<int> tokens)
    {
        if (!values.All(float.IsFinite))
            throw Failure(decoder, tokens);
    }

    /// <summary>The failure, with the part of the model that it begins in.</summary>
    public static NotFiniteException Failure(IDecoder decoder, ReadOnlyMemory<int> tokens)
    {
        using var scope = torch.NewDisposeScope();
        var place = decoder.FirstNotFinite(TokenRows.ToTensor([tokens], decoder.Device)) is { } first ? $"first in {first}"
            : "in a part that a second pass did not find";
        return new NotFiniteException($"The model's outputs are NaN or infinite, {place}. "
            + "Float16 holds no more than 65,504: use bfloat16 or float32 in its place. In a wider dtype, check the model's weights and "
            + "what was done to them.");
    }
}
