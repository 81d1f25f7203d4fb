namespace LlmKick.Sdk.Compression;

/// <summary>Linears of a block that read the same input, such as q, k and v.</summary>
/// <param name="Name">A short name, unique in the block, such as <c>self_attn.qkv</c>.</param>
/// <param name="Linears">The linears, in the model's order. All have the same number of inputs.</param>
public sealed record LinearGroup(string Name, IReadOnlyList<Linear> Linears)
{
    /// <summary>Columns of every weight in the group.</summary>
    public int Inputs => Linears[0].Inputs;
}
