namespace LlmKick.Sdk.Compression;

/// <summary>A compression method. Created with its options by the factory given to
/// <see cref="IPluginRegistry.AddCompressor{TOptions}"/>.</summary>
public interface ICompressor
{
    /// <summary>What the method must know of the linears' inputs. With <see cref="InputStatistics.None"/> a recipe needs no
    /// calibration.</summary>
    InputStatistics Needs { get; }

    /// <summary>Compresses a model in place.</summary>
    /// <param name="model">The model, loaded for this variant alone.</param>
    /// <param name="context">Calibration, seed, reports, checkpoints.</param>
    /// <exception cref="LlmKickException">The options do not fit the model, or its numbers are not finite.</exception>
    void Compress(ITransformer model, CompressionContext context);

    /// <summary>Says what the method will make of a linear, without looking at its weights.</summary>
    /// <param name="place">The linear.</param>
    /// <param name="before">What it is before.</param>
    /// <returns>What it will be, or null where the weights decide: then no size on disk is foretold.</returns>
    LinearForecast? Foresee(LinearPlace place, LinearForecast before) => null;
}
