using LlmKick.Runs.Records;

namespace LlmKick.Runs.LmEval;

/// <summary>Names of files in the layout of lm-evaluation-harness: a folder a model, which here is a variant.</summary>
internal static class LmEvalFiles
{
    // The layout wants a time in its names. A fixed one lets a repeated run replace its files.
    private const string Stamp = "2000-01-01T00-00-00.000000";

    /// <summary>The results of a variant.</summary>
    public static string Results(RunFolder folder, string variant) => Path.Combine(folder.LmEval, variant, $"results_{Stamp}.json");

    /// <summary>The samples of a task on a variant.</summary>
    public static string Samples(RunFolder folder, string variant, string task) =>
        Path.Combine(folder.LmEval, variant, $"samples_{task}_{Stamp}.jsonl");
}
