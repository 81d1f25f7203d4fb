using LlmKick.Sdk;

namespace LlmKick.Transformers.Families;

/// <summary>All families, by their names.</summary>
internal static class FamilyList
{
    // Of several with a name in GGUF files, the first reads them.
    private static readonly Family[] All =
    [
        Afmoe.Row,
        Apertus.Row,
        Apertus15.Row,
        Arcee.Row,
        BailingHybrid.Row,
        Bamba.Row,
        Bloom.Row,
        Cohere2.Row,
        Cohere2Moe.Row,
        CohereCompass.Row,
        DeepSeekV2.Row,
        DeepSeekV3.Row,
        Dory.Row,
        Dots1.Row,
        Ernie45.Row,
        Ernie45Moe.Row,
        Exaone4.Row,
        Falcon.Row,
        FalconH1.Row,
        FlexOlmo.Row,
        Flint.Row,
        Gemma.Row,
        Gemma2.Row,
        Gemma3.Row,
        Gemma3n.Row,
        Gemma4.Row,
        Glm4.Row,
        Glm4Moe.Row,
        Glm4MoeLite.Row,
        GptOss.Row,
        Gpt2.Row,
        GptNeoX.Row,
        Granite.Row,
        GraniteMoe.Row,
        GraniteMoeHybrid.Row,
        GraniteMoeSwa.Row,
        GraniteSwa.Row,
        Helium.Row,
        HrmText.Row,
        HunYuan.Row,
        HyV3.Row,
        HyperClovaX.Row,
        Jais2.Row,
        KimiLinear.Row,
        Kolibri1.Row,
        Laguna.Row,
        LaraMini.Row,
        Lfm2.Row,
        Lfm2Moe.Row,
        Lfm3.Row,
        Llama.Row,
        IQuestCoder.Row,
        InternLm3.Row,
        Llama4.Row,
        MambaTwo.Row,
        Mellum.Row,
        MiniCpm3.Row,
        MiniMaxM2.Row,
        Ministral3.Row,
        Mistral.Row,
        Mixtral.Row,
        Mpt.Row,
        MuseGlimmer.Row,
        NanoChat.Row,
        NemotronH.Row,
        Olmo2.Row,
        Olmo3.Row,
        OlmoHybrid.Row,
        Olmoe.Row,
        Opt.Row,
        Phi.Row,
        Phi3.Row,
        Qwen2.Row,
        Qwen2Moe.Row,
        Qwen3.Row,
        Qwen35.Row,
        Qwen35Moe.Row,
        Qwen3Moe.Row,
        Qwen3Next.Row,
        SarvamMoe.Row,
        SeedOss.Row,
        SmolLm3.Row,
        SolarOpen.Row,
        StableLm.Row,
        StarCoder2.Row,
        VaultGemma.Row,
        Youtu.Row,
        Zaya.Row,
    ];

    private static readonly Dictionary<string, Family> ByName =
        All.SelectMany(row => row.Aliases.Prepend(row.Name).Select(name => (name, row)))
            .ToDictionary(pair => pair.name, pair => pair.row, StringComparer.Ordinal);

    public static IReadOnlyList<Family> Rows => All;

    public static Family? TryFind(string name) => ByName.GetValueOrDefault(name);

    public static Family Find(string name, string path) => TryFind(name)
        ?? throw new LlmKickException(MissingParts.Of(name) is { } part
            ? $"'{path}' is of the architecture '{name}', which is not supported, for it has {part}."
            : $"'{path}' is of the architecture '{name}', which is not supported; supported: "
            + $"{string.Join(", ", All.Select(row => row.Name).Order())}.");

    /// <param name="name">As in <c>general.architecture</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="valueOf">What its metadata have under a key of the architecture; empty for nothing and for 0.</param>
    public static Family FindGguf(string name, string path, Func<string, string> valueOf) =>
        Array.Find(All, row => row.GgufName == name && row.GgufKey is { } key && valueOf(key) is var value
            && (row.GgufValue is { } wanted ? value == wanted : value.Length > 0))
            ?? Array.Find(All, row => (row.GgufName == name || row.GgufAlias == name) && row.GgufKey is null)
        ?? throw new LlmKickException($"'{path}' is of the architecture '{name}', which is not supported in GGUF files; supported: "
            + $"{string.Join(", ", All.Select(row => row.GgufName).OfType<string>().Distinct().Order())}.");
}
