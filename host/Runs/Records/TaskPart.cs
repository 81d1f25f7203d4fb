using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LlmKick.Runs.Plan;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>What a part of a run has of a task on a variant: the batches that are kept, and beside it their lines for
/// lm-evaluation-harness.</summary>
/// <param name="Fingerprint">Fingerprint of everything that decides them.</param>
/// <param name="Batches">Batches of the whole task.</param>
/// <param name="Done">Those that are here.</param>
/// <param name="OutputType">How the task asks, in the words of lm-evaluation-harness.</param>
internal sealed record TaskPart(string Fingerprint, int Batches, IReadOnlyList<int> Done, string OutputType)
{
    /// <summary>What stands in front of the questions; null where nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PromptFront>? BeginOfText { get; init; }

    /// <summary>The fingerprint of a part of a task: of the task, and of what is reported of the variant's compression.</summary>
    public static string FingerprintOf(VariantPlan variant, TaskPlan task) =>
        Storage.Fingerprint.Of(new JsonObject { ["task"] = task.Fingerprint, ["compression"] = variant.CompressionFingerprint });
}
