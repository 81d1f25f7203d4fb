using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LlmKick.Runs.Results;

/// <summary>What a run's numbers came from, besides models.</summary>
/// <param name="Data">Hashes of everything that the recipe reads.</param>
/// <param name="Calibrations">Hashes of the calibration texts of variants that have their own, by variant.</param>
/// <param name="Versions">Versions of everything that computes.</param>
internal sealed record RunOrigins(DataResults Data, IReadOnlyDictionary<string, string> Calibrations, VersionResults Versions);

/// <summary>Hashes of everything that a recipe reads besides models.</summary>
/// <param name="Calibration">Of the calibration text, or null.</param>
/// <param name="Tasks">For each task those behind its options, by option.</param>
/// <param name="Fetched">What came from the hub, models too: addresses with their commits.</param>
internal sealed record DataResults(string? Calibration, IReadOnlyDictionary<string, JsonObject?>? Tasks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Fetched = null);

/// <summary>Versions of everything that computes.</summary>
/// <param name="Tool">Of the tool.</param>
/// <param name="Sdk">Of the SDK.</param>
/// <param name="TorchSharp">Of TorchSharp.</param>
/// <param name="LibTorch">Of libtorch.</param>
/// <param name="Plugins">Of the plugins that the recipe uses, by name.</param>
internal sealed record VersionResults([property: JsonPropertyName("llmkick")] string? Tool, string? Sdk,
    [property: JsonPropertyName("torchsharp")] string? TorchSharp, [property: JsonPropertyName("libtorch")] string? LibTorch,
    IReadOnlyDictionary<string, string?>? Plugins);
