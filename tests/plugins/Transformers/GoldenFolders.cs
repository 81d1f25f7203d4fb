namespace LlmKick.Tests.Transformers;

/// <summary>The tiny checkpoints of all families, by their folders in the reference data.</summary>
internal static class GoldenFolders
{
    private static readonly string[] Names =
    [
        "llama",
        "llama-tied-mha",
        "llama-dynamic",
        "llama3-rope",
        "llama3-rope-v4",
        "mistral",
        "mistral-window",
        "ministral3",
        "qwen2",
        "qwen2-window",
        "qwen3",
        "qwen3-yarn",
        "qwen3-yarn-v4",
        "gemma",
        "gemma2",
        "gemma3",
        "gemma3-v4",
        "gemma4",
        "gemma4-global-keys",
        "phi",
        "phi3",
        "phi3-longrope",
        "phi3-longrope-short",
        "phi3-longrope-v4",
        "olmo2",
        "olmo3",
        "smollm3",
        "granite",
        "glm4",
        "cohere2",
        "exaone4",
        "stablelm",
        "starcoder2",
        "opt",
        "opt-350m",
        "gpt2",
        "gpt2-unprefixed",
        "gpt-neox",
        "gpt-neox-v4",
        "falcon",
        "falcon-40b",
        "falcon-rw",
        "bloom",
        "bloom-unprefixed",
        "mpt",
        "seed-oss",
        "apertus",
        "helium",
        "hunyuan-dense",
        "wrapped-gemma3",
        "wrapped-llava",
        "wrapped-qwen2.5-vl",
        "arcee",
        "jais2",
        "vaultgemma",
        "apertus1p5_text",
        "nanochat",
        "mixtral",
        "mixtral-fused",
        "qwen2_moe",
        "qwen3_moe",
        "qwen3_moe-fused",
        "olmoe",
        "granitemoe",
        "granitemoe-fused",
        "glm4_moe",
        "ernie4_5_moe",
        "dots1",
        "minimax_m2",
        "mellum",
        "kolibri1",
        "cohere2_moe",
        "gpt_oss",
        "gpt_oss-mxfp4",
        "flint",
        "granite_swa",
        "deepseek_v2",
        "deepseek_v3",
        "deepseek_v3-plain",
        "glm4_moe_lite",
        "youtu",
        "minicpm3",
        "lfm2",
        "lfm2_moe",
        "lfm3",
        "qwen3_5_text",
        "wrapped-qwen3_5",
        "qwen3_5_moe_text",
        "qwen3_5_moe_text-fused",
        "qwen3_next",
        "lara_mini",
        "olmo_hybrid",
        "mamba2",
        "bamba",
        "granitemoehybrid",
        "falcon_h1",
        "nemotron_h",
        "wrapped-muse_glimmer",
        "laguna",
        "llama4_text",
        "kimi_linear",
        "bailing_hybrid",
        "dory",
        "hrm_text",
        "zaya",
        "gemma3n_text",
    ];

    public static TheoryData<string> All => [.. Names];

    /// <summary>Those whose weights are floats, as they are written again.</summary>
    public static TheoryData<string> OfFloats => [.. Names.Where(name => name != "gpt_oss-mxfp4")];

    /// <summary>Those that GGUF files cannot hold: llama.cpp does not know their families, nor Falcon's blocks one after the
    /// other, nor other multipliers of MiniCPM 3, positions of Llama 4 and streams of Gemma 3n than the released ones, nor Nemotron-H with
    /// experts in some feed-forward parts alone, nor Mellum with a dense one, nor capped routers of Laguna.</summary>
    public static IReadOnlyList<string> NotInGguf { get; } =
        ["opt", "opt-350m", "helium", "falcon-rw", "vaultgemma", "apertus1p5_text", "nanochat", "mellum", "kolibri1",
            "flint", "granite_swa", "minicpm3", "lfm3", "lara_mini", "olmo_hybrid", "nemotron_h",
            "wrapped-muse_glimmer", "laguna", "llama4_text", "bailing_hybrid", "dory", "hrm_text", "zaya", "gemma3n_text"];

    /// <summary>Those that GGUF files can hold.</summary>
    public static TheoryData<string> InGguf => [.. Names.Except(NotInGguf)];

    /// <summary>Those whose greedy text can be compared: OPT's parts at its first step, where the best two logits are 0.007
    /// apart.</summary>
    public static TheoryData<string> WithText => [.. Names.Where(name => name != "opt")];
}
