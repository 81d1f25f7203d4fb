namespace LlmKick.Sdk.Compression;

/// <summary>Which compressed parts the inputs that a method looks at have passed.</summary>
public enum InputOrigin
{
    /// <summary>The compressed earlier blocks; the block itself is still as it was. One pass over a block.</summary>
    CompressedBlocks,

    /// <summary>Also the compressed earlier groups of the block itself ("true sequential"). A pass over the block for every
    /// group.</summary>
    CompressedGroups,

    /// <summary>None: the inputs are those of the model as it was given. In a loop of blocks that run several times they have passed the
    /// loop's compressed blocks all the same: a later visit sees what earlier ones gave.</summary>
    Original,
}
