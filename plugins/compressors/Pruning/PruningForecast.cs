using LlmKick.Sdk.Compression;

namespace LlmKick.Pruning;

/// <summary>What the options ask of a linear.</summary>
internal static class PruningForecast
{
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
        var after = before with { Zeros = Math.Max(before.Zeros, zeros), Fault = before.Fault ?? options.Removal.Fault(place.Inputs) };
        return keepsCodes && before.Encoding is QuantizedEncoding quantized
            ? after with { Encoding = quantized with { Pruned = options.Removal.Encoding } }
            : after with { Encoding = options.Removal.Encoding, HasColumnGroups = false };
    }
}
