using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Formats.Blocks;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What llama.cpp calls a type of file: a block type for most matrices, and exceptions for those that matter more.</summary>
/// <param name="Name">The name, such as <c>Q4_K_M</c>.</param>
/// <param name="FileType">Its number in <c>general.file_type</c>.</param>
/// <param name="Base">The block type of most matrices.</param>
internal sealed record GgufMix(string Name, int FileType, string Base)
{
    /// <summary>The block type of a linear that is an exception, or null.</summary>
    public Func<MixPlace, string?> Exception { get; init; } = _ => null;

    public static IReadOnlyList<GgufMix> All { get; } =
    [
        new("F16", 1, "F16"),
        new("F32", 0, "F32"),
        new("BF16", 32, "BF16"),
        new("Q8_0", 7, "Q8_0"),
        new("Q4_0", 2, "Q4_0"),
        new("Q4_1", 3, "Q4_1"),
        new("Q5_0", 8, "Q5_0"),
        new("Q5_1", 9, "Q5_1"),
        new("Q2_K", 10, "Q2_K") { Exception = Of(value: p => p.QueriesPerKey >= 4 ? "Q4_K" : "Q3_K", down: _ => "Q3_K", output: "Q3_K") },
        new("Q3_K_S", 11, "Q3_K"),
        new("Q3_K_M", 12, "Q3_K") { Exception =
            Of(value: p => p.Layer < 2 ? "Q5_K" : "Q4_K", down: p => p.Layer < p.Layers / 16 ? "Q5_K" : "Q4_K", output: "Q4_K") },
        new("Q3_K_L", 13, "Q3_K") { Exception = Of(value: _ => "Q5_K", down: _ => "Q5_K", output: "Q5_K") },
        new("Q4_K_S", 14, "Q4_K") { Exception =
            Of(value: p => p.Layer < 4 ? "Q5_K" : null, down: p => p.Layer < p.Layers / 8 ? "Q5_K" : null) },
        new("Q4_K_M", 15, "Q4_K") { Exception = Of(value: p => p.GetsMoreBits ? "Q6_K" : null, down: p => p.GetsMoreBits ? "Q6_K" : null) },
        new("Q5_K_S", 16, "Q5_K"),
        new("Q5_K_M", 17, "Q5_K") { Exception = Of(value: p => p.GetsMoreBits ? "Q6_K" : null, down: p => p.GetsMoreBits ? "Q6_K" : null) },
        new("Q6_K", 18, "Q6_K"),
    ];

    public bool IsQuantized => !BlockTypes.Find(Base)!.IsPlain;

    public static GgufMix Find(string name) => All.First(mix => mix.Name == name);

    /// <summary>The block type of a matrix.</summary>
    /// <param name="place">Where a linear lies; null for the embedding.</param>
    /// <param name="isOutput">Whether it makes the logits.</param>
    /// <param name="columns">Its columns.</param>
    public BlockType TypeOf(MixPlace? place, bool isOutput, long columns)
    {
        var name = place is { } linear ? OfEight(linear) ?? Exception(linear) ?? Base
            : isOutput && IsQuantized ? Base == "Q8_0" || columns % 256 != 0 ? "Q8_0"
            : "Q6_K" : Base;
        return Fitting(name, columns);
    }

    /// <summary>What models of eight experts have more bits for: little beside those.</summary>
    private string? OfEight(MixPlace place) => !IsQuantized || place.Experts != 8 ? null : place.Role switch
    {
        LinearRole.Key or LinearRole.Value => "Q8_0",
        LinearRole.Output => Name is "Q2_K" or "Q3_K_S" or "Q3_K_M" or "Q4_K_S" or "Q4_K_M" ? "Q5_K" : Base,
        _ => null,
    };

    /// <summary>The type, or the nearest whose blocks fill rows of some columns.</summary>
    private static BlockType Fitting(string name, long columns)
    {
        var type = BlockTypes.Find(name)!;
        return columns % type.Elements == 0 ? type : Fitting(name switch
        {
            "Q2_K" or "Q3_K" => "Q4_0",
            "Q4_K" => "Q5_0",
            "Q5_K" => "Q5_1",
            "Q6_K" => "Q8_0",
            _ => "F16",
        }, columns);
    }

    private static Func<MixPlace, string?> Of(Func<MixPlace, string?> value, Func<MixPlace, string?> down, string? output = null) =>
        place => place.Role switch
    {
        LinearRole.Value => value(place) is "Q4_K" or "Q3_K" && place is { Layers: 80, QueriesPerKey: 8 } ? "Q5_K" : value(place),
        LinearRole.Down => down(place),
        LinearRole.Output => output,
        _ => null,
    };
}

/// <summary>What decides a linear's block type.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Layer">Its block.</param>
/// <param name="Layers">Blocks of the model.</param>
/// <param name="QueriesPerKey">Query heads that share a key head.</param>
/// <param name="Experts">Experts of a block; 0 for none.</param>
internal sealed record MixPlace(LinearRole Role, int Layer, int Layers, int QueriesPerKey, int Experts)
{
    /// <summary>The first and last eighth, and every third between.</summary>
    public bool GetsMoreBits => Layer < Layers / 8 || Layer >= 7 * Layers / 8 || (Layer - Layers / 8) % 3 == 2;
}
