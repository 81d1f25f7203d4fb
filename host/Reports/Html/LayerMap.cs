using System.Text.Json;
using LlmKick.Reports.Samples;
using LlmKick.Runs.Results;
using LlmKick.Storage;

namespace LlmKick.Reports.Html;

/// <summary>What compression did to all linears of a variant.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Blocks">The blocks, in order.</param>
/// <param name="Linears">The linears of a block, in order.</param>
/// <param name="Cells">What was done to each, last.</param>
internal sealed record LayerMap(string Variant, IReadOnlyList<int> Blocks, IReadOnlyList<string> Linears,
    IReadOnlyDictionary<(int Block, string Linear), LayerCell> Cells)
{
    /// <summary>Reads a variant's lines; null where there are none.</summary>
    public static LayerMap? Read(VariantResults variant)
    {
        var path = variant.Origin.Folder.Layers(variant.Origin.Name);
        if (!File.Exists(path))
            return null;
        var cells = new Dictionary<(int Block, string Linear), LayerCell>();
        JsonLinesFile.Read(path, (_, line) =>
        {
            using var document = JsonDocument.Parse(line.ToArray());
            var linear = document.RootElement;
            var error = Number(linear, "relative_output_error") ?? Number(linear, "relative_frobenius") ?? double.NaN;
            cells[(linear.GetProperty("block").GetInt32(), linear.GetProperty("linear").GetString()!)] =
                new LayerCell(error, Number(linear, "sparsity") ?? 0);
        });
        return cells.Count == 0 ? null : new LayerMap(variant.Name, [.. cells.Keys.Select(key => key.Block).Distinct().Order()],
            [.. cells.Keys.Select(key => key.Linear).Distinct()], cells);
    }

    private static double? Number(JsonElement line, string name) => line.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}

/// <summary>What compression did to one linear.</summary>
/// <param name="Error">Of its output, relative; of its weights where no output was measured.</param>
/// <param name="Sparsity">Share of zeros.</param>
internal sealed record LayerCell(double Error, double Sparsity);
