using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Packing;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Integers of 4 bits as AWQ's tools store them, laid out for their matrix product.</summary>
internal sealed class AwqWriter : ILinearWriter
{
    private const int Bits = 4;

    public CheckpointFormat Format { get; } =
        new("awq", "A folder with integers of 4 bits as AWQ's tools store them (GEMM).", ["float16", "bfloat16"]);

    public bool Wants(LinearFacts linear) => linear.Encoding is QuantizedEncoding;

    public ScalarType? ScaleType(ScalarType type) => ScalarType.Float16;

    public string? Fault(LinearFacts linear) => linear.Encoding switch
    {
        QuantizedEncoding { Format: not CodeFormat.Integer } other => $"has codes of {other.Format}, and the format holds integers alone",
        QuantizedEncoding { Bits: not Bits } other => $"has {other.Bits} bits, and the format has {Bits} alone",
        QuantizedEncoding when linear.Forecast.HasColumnGroups =>
            "has groups of inputs that are not neighbours (act-order), which the format cannot say",
        QuantizedEncoding { GroupSize: { } size } when linear.Inputs % size != 0 =>
            $"has {linear.Inputs} inputs, which groups of {size} do not fill",
        _ when linear.Outputs % AwqPacking.PerWord != 0 =>
            $"has {linear.Outputs} outputs, and the format packs {AwqPacking.PerWord} in a word",
        QuantizedEncoding quantized => ActivationFault.Of(quantized),
        _ => null,
    };

    public string? Fault(IReadOnlyList<LinearFacts> stored) => stored.Select(linear => linear.Quantized!.GroupSize).Distinct().Count() > 1
        ? "its linears have groups of different sizes, and the format has one for all"
        : null;

    public IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type)
    {
        var (name, outputs, inputs, groups) =
            (tensor.Linear!.Name, (int)tensor.Shape[0], (int)tensor.Shape[1], (int)PackedTensors.Groups(tensor.Linear));
        QuantizedWeight Weight() => tensor.Open!().Quantized!;
        yield return PackedTensors.Words(name + ".qweight", [inputs, outputs / AwqPacking.PerWord],
            words => AwqPacking.Pack(Weight().Codes.bytes, outputs, inputs, words));
        yield return PackedTensors.Words(name + ".qzeros", [groups, outputs / AwqPacking.PerWord],
            words => AwqPacking.Pack(PackedTensors.Zeros(Weight(), groups).bytes, outputs, groups, words));
        yield return Scales.Plan(name + ".scales", [groups, outputs], ScalarType.Float16,
            () => Weight().Scales.expand(outputs, groups).t());
    }

    public JsonObject Config(IReadOnlyList<LinearFacts> stored, IReadOnlyList<LinearFacts> dense) => new()
    {
        ["quant_method"] = "awq",
        ["bits"] = Bits,
        ["group_size"] = stored[0].Quantized!.GroupSize ?? -1,
        ["zero_point"] = true,
        ["version"] = "gemm",
        ["modules_to_not_convert"] = new JsonArray(["lm_head", .. dense.Select(linear => (JsonNode)linear.Name)]),
    };
}
