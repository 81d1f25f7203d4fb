using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Weights;

/// <summary>A linear of a block as it is stored.</summary>
/// <param name="Name">The name inside the block, such as <c>self_attn.q_proj</c>.</param>
/// <param name="Outputs">Rows of its weight.</param>
/// <param name="Role">What it does in its block.</param>
internal sealed record LinearLayout(string Name, int Outputs, LinearRole Role);
