using LlmKick.Sdk;
using LlmKick.Sdk.Compression;

namespace LlmKick.Pruning;

/// <summary>What the options ask of a linear.</summary>
internal static class Target
{
    public static PrunedEncoding Encoding(PruningOptions options) => new(options.Pattern?.ToString());

    /// <summary>What a linear becomes; a method that prunes again may keep other zeros, so that the larger share counts.</summary>
    public static LinearForecast Foresee(PruningOptions options, LinearPlace place, LinearForecast before) => options.Sparsity == 0
        ? before
        : before with { Encoding = Encoding(options), Zeros = Math.Max(before.Zeros, (long)((options.Pattern?.Sparsity ?? options.Sparsity!.Value) * place.Outputs * place.Inputs)), HasColumnGroups = false };

    /// <exception cref="LlmKickException">M does not divide the inputs.</exception>
    public static void RequireFit(PruningOptions options, LinearGroup group, GroupContext context)
    {
        if (options.Pattern is { } pattern && group.Inputs % pattern.Of != 0)
            throw new LlmKickException($"The pattern {pattern} does not fit {group.Linears[0].Name} of block {context.Block}: its {group.Inputs} inputs are not a multiple of {pattern.Of}. "
                + $"Choose an M that divides {group.Inputs}, or use sparsity: {pattern.Sparsity:0.##}.");
    }
}
