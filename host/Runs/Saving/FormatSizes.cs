using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;
using Microsoft.Extensions.Logging;

namespace LlmKick.Runs.Saving;

/// <summary>What a variant takes on disk in each format that holds it as it is.</summary>
internal static partial class FormatSizes
{
    /// <summary>Bytes by format, in each format's own type; none where the model's plugin writes no files.</summary>
    public static IReadOnlyDictionary<string, long> Of(VariantPlan variant, ILogger logger)
    {
        using var model = SavePlan.Foresee(variant);
        var sizes = new Dictionary<string, long>();
        foreach (var writer in model is null ? [] : variant.Spec.Formats)
            if (Forecast(writer, model!, logger) is { Faults.Count: 0, Bytes: { } bytes })
                sizes.Add(writer.Format.Name, bytes);
        return sizes;
    }

    /// <summary>What a plugin's format gets wrong costs its row, not the run.</summary>
    private static CheckpointForecast? Forecast(ICheckpointWriter writer, ICheckpointModel model, ILogger logger)
    {
        try
        {
            return writer.Forecast(model, new CheckpointSettings { Format = writer.Format.Name });
        }
        catch (LlmKickException failure)
        {
            LeftOut(logger, writer.Format.Name, failure.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "No size as {Format} is told: {Reason}")]
    private static partial void LeftOut(ILogger logger, string format, string reason);
}
