using LlmKick.Reports.Comparisons;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Examples;

/// <summary>A pair of samples chosen as an example, before its question is known.</summary>
/// <param name="Task">The task.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Flip">What became of it.</param>
/// <param name="Id">The sample's id.</param>
/// <param name="Dense">The dense model's line.</param>
/// <param name="Here">The variant's line.</param>
internal sealed record PickedPair(TaskMeaning Task, VariantResults Variant, Flip Flip, string Id, byte[] Dense, byte[] Here);
