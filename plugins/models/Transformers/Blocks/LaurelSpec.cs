using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Blocks;

/// <summary>A learned augmented residual (LAuReL, Menghani et al., arXiv 2411.07501; Gemma 3n): x + N(right(left(x))) of the mixer's input,
/// added to what the mixer gives and to what it is added to, and all divided by √2.</summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Rank">Numbers between.</param>
/// <param name="Norm">N.</param>
internal sealed record LaurelSpec(int Width, int Rank, NormSpec Norm)
{
    public IEnumerable<ParameterSpec> Parameters => [.. Left.Parameters, .. Right.Parameters, .. Norm.Parameters];

    public Laurel Build(IPartReader reader) =>
        new(reader.Linears("laurel.left", Left), reader.Linears("laurel.right", Right), reader.Norm(Norm)!);

    private LinearSpec Left => new(LinearRole.Other, "laurel.linear_left", Rank, Width, "laurel_l") { StaysFloat = true };

    private LinearSpec Right => new(LinearRole.Other, "laurel.linear_right", Width, Rank, "laurel_r") { StaysFloat = true };
}
