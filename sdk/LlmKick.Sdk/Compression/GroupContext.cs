namespace LlmKick.Sdk.Compression;

/// <summary>Where a group lies.</summary>
/// <param name="Block">The block's index.</param>
/// <param name="Seed">A seed for this group alone: it depends on the variant's seed, the block and the group, not on the order of
/// work.</param>
/// <param name="BlockCount">Blocks of the model.</param>
public readonly record struct GroupContext(int Block, int Seed, int BlockCount)
{
    /// <summary>Where a linear of the group lies.</summary>
    /// <param name="linear">The linear.</param>
    public LinearPlace PlaceOf(Linear linear)
    {
        ArgumentNullException.ThrowIfNull(linear);
        return new LinearPlace(Block, BlockCount, linear.Name, linear.Outputs, linear.Inputs, linear.Role, linear.Expert);
    }
}
