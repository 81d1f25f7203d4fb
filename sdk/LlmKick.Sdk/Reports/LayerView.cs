using LlmKick.Sdk.Compression;

namespace LlmKick.Sdk.Reports;

/// <summary>What a compressor did to a linear.</summary>
/// <param name="Compressor">The compressor's name.</param>
/// <param name="Report">What it reported.</param>
public sealed record LayerView(string Compressor, LinearReport Report);
