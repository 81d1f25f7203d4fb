using Microsoft.Extensions.Logging;
using TorchSharp;

namespace LlmKick.Sdk.Models;

/// <summary>What a model is loaded with.</summary>
public sealed record ModelLoadContext
{
    /// <summary>Where weights and computation go.</summary>
    public required torch.Device Device { get; init; }

    /// <summary>The recipe's data type; the model's own option wins over it.</summary>
    public DataType DataType { get; init; }

    /// <summary>Takes the loader's messages.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Told how far the loading has come, or null.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
