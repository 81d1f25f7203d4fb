using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;

namespace LlmKick.Transformers;

/// <summary>Which model to load, and how to compute it.</summary>
public sealed record TransformersOptions
{
    /// <summary>A GGUF file, a Hugging Face folder, or a hub name.</summary>
    [Option("GGUF file, Hugging Face folder (config.json with safetensors), or the hub name (org/name) of a downloaded model.", Required = true, IsPath = true)]
    public string Path { get; init; } = "";

    /// <summary>The element type computed in.</summary>
    /// <value>The recipe's.</value>
    [Option("Element type computed in; the recipe's unless given. float32 is exact, bfloat16 halves the memory.")]
    public DataType? Dtype { get; init; }
}
