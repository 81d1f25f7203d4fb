namespace LlmKick.Transformers.Layers;

/// <summary>Where a parameter lies in a tensor that holds those of all experts: rows of one slice of it.</summary>
/// <param name="Name">The whole tensor's name inside the block, such as <c>mlp.experts.gate_up_proj</c>.</param>
/// <param name="Shape">The whole tensor's shape in the file.</param>
/// <param name="Slice">The slice, from 0.</param>
internal sealed record StackPlace(string Name, long[] Shape, int Slice)
{
    /// <summary>The first of its rows.</summary>
    public int First { get; init; }

    /// <summary>From one of its rows to the next: 2 where those of gate and up take turns.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Whether the whole is stored as MXFP4: its blocks, [slices, rows, blocks of 32, 16], lie under its own name with
    /// <c>_blocks</c>, their exponents under that with <c>_scales</c>.</summary>
    public bool IsMxfp4 { get; init; }

    /// <summary>Whether slices are [inputs, outputs]: what are rows here are columns there.</summary>
    public bool Transposed { get; init; }
}
