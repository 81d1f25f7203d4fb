using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Adapters;

/// <summary>The name of an adapter's tensor, taken apart.</summary>
/// <param name="Target">The tensor of the model that it changes, by the name that PEFT had it under:
/// <c>model.layers.0.mlp.up_proj.weight</c>.</param>
/// <param name="Part">What it is to it.</param>
internal sealed record AdapterName(string Target, AdapterPart Part)
{
    private const string Root = "base_model.model.";

    private static readonly (string End, AdapterPart Part)[] Ends =
    [
        (".lora_A.weight", AdapterPart.Down), (".lora_B.weight", AdapterPart.Up), (".lora_embedding_A", AdapterPart.EmbeddingDown),
        (".lora_embedding_B", AdapterPart.EmbeddingUp),
    ];

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">As in <c>adapter_model.safetensors</c>.</param>
    /// <param name="path">The file, for messages.</param>
    public static AdapterName Parse(string name, string path)
    {
        var inner = name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..] : name;
        foreach (var (end, part) in Ends)
            if (inner.EndsWith(end, StringComparison.Ordinal))
                return new AdapterName(inner[..^end.Length] + ".weight", part);
        return !inner.Contains("lora_", StringComparison.Ordinal) && !inner.Contains("token_adapter", StringComparison.Ordinal)
            ? new AdapterName(inner.Replace(".modules_to_save", "", StringComparison.Ordinal)
                .Replace(".base_layer", "", StringComparison.Ordinal), AdapterPart.Whole)
            : throw new LlmKickException($"'{path}' has the tensor '{name}', which cannot be merged here; merge the adapter with its own "
                + $"tool and give the merged folder.");
    }
}
