using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LlmKick.Runs.Results;

/// <summary>A compressor as a variant uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its options as given.</param>
internal sealed record CompressorResults([property: JsonRequired] string Name, [property: JsonRequired] JsonObject Options)
{
    /// <summary>The option that is the axis of curves, or null; results that do not tell are of compressors in which it was always
    /// this.</summary>
    public string? Axis { get; init; } = "sparsity";

    /// <summary>The compressor with all options but the axis: what a curve is drawn of.</summary>
    public override string ToString() =>
        string.Join(' ', Options.Where(option => option.Key != Axis).Select(option => option.Value?.ToString() ?? "none").Prepend(Name));
}
