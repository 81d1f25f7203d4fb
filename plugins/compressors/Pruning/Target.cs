using LlmKick.Sdk;
using LlmKick.Sdk.Compression;

namespace LlmKick.Pruning;

/// <summary>What the options ask of a linear.</summary>
internal static class Target
{
    public static PrunedEncoding Encoding(PruningOptions options) => new(options.Pattern?.ToString());

    /// <summary>What a linear becomes; a method that prunes again may keep other zeros, so that the larger share counts.</summary>
    /// <param name="options">How much is removed.</param>
    /// <param name="place">The linear.</param>
    /// <param name="before">What it is before.</param>
    /// <param name="keepsCodes">Whether weights that stay are left as they are, so that a quantized linear stays quantized.</param>
    public static LinearForecast Foresee(PruningOptions options, LinearPlace place, LinearForecast before, bool keepsCodes)
    {
        if (options.Sparsity == 0 || place.IsLeftByRole)
            return before;
        var zeros = (long)((options.Pattern?.Sparsity ?? options.Sparsity!.Value) * place.Outputs * place.Inputs);
        var after = before with { Zeros = Math.Max(before.Zeros, zeros) };
        return keepsCodes && before.Encoding is QuantizedEncoding quantized
            ? after with { Encoding = quantized with { Pruned = Encoding(options) } }
            : after with { Encoding = Encoding(options), HasColumnGroups = false };
    }

    /// <exception cref="LlmKickException">M does not divide the inputs.</exception>
    public static void RequireFit(PruningOptions options, LinearGroup group, GroupContext context)
    {
        if (options.Pattern is { } pattern && group.Inputs % pattern.Of != 0)
            throw new LlmKickException($"The pattern {pattern} does not fit {group.Linears[0].Name} of block {context.Block}: its "
                + $"{group.Inputs} inputs are not a multiple of {pattern.Of}. "
                + $"Choose an M that divides {group.Inputs}, or use sparsity: {pattern.Sparsity:0.##}.");
    }
}
