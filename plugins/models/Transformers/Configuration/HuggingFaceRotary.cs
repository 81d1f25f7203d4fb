using LlmKick.Sdk;

namespace LlmKick.Transformers.Configuration;

/// <summary>Reads rotary settings: <c>rope_parameters</c>, or <c>rope_theta</c> with <c>rope_scaling</c> in older files.</summary>
internal static class HuggingFaceRotary
{
    private const double DefaultBase = 10000;

    public static RotaryConfig Read(ConfigFields fields)
    {
        var parameters = fields.Section("rope_parameters") ?? fields.Section("rope_scaling");
        RefusePartial(fields);
        var theta = parameters?.Number("rope_theta") ?? fields.Number("rope_theta") ?? DefaultBase;
        return new RotaryConfig(theta, parameters is null ? null : Scaling(parameters));
    }

    private static IRotaryScaling? Scaling(ConfigFields parameters)
    {
        var type = parameters.Text("rope_type") ?? parameters.Text("type") ?? "default";
        RefusePartial(parameters);
        IRotaryScaling? scaling = type switch
        {
            "default" => null,
            "linear" => new LinearScaling(Need(parameters, "factor")),
            "llama3" => Llama3(parameters),
            _ => throw new LlmKickException($"'{parameters.Path}' scales rotary positions by '{type}', which is not supported; supported: default, linear, llama3."),
        };
        // Both spellings of the type may stand side by side.
        _ = parameters.Text("type");
        if (parameters.Unread().FirstOrDefault() is { } unknown)
            throw new LlmKickException($"'{parameters.Path}' has a rotary parameter '{unknown}' that '{type}' does not know; remove it if it has no effect.");
        return scaling;
    }

    private static Llama3Scaling Llama3(ConfigFields parameters)
    {
        var scaling = new Llama3Scaling(
            Need(parameters, "factor"),
            Need(parameters, "low_freq_factor"),
            Need(parameters, "high_freq_factor"),
            parameters.Need(parameters.Size("original_max_position_embeddings", int.MaxValue), "original_max_position_embeddings"));
        return scaling.LowFrequencyFactor < scaling.HighFrequencyFactor
            ? scaling
            : throw new LlmKickException($"'{parameters.Path}' has a 'low_freq_factor' that is not below its 'high_freq_factor'.");
    }

    private static double Need(ConfigFields parameters, string key) => parameters.Need(parameters.Number(key), key);

    private static void RefusePartial(ConfigFields fields)
    {
        if (fields.Number("partial_rotary_factor") is { } share and not 1)
            throw new LlmKickException($"'{fields.Path}' rotates a share of {share} of each head, which is not supported; supported: 1.");
    }
}
