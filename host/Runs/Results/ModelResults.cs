using LlmKick.Runs.Plan;

namespace LlmKick.Runs.Results;

/// <summary>A model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What loads it.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Blocks">Its blocks.</param>
/// <param name="ContentHash">Hash of its weights.</param>
/// <param name="TokenizerHash">Hash of its tokenizer.</param>
internal sealed record ModelResults(string Name, string? Kind, long Parameters, int Blocks, string ContentHash, string? TokenizerHash)
{
    /// <summary>A variant's model.</summary>
    public static ModelResults Of(VariantPlan variant) => new(variant.Model.Name, variant.Spec.Model.Component.Name,
        variant.Model.ParameterCount, variant.Model.BlockCount, variant.Model.ContentHash, variant.Model.TokenizerHash);
}
