using LlmKick.Reports.Content;
using LlmKick.Reports.Html;
using LlmKick.Reports.Sections;
using LlmKick.Runs.LmEval;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Storage;
using Microsoft.Extensions.Logging;

namespace LlmKick.Reports;

/// <summary>Writes the documents that sum a run up.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">Where the run is kept.</param>
/// <param name="origins">Hashes and versions.</param>
/// <param name="logger">Told of sections that plugins failed to make.</param>
internal sealed class RunReports(RunPlan plan, RunFolder folder, RunOrigins origins, ILogger logger)
{
    private readonly RunRecords records = new(folder);

    /// <summary>Writes what can be said by now.</summary>
    /// <returns>What the report tells, of the results as written.</returns>
    public Report Write()
    {
        var report = Report.Of(new ResultsMaker(plan, records, origins).Make().In(folder),
            new PluginSections(plan.Recipe.Sections, logger));
        report = report with { Run = ComparedResults.Of(report) };
        RunFile.WriteJson(folder.Results, report.Run, RunJson.Document);
        HtmlReport.Write(folder.Report, report);
        WriteLmEval();
        return report;
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
