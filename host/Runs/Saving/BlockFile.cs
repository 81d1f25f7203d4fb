using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk;
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

    /// <summary>The metadata that names the encodings of plugins, so that a plugin that is missing is told from damage.</summary>
    public const string Kinds = "kinds";

    /// <summary>Writes a block.</summary>
    public static void Write(string path, string fingerprint, IBlock block, IReadOnlyList<LinearReport> reports, double seconds)
    {
        using var scope = torch.NewDisposeScope();
        var linears = block.Groups.SelectMany(group => group.Linears).ToList();
        var tensors = block.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value);
        foreach (var linear in linears)
        {
            StoredKinds.Require(linear.Encoding);
            Pack(linear, tensors);
        }
        var kinds = linears.Select(linear => linear.Encoding.Kind).Distinct().Where(kind => !StoredKinds.IsOwn<LinearEncoding>(kind))
            .ToList();
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["fingerprint"] = fingerprint,
            ["encodings"] = JsonSerializer.Serialize(linears.ToDictionary(linear => linear.Name, linear => linear.Encoding), RunJson.Line),
            ["reports"] = JsonSerializer.Serialize(reports, RunJson.Line),
            ["seconds"] = seconds.ToString("R", CultureInfo.InvariantCulture),
        };
        if (kinds.Count > 0)
            metadata[Kinds] = string.Join(',', kinds);
        RunFile.Write(path, stream => SafetensorsWriter.WriteTo(stream, tensors, metadata));
    }

    private static void Pack(Linear linear, Dictionary<string, torch.Tensor> tensors)
    {
        if (linear.Parts.Count == 0)
            CompactWeight.Pack(linear.Name, linear.Weight, tensors);
        foreach (var (part, tensor) in linear.Parts)
            if (!tensors.TryAdd($"{linear.Name}.{part}", tensor))
                throw new LlmKickException($"The encoding '{linear.Encoding.Kind}' has a part '{part}', but '{linear.Name}.{part}' is a "
                    + $"parameter of the block: its author should give the part another name.");
    }
}
