using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Transformers.Blocks;

/// <summary>A model's blocks, wherever they are while nothing is computed with them.</summary>
internal interface IModelBlocks : IDisposable
{
    int Count { get; }

    /// <summary>How all of them round keys and values; null where they do not.</summary>
    KeyValueScheme? KeyValues { get; set; }

    /// <summary>What routers of all blocks chose so far; null where there are none.</summary>
    RouterChoices? Routing { get; }

    /// <summary>A block to compute with, until the lease is disposed.</summary>
    /// <param name="index">Its place in the model.</param>
    /// <param name="inOrder">Whether the next one will be asked for soon.</param>
    BlockLease Open(int index, bool inOrder = false);

    /// <summary>Makes an open block as it is now the model's.</summary>
    void Commit(DecoderBlock block);
}

/// <summary>An open block.</summary>
/// <param name="Block">The block; its tensors are not to be used once another block was opened after the lease has ended.</param>
/// <param name="End">Told when the lease ends; null for nobody.</param>
internal readonly record struct BlockLease(DecoderBlock Block, Action<DecoderBlock>? End) : IDisposable
{
    public void Dispose() => End?.Invoke(Block);
}
