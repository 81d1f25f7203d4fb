using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;

namespace LlmKick.Transformers;

/// <summary>Which model to load, and how to compute it.</summary>
public sealed record TransformersOptions
{
    /// <summary>A GGUF file, a Hugging Face folder, or a hub name.</summary>
    [Option("GGUF file, Hugging Face folder (config.json with safetensors), or a name on the hub: org/name, org/name@revision or "
        + "org/name:file.gguf.",
        Required = true, IsPath = true)]
    public string Path { get; init; } = "";

    /// <summary>A LoRA adapter that is merged into the weights.</summary>
    /// <value>None.</value>
    [Option("Folder of a LoRA adapter as PEFT saves it (adapter_config.json with adapter_model.safetensors), or its hub name; merged "
        + "into the weights in float32 as they are read.", IsPath = true)]
    public string? Adapter { get; init; }

    /// <summary>The element type computed in.</summary>
    /// <value>The recipe's.</value>
    [Option("Element type computed in; the recipe's unless given. float32 is exact, bfloat16 halves the memory.")]
    public DataType? Dtype { get; init; }

    /// <summary>Whether blocks stay in memory.</summary>
    /// <value>As it fits.</value>
    [Option("Blocks stay in memory (resident), or each is read when its turn comes (streamed), so that a model may be larger than memory; "
        + "auto streams where the weights would take more than half of it. Results are the same.", ChangesNothing = true)]
    public WeightPlace Weights { get; init; }

    /// <summary>Who says how tokens are chosen.</summary>
    /// <value>The task alone.</value>
    [Option("What decides which token is written: task, or the model's generation_config.json too (repetition_penalty, "
        + "no_repeat_ngram_size, suppress_tokens), as its reference does even for greedy text.")]
    public GenerationSource Generation { get; init; }

    /// <summary>Bits that keys and values are rounded to.</summary>
    /// <value>None: they stay as they are.</value>
    [Option("Rounds keys and values to so many bits before they are looked at; what a cache of them would lose. 8 is close to lossless; "
        + "the compressor kv-cache sweeps it.", Min = 2, Max = 8)]
    public int? KvBits { get; init; }

    /// <summary>Numbers of a head that share a scale.</summary>
    /// <value>A whole head.</value>
    [Option("With kv_bits: consecutive numbers of a head that share a scale, a divisor of the head's width; the whole head unless "
        + "given.", Min = 1)]
    public int? KvGroupSize { get; init; }
}
