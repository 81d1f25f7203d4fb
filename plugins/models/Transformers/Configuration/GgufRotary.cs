using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Configuration;

/// <summary>Reads rotary settings of GGUF files: a base, <c>rope.scaling.*</c> and the tensor <c>rope_freqs.weight</c>.</summary>
internal static class GgufRotary
{
    public const string FactorsTensor = "rope_freqs.weight";
    private const double DefaultBase = 10000;

    public static RotaryConfig Read(GgufFields fields, GgufWeights weights, int headWidth)
    {
        var scaling = Scaling(fields);
        if (!weights.Contains(FactorsTensor))
            return new RotaryConfig(Base(fields), scaling);
        return scaling is null
            ? new RotaryConfig(Base(fields), Factors(weights, headWidth))
            : throw new LlmKickException($"'{fields.Path}' scales rotary positions both by 'rope.scaling' and by '{FactorsTensor}', which is not supported.");
    }

    private static double Base(GgufFields fields) => fields.Number("rope.freq_base") ?? DefaultBase;

    private static LinearScaling? Scaling(GgufFields fields)
    {
        // Both say how the model was made, not how it computes.
        _ = (fields.Size("rope.scaling.original_context_length", int.MaxValue), fields.Flag("rope.scaling.finetuned"));
        var factor = fields.Number("rope.scaling.factor");
        var older = fields.Number("rope.scale_linear");
        return fields.Text("rope.scaling.type") switch
        {
            "none" => null,
            "linear" => new LinearScaling(factor ?? throw fields.Missing("rope.scaling.factor")),
            null when (factor ?? older) is { } linear => new LinearScaling(linear),
            null => null,
            var type => throw new LlmKickException($"'{fields.Path}' scales rotary positions by '{type}', which is not supported; supported: none, linear."),
        };
    }

    private static FrequencyFactors Factors(GgufWeights weights, int headWidth)
    {
        if (weights.Shape(FactorsTensor) is not [var count] || count != headWidth / 2)
            throw new LlmKickException($"'{weights.Path}' has the tensor '{FactorsTensor}' of shape [{string.Join(", ", weights.Shape(FactorsTensor))}]; heads of width {headWidth} need [{headWidth / 2}].");
        using var factors = weights.Read(FactorsTensor, ScalarType.Float32);
        var values = factors.data<float>().ToArray();
        return values.All(value => value > 0 && float.IsFinite(value))
            ? new FrequencyFactors(values)
            : throw new LlmKickException($"'{weights.Path}' has in the tensor '{FactorsTensor}' a factor that is not a positive number.");
    }
}
