namespace LlmKick.Transformers.Weights;

/// <summary>Linears that read the same input and are computed as one.</summary>
/// <param name="Name">The group's name, such as <c>self_attn.qkv</c>.</param>
/// <param name="Inputs">Columns of every weight.</param>
/// <param name="HasBias">Whether every linear has a bias.</param>
/// <param name="Linears">The linears, in the order of the fused rows.</param>
internal sealed record GroupLayout(string Name, int Inputs, bool HasBias, IReadOnlyList<LinearLayout> Linears)
{
    public int Outputs => Linears.Sum(linear => linear.Outputs);
}
