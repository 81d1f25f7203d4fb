using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Data;

/// <summary>A recipe's calibration data, read once for each tokenizer.</summary>
/// <param name="spec">The recipe's section, or null.</param>
/// <param name="seed">The recipe's seed.</param>
internal sealed class CalibrationData(CalibrationSpec? spec, int seed)
{
    private readonly Dictionary<string, CalibrationSet> sets = new(StringComparer.Ordinal);

    /// <summary>The data in a model's tokens.</summary>
    /// <param name="stage">The compressor that needs them.</param>
    /// <param name="needs">What the compressor must know of them.</param>
    /// <param name="model">The model.</param>
    /// <returns>The data; null where the recipe has none and none is needed.</returns>
    /// <exception cref="LlmKickException">There are none, or not enough.</exception>
    public CalibrationSet? For(ComponentUse stage, InputStatistics needs, ILanguageModel model)
    {
        if (spec is null || model.Tokenizer is not { } tokenizer)
            return needs == InputStatistics.None ? null : throw new LlmKickException($"'{stage.Component.Name}' looks at the model's activations: give the recipe a `calibration` section with a text.");
        if (spec.Length > model.Description.ContextLength)
            throw new LlmKickException($"calibration: sequences of {spec.Length} tokens do not fit the model's context of {model.Description.ContextLength}; write `length: {model.Description.ContextLength}` or less.");
        if (!sets.TryGetValue(tokenizer.Hash, out var set))
            sets[tokenizer.Hash] = set = new CalibrationReader(spec, spec.Seed ?? seed, tokenizer).Read();
        return set;
    }
}
