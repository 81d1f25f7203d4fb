using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Storage;
using TorchSharp;

namespace LlmKick.Runs.Saving;

/// <summary>Writes a block: the weights of all its linears, its other parameters (norms, biases), and in the metadata the linears'
/// encodings and reports.</summary>
internal static class BlockFile
{
    /// <summary>The layout that is written; <see cref="StoredBlock"/> reads no other.</summary>
    public const string Format = "llmkick/block@3";

    /// <summary>Writes a block.</summary>
    public static void Write(string path, string fingerprint, IBlock block, IReadOnlyList<LinearReport> reports, double seconds)
    {
        using var scope = torch.NewDisposeScope();
        var linears = block.Groups.SelectMany(group => group.Linears).ToList();
        var tensors = block.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value);
        foreach (var linear in linears)
            Pack(linear, tensors);
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["fingerprint"] = fingerprint,
            ["encodings"] = JsonSerializer.Serialize(linears.ToDictionary(linear => linear.Name, linear => linear.Encoding), RunJson.Line),
            ["reports"] = JsonSerializer.Serialize(reports, RunJson.Line),
            ["seconds"] = seconds.ToString("R", CultureInfo.InvariantCulture),
        };
        RunFile.Write(path, stream => SafetensorsWriter.WriteTo(stream, tensors, metadata));
    }

    private static void Pack(Linear linear, Dictionary<string, torch.Tensor> tensors)
    {
        if (linear.Quantized is null)
            CompactWeight.Pack(linear.Name, linear.Weight, tensors);
        foreach (var (part, tensor) in linear.Quantized?.Parts ?? new Dictionary<string, torch.Tensor>())
            tensors[$"{linear.Name}.{part}"] = tensor;
    }
}
