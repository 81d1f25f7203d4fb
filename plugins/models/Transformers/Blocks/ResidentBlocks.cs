using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Transformers.Blocks;

/// <summary>Blocks that stay in memory: opening and closing them costs nothing, and changes are in force at once.</summary>
internal sealed class ResidentBlocks(IReadOnlyList<DecoderBlock> blocks) : IModelBlocks
{
    public int Count => blocks.Count;

    public KeyValueScheme? KeyValues
    {
        get => blocks[0].Mixer.KeyValues;
        set
        {
            foreach (var block in blocks)
                block.Mixer.KeyValues = value;
        }
    }

    public RouterChoices? Routing => blocks.Select(block => block.Routing)
        .Aggregate((all, own) => all is null ? own : all + (own ?? default(RouterChoices)));

    public BlockLease Open(int index, bool inOrder = false) => new(blocks[index], null);

    public void Commit(DecoderBlock block)
    {
    }

    public void Dispose()
    {
        foreach (var tensor in blocks.SelectMany(block => block.Tensors))
            tensor.Dispose();
    }
}
