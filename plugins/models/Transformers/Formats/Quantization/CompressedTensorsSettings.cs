using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>What a checkpoint of compressed-tensors says of itself.</summary>
/// <param name="Path">The file that says it.</param>
/// <param name="Format">The layout's name.</param>
/// <param name="Schemes">Groups of linears.</param>
/// <param name="Pattern">The N:M pattern of pruned linears, or null.</param>
internal sealed record CompressedTensorsSettings(string Path, string Format, IReadOnlyList<CompressedTensorsScheme> Schemes,
    string? Pattern)
{
    private const string Class = "Linear";

    private static readonly string[] Formats =
        ["dense", "int-quantized", "float-quantized", "naive-quantized", "pack-quantized", "mixed-precision", "sparse-bitmask",
            "sparse-24-bitmask"];

    public static CompressedTensorsSettings Read(ConfigFields fields)
    {
        var (format, sparsity) = (KnownFormat(fields), fields.Section("sparsity_config"));
        var sparse = sparsity is null ? "dense" : KnownFormat(sparsity);
        RefuseChanges(fields);
        return new CompressedTensorsSettings(
            fields.Path, sparse == "dense" ? format : $"{format}, {sparse}", Groups(fields),
            sparsity?.Text("sparsity_structure") is "2:4" ? "2:4" : null);
    }

    /// <summary>How a linear is quantized: by the group that names it, else by the one of all linears.</summary>
    public CompressedTensorsScheme Scheme(string module) =>
        Schemes.FirstOrDefault(scheme => scheme.Names(module)) ?? Schemes.FirstOrDefault(scheme => scheme.Targets.Contains(Class))
        ?? throw new LlmKickException($"'{Path}' does not say how the linear '{module}' is quantized: no group of 'config_groups' has it.");

    private static List<CompressedTensorsScheme> Groups(ConfigFields fields) => fields.Section("config_groups") is not { } groups
        ? []
        : [.. groups.Unread().ToList().Select(name => Group(groups.Section(name)!))];

    private static CompressedTensorsScheme Group(ConfigFields group)
    {
        _ = KnownFormat(group);
        return CompressedTensorsScheme.Read(group);
    }

    private static string KnownFormat(ConfigFields fields) => (fields.Text("format") ?? "dense") is var format && Formats.Contains(format)
        ? format
        : throw new LlmKickException(
            $"'{fields.Path}' has linears in the format '{format}', which is not supported; supported: {string.Join(", ", Formats)}.");

    // Both change what a linear computes.
    private static void RefuseChanges(ConfigFields fields)
    {
        foreach (var key in (string[])["transform_config", "kv_cache_scheme"])
            if (fields.Section(key)?.Unread().Any() == true)
                throw new LlmKickException($"'{fields.Path}' has a '{key}', which is not supported.");
    }
}
