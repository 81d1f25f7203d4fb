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

    /// <summary>Where a model that is larger than memory may keep what was changed of it, in files that vanish with the process.</summary>
    /// <value>The system's folder of temporary files.</value>
    public string ScratchFolder { get; init; } = Path.GetTempPath();

    /// <summary>Told how far the loading has come, or null.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
