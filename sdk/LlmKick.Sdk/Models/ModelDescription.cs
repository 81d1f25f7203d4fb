using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>What a loaded model is.</summary>
public sealed record ModelDescription
{
    /// <summary>A readable name, such as <c>SmolLM2-135M-Instruct</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture's name, such as <c>llama</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>All parameters, tied ones counted once.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Token ids that the model reads, from 0: its tokenizer may know fewer. Null where that is not known.</summary>
    [JsonIgnore]
    public int? VocabularySize { get; init; }

    /// <summary>Tokens in the longest sequence.</summary>
    public required int ContextLength { get; init; }

    /// <summary>The element type computed in: <c>float32</c>, <c>bfloat16</c> or <c>float16</c>; never <c>auto</c>.</summary>
    public required string DataType { get; init; }

    /// <summary>What a reader should know of how the model's files were read, a sentence each without its stop: keys that nothing uses,
    /// tensors that are not read.</summary>
    /// <value>Null: there is nothing to say.</value>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>The device computed on: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }
}
