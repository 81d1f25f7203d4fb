using LlmKick.Sdk;

namespace LlmKick.Transformers.Configuration;

/// <summary>The table of architectures.</summary>
internal static class Architectures
{
    private static readonly Architecture[] All =
    [
        new() { Name = "llama", IdleKeys = ["is_llama_config", "pretraining_tp"] },
        new() { Name = "qwen2", QkvBias = true, OutputBias = false, FeedForwardBias = false, IdleKeys = ["max_window_layers"] },
    ];

    public static Architecture Find(string name, string path) =>
        Array.Find(All, row => row.Name == name)
        ?? throw new LlmKickException($"'{path}' is of the architecture '{name}', which is not supported; supported: {string.Join(", ", All.Select(row => row.Name))}.");
}
