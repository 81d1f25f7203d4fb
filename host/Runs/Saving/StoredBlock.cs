using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Storage;
using TorchSharp;

namespace LlmKick.Runs.Saving;

/// <summary>A block as <see cref="BlockFile"/> wrote it. What is damaged counts as not stored.</summary>
internal sealed class StoredBlock : IDisposable
{
    private readonly SafetensorsFile _file;
    private readonly Dictionary<string, LinearEncoding> _encodings;

    private StoredBlock(SafetensorsFile file)
    {
        _file = file;
        _encodings = Json<Dictionary<string, LinearEncoding>>("encodings");
        Reports = Json<List<LinearReport?>>("reports")
            .ConvertAll(report => report ?? throw new LlmKickException($"A report of '{file.Path}' is empty."));
        Seconds = double.Parse(Text("seconds"), CultureInfo.InvariantCulture);
    }

    /// <summary>What was reported of the block.</summary>
    public IReadOnlyList<LinearReport> Reports { get; }

    /// <summary>The time the block took.</summary>
    public double Seconds { get; }

    /// <summary>Opens a stored block, or gives nothing where there is none of that fingerprint.</summary>
    public static StoredBlock? TryOpen(string path, string fingerprint)
    {
        SafetensorsFile? file = null;
        string? missing = null;
        try
        {
            file = File.Exists(path) ? SafetensorsFile.Open(path) : null;
            if (file?.Metadata.GetValueOrDefault("fingerprint") == fingerprint
                && file.Metadata.GetValueOrDefault("format") == BlockFile.Format)
            {
                missing = file.Metadata.GetValueOrDefault(BlockFile.Kinds)?.Split(',')
                    .FirstOrDefault(kind => !StoredKinds.IsKnown<LinearEncoding>(kind));
                if (missing is null)
                    return new StoredBlock(file);
            }
        }
        catch (Exception exception) when (exception is LlmKickException or JsonException or NotSupportedException or FormatException)
        {
            // A damaged block is made again.
        }
        file?.Dispose();
        return missing is null ? null : throw new LlmKickException($"'{path}' has weights stored as '{missing}', which no plugin here "
            + $"offers: install the plugin that the run was made with, or remove the file to compress the block again.");
    }

    /// <summary>Puts the weights, encodings and other parameters back: all of them or, where one cannot be read, none.</summary>
    public bool TryRestore(IBlock block)
    {
        using var scope = torch.NewDisposeScope();
        try
        {
            var linears = block.Groups.SelectMany(group => group.Linears).Select(linear => (To: linear, From: Read(linear))).ToList();
            var others = block.Parameters.Select(other => (To: other.Value, From: Read(other.Key, other.Value))).ToList();
            linears.ForEach(pair => Put(pair.From, pair.To));
            others.ForEach(pair => pair.To.copy_(pair.From));
            return true;
        }
        catch (Exception exception) when (exception is LlmKickException or ArgumentException or ExternalException
            or InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private Linear Read(Linear linear)
    {
        var stored = new Linear(linear.Name, torch.empty_like(linear.Weight));
        var encoding = _encodings.GetValueOrDefault(linear.Name)
            ?? throw new LlmKickException($"'{_file.Path}' has no encoding of '{linear.Name}'.");
        var parts = encoding.PartNames.Select(part => (Name: part, Place: $"{linear.Name}.{part}"))
            .Where(part => _file.Entries.ContainsKey(part.Place)).ToDictionary(part => part.Name, part => _file.Read(part.Place));
        if (parts.Count > 0)
            stored.Replace(encoding, parts);
        else
            stored.Replace(CompactWeight.Unpack(linear.Name, linear.Weight.shape, _file), encoding);
        return stored;
    }

    private torch.Tensor Read(string name, torch.Tensor like)
    {
        var stored = _file.Read(name);
        return stored.shape.SequenceEqual(like.shape) ? stored
            : throw new LlmKickException($"'{name}' of '{_file.Path}' has another shape.");
    }

    private static void Put(Linear from, Linear to)
    {
        to.Replace(from);
        foreach (var tensor in from.Tensors)
            tensor.Dispose();
    }

    private string Text(string key) => _file.Metadata.GetValueOrDefault(key)
        ?? throw new LlmKickException($"'{_file.Path}' says nothing of '{key}'.");

    private T Json<T>(string key) => JsonSerializer.Deserialize<T>(Text(key), RunJson.Line)
        ?? throw new LlmKickException($"'{key}' of '{_file.Path}' is empty.");
}
