using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Quantized linears as compressed-tensors stores them, in one of its layouts.</summary>
/// <param name="name">The layout's name.</param>
/// <param name="help">What it holds.</param>
internal abstract class CompressedTensorsWriter(string name, string help) : ILinearWriter
{
    public CheckpointFormat Format { get; } = new(name, help, [FloatTypes.Own, .. FloatTypes.Names]);

    public virtual bool Wants(LinearFacts linear) => linear.Encoding is QuantizedEncoding;

    public abstract string? Fault(LinearFacts linear);

    public abstract IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type);

    public virtual ScalarType? ScaleType(ScalarType type) => ScalarType.Float32;

    public virtual JsonObject Config(IReadOnlyList<LinearFacts> stored, IReadOnlyList<LinearFacts> dense)
    {
        var schemes = stored.GroupBy(linear => ConfigGroup.Of(linear, Format.Name)).ToList();
        return Section(Format.Name, dense,
            new JsonObject(schemes.Select((group, i) => KeyValuePair.Create($"group_{i}", (JsonNode?)group.Key.Json(
            Format.Name, schemes.Count == 1 ? ["Linear"] : [.. group.Select(linear => linear.Name)])))));
    }

    protected static JsonObject Section(string format, IReadOnlyList<LinearFacts> dense, JsonObject groups) => new()
    {
        ["quant_method"] = "compressed-tensors",
        ["format"] = format,
        ["quantization_status"] = "compressed",
        ["global_compression_ratio"] = null,
        ["kv_cache_scheme"] = null,
        ["ignore"] = new JsonArray(["lm_head", .. dense.Select(linear => (JsonNode)linear.Name)]),
        ["config_groups"] = groups,
    };

    protected static string? IntegerFault(LinearFacts linear, QuantizedEncoding encoding) => encoding switch
    {
        { Format: not CodeFormat.Integer } => $"has codes of {encoding.Format}, and the format holds integers alone",
        { Bits: > 8 } => $"has {encoding.Bits} bits, and the format has 8 at most",
        { GroupSize: { } size } when linear.Inputs % size != 0 => $"has {linear.Inputs} inputs, which groups of {size} do not fill",
        _ => null,
    };
}
