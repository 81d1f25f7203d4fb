using System.Text.Json.Serialization;

namespace LlmKick.Runs.Results;

/// <summary>Versions of everything that computes.</summary>
/// <param name="Tool">Of the tool.</param>
/// <param name="Sdk">Of the SDK.</param>
/// <param name="TorchSharp">Of TorchSharp.</param>
/// <param name="LibTorch">Of libtorch.</param>
/// <param name="Plugins">Of the plugins that the recipe uses, by name.</param>
internal sealed record VersionResults([property: JsonPropertyName("llmkick")] string? Tool, string? Sdk,
    [property: JsonPropertyName("torchsharp")] string? TorchSharp, [property: JsonPropertyName("libtorch")] string? LibTorch,
    IReadOnlyDictionary<string, string?>? Plugins);
