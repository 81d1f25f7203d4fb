using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Linears of a block that read the same input, such as q, k and v.</summary>
/// <param name="Name">A short name, unique in the block, such as <c>self_attn.qkv</c>.</param>
/// <param name="Linears">The linears, in the model's order. All have the same number of inputs.</param>
public sealed record LinearGroup(string Name, IReadOnlyList<Linear> Linears)
{
    /// <summary>Columns of every weight in the group.</summary>
    public int Inputs => Linears[0].Inputs;

    /// <summary>What the input comes from, or null where its channels cannot be scaled there. The group's linears are among its
    /// <see cref="InputSource.Readers"/>.</summary>
    public InputSource? Source { get; init; }

    /// <summary>
    /// From the group's input, [batch, length, inputs], to the output of the part of the block that begins with the group (the attention
    /// or the feed-forward part), owned by the caller's dispose scope; null where the part begins earlier.
    /// </summary>
    public Func<torch.Tensor, torch.Tensor>? Part { get; init; }

    /// <summary>Multiplies the weights' columns, those of every other linear with the same input too, and divides what the input comes
    /// from: the block computes the same.</summary>
    /// <param name="scales">float32 [inputs], each above 0.</param>
    /// <exception cref="InvalidOperationException">There is no <see cref="Source"/>, or it does not know the group's linears as its
    /// readers.</exception>
    public void Scale(torch.Tensor scales)
    {
        var source = Source ?? throw new InvalidOperationException($"What comes before {Name} cannot be scaled.");
        if (Linears.FirstOrDefault(linear => !source.Readers.Contains(linear)) is { } unknown)
            throw new InvalidOperationException($"{source.Name} does not know {unknown.Name} as a reader of its output: the model's plugin "
                + $"names all in InputSource.Readers.");
        source.Scale(scales);
    }
}
