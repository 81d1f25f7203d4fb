using LlmKick.Sdk.Compression;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmKick.Tests;

/// <summary>Contexts for compressing in tests.</summary>
internal static class Compressions
{
    public static CompressionContext Context(CalibrationSet? calibration = null, IBlockStore? store = null, List<LinearReport>? reports = null)
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

    /// <summary>Compresses and gives back the reports.</summary>
    public static List<LinearReport> Run(this ICompressor method, ITransformer model, CalibrationSet? calibration = null, IBlockStore? store = null)
    {
        var reports = new List<LinearReport>();
        method.Compress(model, Context(calibration, store, reports));
        return reports;
    }
}
