using LlmKick.Sdk;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The order of the rows of query and key projections within a head.</summary>
internal static class RotaryRows
{
    /// <summary>From halves (0, 1, …) to pairs (0, h/2, 1, h/2+1, …); weights and biases alike.</summary>
    public static Tensor HalvesToPairs(Tensor tensor, long heads)
    {
        using var halves = tensor.view(heads, 2, tensor.shape[0] / heads / 2, -1);
        using var pairs = halves.transpose(1, 2);
        return pairs.reshape(tensor.shape);
    }

    /// <summary>From pairs (0, h/2, 1, h/2+1, …) to halves (0, 1, …); weights and biases alike.</summary>
    public static Tensor PairsToHalves(Tensor tensor, long heads, string name)
    {
        var rows = tensor.shape[0];
        if (heads <= 0 || rows % (heads * 2) != 0)
            throw new LlmKickException($"Tensor '{name}' has {rows} rows, which cannot be split into {heads} heads of even size.");
        using var pairs = tensor.view(heads, rows / heads / 2, 2, -1);
        using var halves = pairs.transpose(1, 2);
        return halves.reshape(tensor.shape);
    }
}
