using System.Text.Json.Nodes;

namespace LlmKick.Sdk.Reports;

/// <summary>A compressor as a variant uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its options as the recipe gives them.</param>
public sealed record CompressorView(string Name, JsonObject Options);
