using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Where a linear group's input comes from, if each of its channels can be scaled there: a norm's weight, or the linear before.</summary>
/// <param name="name">The norm's or linear's name inside the block, such as <c>input_layernorm</c>.</param>
/// <param name="tensors">What the channels are proportional to, together: each [inputs, …], a weight and, where there is one, a bias.</param>
public sealed class InputSource(string name, params IReadOnlyList<torch.Tensor> tensors)
{
    /// <summary>The norm's or linear's name inside the block.</summary>
    public string Name => name;

    /// <summary>Divides the channels.</summary>
    /// <param name="scales">[inputs], each above 0.</param>
    public void Divide(torch.Tensor scales)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        foreach (var tensor in tensors)
            tensor.div_(scales.view([-1, .. Enumerable.Repeat(1L, (int)tensor.dim() - 1)]));
    }
}
