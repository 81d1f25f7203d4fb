namespace LlmKick.Sdk.Compression;

/// <summary>What a method wants of the <see cref="BlockwisePass"/>.</summary>
/// <param name="Needs">What it must know of the inputs.</param>
/// <param name="Compress">Compresses a group.</param>
internal sealed record PassPlan(InputStatistics Needs, Action<LinearGroup, GroupStatistics, GroupContext> Compress)
{
    public InputOrigin Origin { get; init; }

    /// <summary>Which linears the method is given.</summary>
    public Func<LinearPlace, bool> Selects { get; init; } = _ => true;

    /// <summary>Told all groups of a block before the first is compressed.</summary>
    public Action<IReadOnlyList<LinearGroup>, IReadOnlyList<GroupStatistics>, GroupContext>? Prepare { get; init; }
}
