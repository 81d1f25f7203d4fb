namespace LlmKick.Sdk.Compression;

/// <summary>A linear of a model, known without its weights.</summary>
/// <param name="Block">Its block's index.</param>
/// <param name="BlockCount">Blocks of the model.</param>
/// <param name="Name">Its name inside the block, such as <c>self_attn.q_proj</c>.</param>
/// <param name="Outputs">Rows of its weight.</param>
/// <param name="Inputs">Columns of its weight.</param>
/// <param name="Role">What it does in its block.</param>
/// <param name="Expert">The expert that it belongs to, from 0; null where it is every token's.</param>
public readonly record struct LinearPlace(int Block, int BlockCount, string Name, long Outputs, long Inputs,
    LinearRole Role = LinearRole.Other, int? Expert = null)
{
    /// <summary>Whether methods leave it as it is unless it is named: routers, convolutions and what
    /// steers a recurrent mixer.</summary>
    public bool IsLeftByRole => Role is LinearRole.Router or LinearRole.Convolution or LinearRole.Recurrence;
}
