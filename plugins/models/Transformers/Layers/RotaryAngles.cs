using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Rotary angles of one forward pass.</summary>
/// <param name="Cosines">Twice side by side, [(batch,) length, 1, head width].</param>
/// <param name="Sines">[(batch,) length, 1, head width / 2].</param>
internal readonly record struct RotaryAngles(Tensor Cosines, Tensor Sines)
{
    /// <summary>Rotates the halves of each head against each other.</summary>
    /// <param name="heads">[batch, length, heads, head width].</param>
    public Tensor Rotate(Tensor heads)
    {
        using var scope = NewDisposeScope();
        var half = heads.shape[^1] / 2;
        var rotated = heads * Cosines;
        rotated.narrow(-1, 0, half).addcmul_(heads.narrow(-1, half, half), Sines, Number.Of(-1));
        rotated.narrow(-1, half, half).addcmul_(heads.narrow(-1, 0, half), Sines, Number.One);
        return rotated.MoveToOuterDisposeScope();
    }
}
