using System.Text.Json.Nodes;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Reports.Html;
using LlmKick.Reports.Spreads;
using LlmKick.Reports.Stored;
using LlmKick.Runs.LmEval;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Storage;

namespace LlmKick.Reports;

/// <summary>Writes the documents that sum a run up.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">Where the run is kept.</param>
/// <param name="origins">Hashes and versions.</param>
internal sealed class RunReports(RunPlan plan, RunFolder folder, RunOrigins origins)
{
    private readonly RunRecords records = new(folder);

    /// <summary>Variants beside the dense model, as last written.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; private set; } = [];

    /// <summary>What was repeated over seeds, as last written.</summary>
    public IReadOnlyList<Spread> Spreads { get; private set; } = [];

    /// <summary>The run's variants, as last written.</summary>
    public IReadOnlyList<StoredVariant> Variants { get; private set; } = [];

    /// <summary>Writes what can be said by now.</summary>
    /// <returns>The results document.</returns>
    public JsonObject Write()
    {
        var results = new ResultsDocument(plan, records, origins).Make();
        var report = Report.Of(StoredRun.Of(results, folder));
        Comparisons = report.Comparisons;
        Spreads = report.Spreads;
        Variants = report.Run.Variants;
        ComparisonNodes.Add(results, Comparisons);
        SpreadNodes.Add(results, Spreads);
        RunFile.WriteJson(folder.Results, results, RunJson.Document);
        HtmlReport.Write(folder.Report, report);
        WriteLmEval();
        return results;
    }

    private void WriteLmEval()
    {
        var lmEval = new LmEvalResults(plan, records);
        foreach (var variant in plan.Variants)
            if (lmEval.Make(variant) is { } document)
                RunFile.WriteJson(LmEvalFiles.Results(folder, variant.Name), document, RunJson.Document);
            else
                RunFile.Delete(LmEvalFiles.Results(folder, variant.Name));
    }
}
