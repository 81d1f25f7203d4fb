using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Where the calibration data left a compressor without what it asked of them.</summary>
/// <param name="Raised">Linears whose Hessian took more damping than was asked for.</param>
/// <param name="LargestDamping">The most that one took, as a share of its mean diagonal; 0 where none was raised.</param>
/// <param name="DeadLinears">Linears with inputs that were zero in every token.</param>
/// <param name="DeadInputs">Those inputs, of all those linears.</param>
/// <param name="Unreached">Linears that no token reached, as experts may be.</param>
internal sealed record DataRecord(int Raised, double LargestDamping, int DeadLinears, int DeadInputs, int Unreached)
{
    /// <summary>Counts what was compressed, by every step of its own; null where there is nothing to count.</summary>
    public static DataRecord? Of(IEnumerable<LayerRecord> layers)
    {
        var compressed = layers.Where(layer => layer.Report.Left is null).ToList();
        var raised = compressed.Where(layer => layer.Report.Damping > layer.Report.DampingAsked).ToList();
        var dead = compressed.Where(layer => layer.Report.DeadInputs > 0).ToList();
        var unreached = compressed.GroupBy(layer => layer.Compressor).Where(step => step.Any(layer => layer.Report.OutputErrorTokens > 0))
            .Sum(step => step.Count(layer => layer.Report.OutputErrorTokens == 0));
        return raised.Count + dead.Count + unreached == 0 ? null : new DataRecord(
            raised.Count, raised.Select(layer => layer.Report.Damping!.Value).DefaultIfEmpty().Max(), dead.Count,
            dead.Sum(layer => layer.Report.DeadInputs!.Value), unreached);
    }
}
