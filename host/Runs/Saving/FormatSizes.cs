using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Runs.Saving;

/// <summary>What a variant takes on disk in each format that holds it as it is.</summary>
internal static class FormatSizes
{
    /// <summary>Bytes by format, in each format's own type; none where the model's plugin writes no files.</summary>
    public static IReadOnlyDictionary<string, long> Of(VariantPlan variant)
    {
        var sizes = new Dictionary<string, long>();
        if (variant.CreateLoader().Checkpoints is { } writer)
            foreach (var format in writer.Formats)
                if (writer.Forecast(new CheckpointSettings { Format = format.Name }, place => SavePlan.Foresee(variant, place))
                    is { Faults.Count: 0, Bytes: { } bytes })
                    sizes.Add(format.Name, bytes);
        return sizes;
    }
}
