using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Finds out from a folder's descriptions how its linears are packed.</summary>
internal static class PackedFormats
{
    private const string Section = "quantization_config";

    /// <summary>Files that describe a quantization where <c>config.json</c> does not.</summary>
    public static IReadOnlyList<string> Descriptions { get; } = ["quantize_config.json", "quantization_config.json", "quant_config.json"];

    public static IPackedFormat? Find(ITensorFiles files)
    {
        foreach (var file in Descriptions.Prepend("config.json").Select(name => Path.Combine(files.Path, name)).Where(File.Exists))
        {
            using var document = JsonFile.Read(file);
            var all = new ConfigFields(file, document.RootElement);
            if ((Path.GetFileName(file) == "config.json" ? all.Section(Section) : all) is { } fields)
                return Create(files, fields);
        }
        return null;
    }

    private static IPackedFormat? Create(ITensorFiles files, ConfigFields fields) => Method(fields) switch
    {
        "gptq" => new GptqFormat(files, GptqSettings.Read(fields)),
        "awq" => new AwqFormat(files, AwqSettings.Read(fields)),
        "compressed-tensors" => new CompressedTensorsFormat(files, CompressedTensorsSettings.Read(fields)),
        // Its tensors are stacks of experts, which the model's layout knows.
        "mxfp4" => null,
        null => throw new LlmKickException(
            $"'{fields.Path}' does not say how the weights are quantized: add 'quant_method', which is gptq, awq or compressed-tensors."),
        var method => throw new LlmKickException($"'{fields.Path}' says that the weights are quantized with '{method}', which is not "
            + $"supported; supported: gptq, awq, compressed-tensors, mxfp4 (of experts), and GGUF files."),
    };

    // AutoGPTQ's own file does not name its method, AutoAWQ's older one neither; GPTQModel writes a second name.
    private static string? Method(ConfigFields fields)
    {
        var (method, second) = (fields.Text("quant_method"), fields.Text("method"));
        if (method is not null && second is not null && method != second)
            throw new LlmKickException($"'{fields.Path}' says quant_method '{method}' and method '{second}', which pack weights "
                + $"differently; take out the one that is wrong.");
        return method ?? second ?? Path.GetFileName(fields.Path) switch
        {
            "quantize_config.json" => "gptq",
            "quant_config.json" => "awq",
            _ => null,
        };
    }
}
