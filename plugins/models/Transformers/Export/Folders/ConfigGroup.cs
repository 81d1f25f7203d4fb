using System.Text.Json.Nodes;
using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>How linears are quantized, as a group of <c>config_groups</c> says it.</summary>
internal sealed record ConfigGroup(int Bits, bool IsFloat, bool Symmetric, string Strategy, int? GroupSize, bool HasOrder,
    ActivationRange? Inputs, int InputBits)
{
    public static ConfigGroup Of(LinearFacts linear, string layout)
    {
        var encoding = linear.Quantized!;
        var isFloat = encoding.Format == CodeFormat.Fp8E4M3;
        var strategy = encoding.GroupSize is not null ? "group"
            : linear.Forecast.HasOneScale && layout != PackQuantizedWriter.Layout ? "tensor" : "channel";
        return new ConfigGroup(encoding.Bits, isFloat, isFloat || encoding.Symmetric, strategy, encoding.GroupSize,
            linear.Forecast.HasColumnGroups, encoding.Activations?.Range, encoding.Activations?.Bits ?? 0);
    }

    public JsonObject Json(string format, IReadOnlyList<string> targets) => new()
    {
        ["targets"] = new JsonArray([.. targets.Select(target => (JsonNode)target)]),
        ["weights"] = new JsonObject
        {
            ["num_bits"] = Bits,
            ["type"] = IsFloat ? "float" : "int",
            ["symmetric"] = Symmetric,
            ["group_size"] = GroupSize,
            ["strategy"] = Strategy,
            ["block_structure"] = null,
            ["dynamic"] = false,
            ["actorder"] = HasOrder ? "group" : null,
            ["observer"] = "minmax",
            ["observer_kwargs"] = new JsonObject(),
        },
        ["input_activations"] = Inputs is null ? null : new JsonObject
        {
            ["num_bits"] = InputBits,
            ["type"] = "int",
            ["symmetric"] = true,
            ["strategy"] = Inputs == ActivationRange.Token ? "token" : "tensor",
            ["dynamic"] = Inputs == ActivationRange.Token,
        },
        ["output_activations"] = null,
        ["format"] = format,
    };
}
