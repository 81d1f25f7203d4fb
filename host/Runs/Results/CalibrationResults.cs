using System.Text.Json.Nodes;

namespace LlmKick.Runs.Results;

/// <summary>What a variant says of its calibration data over what the recipe says.</summary>
/// <param name="Options">The options as given.</param>
/// <param name="Hash">Hash of the text.</param>
internal sealed record CalibrationResults(JsonObject? Options, string? Hash);
