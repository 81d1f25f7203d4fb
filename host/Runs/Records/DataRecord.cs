using System.Text.Json.Serialization;
using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Where the calibration data left a compressor without what it asked of them.</summary>
/// <param name="Raised">Linears whose Hessian took more damping than was asked for.</param>
/// <param name="LargestDamping">The most that one took, as a share of its mean diagonal; 0 where none was raised.</param>
/// <param name="DeadLinears">Linears with inputs that were zero in every token.</param>
/// <param name="DeadInputs">Those inputs, of all those linears.</param>
/// <param name="Unreached">Linears that no token reached, but for those of <paramref name="Experts"/>.</param>
internal sealed record DataRecord(int Raised, double LargestDamping, int DeadLinears, int DeadInputs, int Unreached)
{
    /// <summary>Experts that too few tokens were sent to; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ColdExpert>? Experts { get; init; }

    /// <summary>Counts what was compressed, by every step of its own; null where there is nothing to count.</summary>
    public static DataRecord? Of(IEnumerable<LayerRecord> layers)
    {
        var all = layers.ToList();
        var compressed = all.Where(layer => layer.Report.Left is null).ToList();
        var raised = compressed.Where(layer => layer.Report.Damping > layer.Report.DampingAsked).ToList();
        var dead = compressed.Where(layer => layer.Report.DeadInputs > 0).ToList();
        var unreached = compressed.GroupBy(layer => layer.Compressor).Where(step => step.Any(layer => layer.Report.DeadInputs is not null))
            .Sum(step => step.Count(layer => layer.Report is { OutputErrorTokens: 0, TooFewTokens: null }));
        var cold = all.Where(layer => layer.Report.TooFewTokens is not null)
            .GroupBy(layer => (layer.Compressor, layer.Report.Block, layer.Report.Expert!.Value))
            .Select(own => new ColdExpert(own.Key.Compressor, own.Key.Block, own.Key.Value,
                own.Max(layer => layer.Report.TooFewTokens!.Value),
                own.All(layer => layer.Report.LeftForTokens))).ToList();
        return raised.Count + dead.Count + unreached + cold.Count == 0 ? null : new DataRecord(
            raised.Count, raised.Select(layer => layer.Report.Damping!.Value).DefaultIfEmpty().Max(), dead.Count,
            dead.Sum(layer => layer.Report.DeadInputs!.Value), unreached) { Experts = cold.Count == 0 ? null : cold };
    }
}

/// <summary>An expert that too few calibration tokens were sent to.</summary>
/// <param name="Compressor">The method that was to look at them.</param>
/// <param name="Block">Its block.</param>
/// <param name="Expert">Its number.</param>
/// <param name="Tokens">How many it was sent.</param>
/// <param name="Left">Whether it was left as it was; else it was treated without data.</param>
internal sealed record ColdExpert(string Compressor, int Block, int Expert, long Tokens, bool Left);
