using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Packing;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Integers as GPTQ's tools store them.</summary>
/// <param name="version2">Whether zeros are stored as they are; version 1 stores each less one.</param>
internal sealed class GptqWriter(bool version2) : ILinearWriter
{
    private const int Word = 32;

    public CheckpointFormat Format { get; } = new(
        version2 ? "gptq-v2" : "gptq",
        $"A folder with integers of 2, 3, 4 or 8 bits as GPTQ's tools store them (version {(version2 ? 2 : 1)}).",
        ["float16", "bfloat16"]);

    public string? ConfigFile => "quantize_config.json";

    public bool Wants(LinearFacts linear) => linear.Encoding is QuantizedEncoding;

    public ScalarType? ScaleType(ScalarType type) => ScalarType.Float16;

    public string? Fault(LinearFacts linear) => linear.Encoding switch
    {
        QuantizedEncoding { Format: not CodeFormat.Integer } other => $"has codes of {other.Format}, and the format holds integers alone",
        QuantizedEncoding { Bits: not (2 or 3 or 4 or 8) } other => $"has {other.Bits} bits, and the format has 2, 3, 4 or 8",
        QuantizedEncoding { Symmetric: false } when !version2 =>
            "has an asymmetric grid, whose zeros may be 0, and version 1 stores a zero less one: export it as gptq-v2",
        QuantizedEncoding { GroupSize: { } size } when linear.Inputs % size != 0 =>
            $"has {linear.Inputs} inputs, which groups of {size} do not fill",
        _ when linear.Inputs % Word != 0
            || linear.Outputs % Word != 0 => $"is {linear.Outputs} × {linear.Inputs}, and the format packs both in words of {Word}",
        QuantizedEncoding quantized => ActivationFault.Of(quantized),
        _ => null,
    };

    public IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type)
    {
        var (linear, (outputs, inputs), groups) =
            (tensor.Linear!, ((int)tensor.Shape[0], (int)tensor.Shape[1]), (int)PackedTensors.Groups(tensor.Linear!));
        var bits = linear.Quantized!.Bits;
        QuantizedWeight Weight() => tensor.Open!().Quantized!;
        yield return PackedTensors.Words(linear.Name + ".qweight", [inputs * bits / Word, outputs],
            words => GptqPacking.PackCodes(Weight().Codes.bytes, outputs, inputs, bits, words));
        yield return PackedTensors.Words(linear.Name + ".qzeros", [groups, outputs * bits / Word],
            words => GptqPacking.PackZeros(PackedTensors.Zeros(Weight(), groups).bytes, outputs, groups, bits, version2, words));
        yield return Scales.Plan(linear.Name + ".scales", [groups, outputs], ScalarType.Float16,
            () => Weight().Scales.expand(outputs, groups).t());
        yield return PackedTensors.ColumnGroups(linear.Name + ".g_idx", tensor);
    }

    public JsonObject Config(IReadOnlyList<LinearFacts> stored, IReadOnlyList<LinearFacts> dense)
    {
        var most = stored.GroupBy(Setting).MaxBy(group => group.Count())!.Key;
        var others = stored.Where(linear => Setting(linear) != most)
            .Select(linear => KeyValuePair.Create($"+:^{Regex.Escape(linear.Name)}$", (JsonNode?)Setting(linear).Json()));
        var kept = dense.Select(linear => KeyValuePair.Create($"-:^{Regex.Escape(linear.Name)}$", (JsonNode?)new JsonObject()));
        var config = most.Json();
        config["desc_act"] = stored.Any(linear => linear.Forecast.HasColumnGroups);
        config["sym"] = stored.All(linear => linear.Quantized!.Symmetric);
        config["lm_head"] = false;
        config["quant_method"] = "gptq";
        config["checkpoint_format"] = version2 ? "gptq_v2" : "gptq";
        config["pack_dtype"] = "int32";
        config["true_sequential"] = false;
        config["static_groups"] = false;
        config["dynamic"] = new JsonObject([.. others, .. kept]);
        config["meta"] = new JsonObject { ["quantizer"] = new JsonArray(ProducerTag.Name) };
        return config;
    }

    private static GptqSetting Setting(LinearFacts linear) => new(linear.Quantized!.Bits, linear.Quantized.GroupSize ?? -1);

    private sealed record GptqSetting(int Bits, int GroupSize)
    {
        public JsonObject Json() => new() { ["bits"] = Bits, ["group_size"] = GroupSize };
    }
}
