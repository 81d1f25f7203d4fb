using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Gguf;

namespace LlmKick.Transformers.Configuration;

/// <summary>The metadata of a GGUF file under the architecture's prefix, read key by key.</summary>
internal sealed class GgufFields(GgufFile file, string prefix)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal) { $"{prefix}.tensor_data_layout" };

    public string Path => file.Path;

    public int Need(string key, int greatest = ConfigFields.GreatestSize) => Size(key, greatest) ?? throw Missing(key);

    public LlmKickException Missing(string key) => file.Metadata.Missing(Full(key));

    public int? Size(string key, int greatest = ConfigFields.GreatestSize) => file.Metadata.Integer(Full(key)) switch
    {
        null => null,
        >= 1 and var size when size <= greatest => (int)size,
        var size => throw new LlmKickException($"'{Path}' has '{prefix}.{key}' = {size}, which is not a whole number of 1 … {greatest}."),
    };

    /// <summary>A positive number.</summary>
    public double? Number(string key) => file.Metadata.Number(Full(key)) switch
    {
        null => null,
        > 0 and < double.PositiveInfinity and var number => number,
        var number => throw new LlmKickException($"'{Path}' has '{prefix}.{key}' = {number}, which is not a positive number."),
    };

    public string? Text(string key) => file.Metadata.Text(Full(key));

    public bool? Flag(string key) => file.Metadata.Flag(Full(key));

    public void RefuseUnread()
    {
        var unknown = file.Metadata.Keys.Where(key => key.StartsWith(prefix + '.', StringComparison.Ordinal) && !_read.Contains(key)).ToList();
        if (unknown.Count > 0)
            throw new LlmKickException($"'{Path}' has metadata that the architecture '{prefix}' does not know: {string.Join(", ", unknown)}.");
    }

    private string Full(string key)
    {
        _read.Add($"{prefix}.{key}");
        return $"{prefix}.{key}";
    }
}
