using TorchSharp;

namespace LlmKick.Sdk.Models;

/// <summary>Loads one kind of model. Created with its options by the factory given to
/// <see cref="IPluginRegistry.AddModel{TOptions}"/>.</summary>
public interface IModelLoader
{
    /// <summary>Finds out what would be loaded, without allocating its weights.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The files are missing, damaged or of a kind that is not known.</exception>
    ModelIdentity Identify(CancellationToken cancellationToken);

    /// <summary>Loads the model's tokenizer alone.</summary>
    /// <exception cref="LlmKickException">The files are missing, damaged or of a kind that is not known.</exception>
    ITokenizer LoadTokenizer();

    /// <summary>How many parameters a loaded model holds in memory at once; null for all of them.</summary>
    /// <param name="dataType">The recipe's data type.</param>
    /// <param name="device">Where it would be loaded.</param>
    /// <value>All.</value>
    /// <exception cref="LlmKickException">The files are missing, damaged or of a kind that is not known.</exception>
    long? HeldParameters(DataType dataType, torch.Device device) => null;

    /// <summary>Loads the model.</summary>
    /// <param name="context">Device, data type and services.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="LlmKickException">The files are missing, damaged or of a kind that is not known.</exception>
    ILanguageModel Load(ModelLoadContext context, CancellationToken cancellationToken);

    /// <summary>Shows models that this loader loads to checkpoint formats, which write them as files for other programs; null where that
    /// cannot be done.</summary>
    /// <value>None.</value>
    ICheckpointSource? Checkpoints => null;

    /// <summary>Lists what the model's files hold, without loading it and whether or not it could be loaded; null where there are
    /// none.</summary>
    /// <param name="countZeros">Whether to count values that are zero, which reads all data and needs the tensor library.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The files are missing, damaged or of a kind that is not known.</exception>
    ModelContents? Inspect(bool countZeros, CancellationToken cancellationToken) => null;
}
