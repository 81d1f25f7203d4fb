using System.Diagnostics.CodeAnalysis;

namespace LlmKick.Sdk.Compression;

/// <summary>Keeps compressed blocks: a compression that was cut off goes on after them, and one that is done is not done again for a later
/// task.</summary>
public interface IBlockStore
{
    /// <summary>Whether a block is stored.</summary>
    /// <param name="block">Its index.</param>
    bool Contains(int block);

    /// <summary>Puts a stored block's linears, norms and biases back, if there is one.</summary>
    /// <param name="block">The opened block, still as the model was loaded.</param>
    /// <param name="reports">What was reported of its linears when it was made.</param>
    /// <returns>Whether the block was stored and is back; if not, it is as it was.</returns>
    bool TryRestore(IBlock block, [NotNullWhen(true)] out IReadOnlyList<LinearReport>? reports);

    /// <summary>Stores a compressed block, whole or not at all.</summary>
    /// <param name="block">The block.</param>
    /// <param name="reports">What is reported of its linears.</param>
    void Save(IBlock block, IReadOnlyList<LinearReport> reports);
}
