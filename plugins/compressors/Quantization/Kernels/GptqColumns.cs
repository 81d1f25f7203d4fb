using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using static TorchSharp.torch;

namespace LlmKick.Quantization.Kernels;

/// <summary>What a column loop works on; all in the order of solving.</summary>
/// <param name="Weight">[rows, inputs], float32, contiguous; columns to the right of the loop are changed.</param>
/// <param name="Factor">U, [inputs, inputs].</param>
/// <param name="Kept">0 where a weight must stay zero, else 1; null where none must.</param>
/// <param name="Grid">Scales and zeros of every group.</param>
/// <param name="Groups">Each column's group.</param>
/// <param name="Codes">Takes the codes, float32 [rows, inputs].</param>
internal sealed record GptqColumns(Tensor Weight, Tensor Factor, Tensor? Kept, IntegerGrid Grid, int[] Groups, Tensor Codes)
{
    /// <summary>N of M consecutive inputs to keep, chosen on the way and noted in <see cref="Kept"/>; null to choose nothing.</summary>
    public NmPattern? Pattern { get; init; }
}
