using TorchSharp;

namespace LlmKick.Sdk.Tensors;

/// <summary>Checked forms of tensor operations that would end the process on wrong shapes.</summary>
public static class Shapes
{
    /// <summary>Matrix product of tensors with equal leading dimensions, or of matrices.</summary>
    /// <param name="left">[…, n, k].</param>
    /// <param name="right">[…, k, m] with the same leading dimensions, or [k, m].</param>
    /// <returns>[…, n, m].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static torch.Tensor MatMul(torch.Tensor left, torch.Tensor right)
    {
        long[] l = left.shape, r = right.shape;
        if (l.Length < 2 || r.Length < 2 || l[^1] != r[^2] || (r.Length > 2 && !l.AsSpan()[..^2].SequenceEqual(r.AsSpan()[..^2])))
            throw new ArgumentException($"Cannot multiply [{string.Join(", ", l)}] by [{string.Join(", ", r)}].", nameof(right));
#pragma warning disable RS0030 // the shapes were checked
        return torch.matmul(left, right);
#pragma warning restore RS0030
    }

    /// <summary>Fails unless a tensor has a shape.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">Its name in the message.</param>
    /// <param name="shape">The expected shape; −1 fits any size.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public static void Require(torch.Tensor tensor, string name, params ReadOnlySpan<long> shape)
    {
        var actual = tensor.shape;
        var fits = actual.Length == shape.Length;
        for (var i = 0; fits && i < shape.Length; i++)
            fits = shape[i] == -1 || shape[i] == actual[i];
        if (!fits)
            throw new ArgumentException($"'{name}' is [{string.Join(", ", actual)}], not [{string.Join(", ", shape.ToArray())}].", name);
    }
}
