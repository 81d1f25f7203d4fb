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
            CompactWeight.Pack(linear.Name, linear.Weight, tensors);
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
            linear.Replace(CompactWeight.Unpack(linear.Name, linear.Weight.shape, file), encodings[linear.Name]);
    }

    /// <summary>What was reported of a stored block.</summary>
    public static IReadOnlyList<LinearReport> Reports(SafetensorsFile file) =>
        JsonSerializer.Deserialize<List<LinearReport>>(file.Metadata["reports"], RunJson.Line)!;

    /// <summary>The time a stored block took.</summary>
    public static double Seconds(SafetensorsFile file) => double.Parse(file.Metadata["seconds"], CultureInfo.InvariantCulture);
}
