using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>Rotary angles of one forward pass.</summary>
/// <param name="Cosines">Twice side by side (or each twice, where neighbours are rotated), [(batch,) length, 1, width].</param>
/// <param name="Sines">[(batch,) length, 1, width / 2].</param>
/// <param name="Interleaved">Whether neighbours are rotated against each other.</param>
internal readonly record struct RotaryAngles(Tensor Cosines, Tensor Sines, bool Interleaved = false)
{
    /// <summary>Rotates the first numbers of each head against each other; those beyond the angles stay.</summary>
    /// <param name="heads">[batch, length, heads, head width].</param>
    public Tensor Rotate(Tensor heads)
    {
        using var scope = NewDisposeScope();
        var (width, whole) = (Cosines.shape[^1], heads.shape[^1]);
        if (width == whole)
            return Turn(heads).MoveToOuterDisposeScope();
        return cat([Turn(heads.narrow(-1, 0, width)), heads.narrow(-1, width, whole - width)], -1).MoveToOuterDisposeScope();
    }

    private Tensor Turn(Tensor heads)
    {
        using var scope = NewDisposeScope();
        var rotated = heads * Cosines;
        var (first, second) = (Part(rotated, 0), Part(rotated, 1));
        first.addcmul_(Part(heads, 1), Sines, Number.Of(-1));
        second.addcmul_(Part(heads, 0), Sines, Number.Of(1));
        return rotated.MoveToOuterDisposeScope();
    }

    private Tensor Part(Tensor heads, int part)
    {
        var half = heads.shape[^1] / 2;
        return Interleaved ? heads.unflatten(heads.dim() - 1, [half, 2]).select(-1, part) : heads.narrow(-1, part * half, half);
    }
}
