using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Compression;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>A line of <c>layers/&lt;variant&gt;.jsonl</c>.</summary>
/// <param name="Compressor">The compressor's name.</param>
/// <param name="Report">What it did to a linear.</param>
internal sealed record LayerRecord(string Compressor, LinearReport Report)
{
    /// <summary>The line: the compressor, then everything of the report.</summary>
    public JsonObject ToJson()
    {
        var line = new JsonObject { ["compressor"] = Compressor };
        foreach (var (key, value) in JsonSerializer.SerializeToNode(Report, RunJson.Line)!.AsObject())
            line[key] = value?.DeepClone();
        return line;
    }
}
