using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>
/// Where the input of linears comes from, if each of its channels can be scaled there: a norm, or the linear before. Groups that read the
/// same input have the same source, as one object.
/// </summary>
public sealed class InputSource
{
    private readonly torch.Tensor? _norm;
    private readonly torch.Tensor? _bias;

    /// <summary>A norm, whose output is normed · (<see cref="Offset"/> + weight) + bias.</summary>
    /// <param name="name">Its name inside the block, such as <c>input_layernorm</c>.</param>
    /// <param name="weight">[inputs]; stays the model's own.</param>
    /// <param name="bias">[inputs]; null where it has none.</param>
    public InputSource(string name, torch.Tensor weight, torch.Tensor? bias = null) => (Name, _norm, _bias) = (name, weight, bias);

    /// <summary>A linear whose outputs are the inputs, or are multiplied with something to become them.</summary>
    /// <param name="linear">The linear.</param>
    /// <param name="bias">[inputs]; null where it has none.</param>
    public InputSource(Linear linear, torch.Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(linear);
        (Name, Linear, _bias) = (linear.Name, linear, bias);
    }

    /// <summary>The norm's or linear's name inside the block, such as <c>input_layernorm</c>.</summary>
    public string Name { get; }

    /// <summary>The linear before; null where it is a norm.</summary>
    public Linear? Linear { get; }

    /// <summary>What the norm adds to its weight before it multiplies: 1 in Gemma, whose weights are stored as w and used as 1 +
    /// w.</summary>
    /// <value>0.</value>
    public double Offset { get; init; }

    /// <summary>
    /// Every linear that reads the input, in one group or in several: queries, keys and values; with a parallel block gate and up too; all
    /// experts and their router. Where something else than a linear reads it, there can be no source.
    /// </summary>
    public required IReadOnlyList<Linear> Readers { get; init; }

    /// <summary>Multiplies the columns of all <see cref="Readers"/> and divides where the input comes from: the block computes the same,
    /// but for rounding.</summary>
    /// <param name="scales">float32 [inputs], each above 0.</param>
    public void Scale(torch.Tensor scales)
    {
        ArgumentNullException.ThrowIfNull(scales);
        foreach (var reader in Readers)
            reader.ScaleColumns(scales);
        Linear?.DivideRows(scales);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        _bias?.div_(scales);
        if (_norm is not null && Offset == 0)
            _norm.div_(scales);
        else if (_norm is not null)
            Divide(_norm, scales);
    }

    /// <summary>(offset + w') · x = (offset + w) · x / s.</summary>
    private void Divide(torch.Tensor norm, torch.Tensor scales)
    {
        var offset = torch.tensor((float)Offset, device: norm.device);
        norm.copy_(norm.to(torch.float32).add(offset, Number.One).div_(scales).add_(offset.neg(), Number.One));
    }
}
