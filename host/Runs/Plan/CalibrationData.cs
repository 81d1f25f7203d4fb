using LlmKick.Data;
using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Plan;

/// <summary>Calibration data, read once for each tokenizer and each way to draw them.</summary>
internal sealed class CalibrationData
{
    private readonly Dictionary<(CalibrationSpec Spec, string Tokenizer), CalibrationSet> sets = [];

    /// <summary>Reads what a variant needs: whoever gave too little is told before anything is computed.</summary>
    /// <exception cref="LlmKickException">There are none, or not enough.</exception>
    public void Require(VariantPlan variant)
    {
        if (variant.Spec.Stages.Count == 0)
            return;
        var tokenizer = variant.CreateLoader().LoadTokenizer();
        foreach (var stage in variant.Spec.Stages)
            For(variant.Spec.Calibration, stage, tokenizer, variant.Model.ContextLength);
    }

    /// <summary>The data in a model's tokens.</summary>
    /// <param name="spec">What they are made of, or null.</param>
    /// <param name="stage">The compressor that needs them.</param>
    /// <param name="tokenizer">The model's tokenizer, or null where it has none here.</param>
    /// <param name="contextLength">Tokens in the model's longest sequence.</param>
    /// <returns>The data; null where there are none and none is needed.</returns>
    /// <exception cref="LlmKickException">There are none, or not enough.</exception>
    public CalibrationSet? For(CalibrationSpec? spec, ComponentUse stage, ITokenizer? tokenizer, int contextLength)
    {
        if (spec is null || tokenizer is null)
            return ((ICompressor)stage.Component.Create(stage.Options)).Needs == InputStatistics.None ? null : throw new LlmKickException(
                $"'{stage.Component.Name}' looks at the model's activations: give the recipe a `calibration` section with a text.");
        if (spec.Length > contextLength)
            throw new LlmKickException($"calibration: sequences of {spec.Length} tokens do not fit the model's context of {contextLength}; "
                + $"write `length: {contextLength}` or less.");
        if (!sets.TryGetValue((spec, tokenizer.Hash), out var set))
            sets[(spec, tokenizer.Hash)] = set = new CalibrationReader(spec, tokenizer).Read();
        return set;
    }
}
