using System.Globalization;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using TorchSharp;

namespace LlmKick.Runs;

/// <summary>A stored block: the weights of all its linears, and in the metadata their encodings and reports.</summary>
internal static class BlockFile
{
    /// <summary>Writes a block.</summary>
    public static void Write(string path, string fingerprint, IBlock block, IReadOnlyList<LinearReport> reports, double seconds)
    {
        using var scope = torch.NewDisposeScope();
        var linears = block.Groups.SelectMany(group => group.Linears).ToList();
        var tensors = new Dictionary<string, torch.Tensor>();
        foreach (var linear in linears)
            Pack(linear, tensors);
        foreach (var (name, norm) in block.Norms)
            tensors[name + ".weight"] = norm;
        var metadata = new Dictionary<string, string>
        {
            ["fingerprint"] = fingerprint,
            ["encodings"] = JsonSerializer.Serialize(linears.ToDictionary(linear => linear.Name, linear => linear.Encoding), RunJson.Line),
            ["reports"] = JsonSerializer.Serialize(reports, RunJson.Line),
            ["seconds"] = seconds.ToString("R", CultureInfo.InvariantCulture),
        };
        RunFile.Write(path, stream => SafetensorsWriter.WriteTo(stream, tensors, metadata));
    }

    /// <summary>Opens a stored block, or gives nothing where there is none of that fingerprint.</summary>
    public static SafetensorsFile? TryOpen(string path, string fingerprint)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault("fingerprint") == fingerprint)
                return file;
            file.Dispose();
        }
        catch (LlmKickException)
        {
            // A damaged block is made again.
        }
        return null;
    }

    /// <summary>Puts a stored block's weights and encodings back.</summary>
    public static void Restore(SafetensorsFile file, IBlock block)
    {
        using var scope = torch.NewDisposeScope();
        var encodings = JsonSerializer.Deserialize<Dictionary<string, LinearEncoding>>(file.Metadata["encodings"], RunJson.Line)!;
        foreach (var linear in block.Groups.SelectMany(group => group.Linears))
            Restore(file, linear, encodings[linear.Name]);
        foreach (var (name, norm) in block.Norms)
            norm.copy_(file.Read(name + ".weight"));
    }

    private static void Pack(Linear linear, Dictionary<string, torch.Tensor> tensors)
    {
        if (linear.Quantized is null)
            CompactWeight.Pack(linear.Name, linear.Weight, tensors);
        foreach (var (part, tensor) in linear.Quantized?.Parts ?? new Dictionary<string, torch.Tensor>())
            tensors[$"{linear.Name}.{part}"] = tensor;
    }

    private static void Restore(SafetensorsFile file, Linear linear, LinearEncoding encoding)
    {
        torch.Tensor? Part(string part) => file.Entries.ContainsKey($"{linear.Name}.{part}") ? file.Read($"{linear.Name}.{part}") : null;
        if (encoding is QuantizedEncoding quantized && Part("codes") is { } codes)
            linear.Replace(new QuantizedWeight(quantized, codes, Part("scales")!, Part("zeros"), Part("column_groups")));
        else
            linear.Replace(CompactWeight.Unpack(linear.Name, linear.Weight.shape, file), encoding);
    }

    /// <summary>What was reported of a stored block.</summary>
    public static IReadOnlyList<LinearReport> Reports(SafetensorsFile file) =>
        JsonSerializer.Deserialize<List<LinearReport>>(file.Metadata["reports"], RunJson.Line)!;

    /// <summary>The time a stored block took.</summary>
    public static double Seconds(SafetensorsFile file) => double.Parse(file.Metadata["seconds"], CultureInfo.InvariantCulture);
}
