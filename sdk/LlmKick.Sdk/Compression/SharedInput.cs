using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Groups of a block that read one input, and what is known of it: what is scaled for one of them is scaled for all.</summary>
/// <param name="Source">Where the input comes from.</param>
/// <param name="Groups">The groups, in the block's order; one, but where a norm is read by several parts or by several experts.</param>
/// <param name="Statistics">Of each group.</param>
public sealed record SharedInput(InputSource Source, IReadOnlyList<LinearGroup> Groups, IReadOnlyList<GroupStatistics> Statistics)
{
    /// <summary>The linears of all groups.</summary>
    public IEnumerable<Linear> Linears => Groups.SelectMany(group => group.Linears);

    /// <summary>The inputs of a block that can be scaled where they come from, in the order of the groups that read them first.</summary>
    /// <param name="groups">The block's groups; those without a <see cref="LinearGroup.Source"/> are left out.</param>
    /// <param name="statistics">Of each group.</param>
    public static IReadOnlyList<SharedInput> Of(IReadOnlyList<LinearGroup> groups, IReadOnlyList<GroupStatistics> statistics) =>
    [
        .. groups.Zip(statistics).Where(pair => pair.First.Source is not null).GroupBy(pair => pair.First.Source!)
            .Select(same => new SharedInput(same.Key, [.. same.Select(pair => pair.First)], [.. same.Select(pair => pair.Second)])),
    ];

    /// <summary>Scales the input as <see cref="InputSource.Scale"/> does, and with it what is known of it.</summary>
    /// <param name="scales">float32 [inputs], each above 0.</param>
    public void Scale(torch.Tensor scales)
    {
        Source.Scale(scales);
        foreach (var known in Statistics)
            known.DivideInputs(scales);
    }
}
