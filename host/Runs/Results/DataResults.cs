using System.Text.Json.Nodes;

namespace LlmKick.Runs.Results;

/// <summary>Hashes of everything that a recipe reads besides models.</summary>
/// <param name="Calibration">Of the calibration text, or null.</param>
/// <param name="Tasks">For each task those behind its options, by option.</param>
internal sealed record DataResults(string? Calibration, IReadOnlyDictionary<string, JsonObject?>? Tasks);
