using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Sdk.Testing;

/// <summary>The contexts that the host would give, without a host.</summary>
public static class TestContexts
{
    /// <summary>A context for compressing.</summary>
    /// <param name="calibration">The calibration set, or null.</param>
    /// <param name="store">Keeps finished blocks; null keeps none.</param>
    /// <param name="reports">Takes what is reported of each linear, or null.</param>
    public static CompressionContext Compression(CalibrationSet? calibration = null, IBlockStore? store = null,
        ICollection<LinearReport>? reports = null)
    {
        var context = new CompressionContext
        {
            Calibration = calibration,
            Seed = 7,
            Report = report => reports?.Add(report),
            Logger = NullLogger.Instance,
        };
        return store is null ? context : context with { Store = store };
    }

    /// <summary>A context for making samples.</summary>
    /// <param name="tokenizer">The model's tokenizer; null for <see cref="ByteTokenizer"/>.</param>
    /// <param name="contextLength">Tokens in the model's longest sequence.</param>
    /// <param name="seed">The task's seed.</param>
    public static TaskContext Task(ITokenizer? tokenizer = null, int contextLength = 8192, int seed = 0) => new()
    {
        Tokenizer = tokenizer ?? ByteTokenizer.Instance,
        ContextLength = contextLength,
        Seed = seed,
        Logger = NullLogger.Instance,
    };

    /// <summary>A context for scoring.</summary>
    public static ScoringContext Scoring() => new() { Logger = NullLogger.Instance };

    /// <summary>A context for loading a model on the CPU.</summary>
    /// <param name="type">The recipe's data type.</param>
    public static ModelLoadContext Load(DataType type = DataType.Float32) =>
        new() { Device = torch.CPU, DataType = type, Logger = NullLogger.Instance };

    /// <summary>Compresses and gives back the reports.</summary>
    /// <param name="method">The method.</param>
    /// <param name="model">The model, changed in place.</param>
    /// <param name="calibration">The calibration set, or null.</param>
    /// <param name="store">Keeps finished blocks; null keeps none.</param>
    public static IReadOnlyList<LinearReport> Run(this ICompressor method, ITransformer model, CalibrationSet? calibration = null,
        IBlockStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        var reports = new List<LinearReport>();
        method.Compress(model, Compression(calibration, store, reports));
        return reports;
    }
}
