using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Ends;

/// <summary>The tensors that a model's ends ask for.</summary>
/// <param name="Ends">The ends.</param>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Vocabulary">Rows of the embedding.</param>
internal sealed record EndParameters(EndsSpec Ends, int Width, int Vocabulary)
{
    public ParameterSpec Embedding => Table(Ends.Embedding, Vocabulary, Ends.EmbeddingWidth ?? Width, "token_embd.weight",
        Ends.EmbeddingScale);

    public ParameterSpec? Positions => Ends.Positions is { } table ? Table(table.Name, table.Rows, Width, "position_embd.weight") with
        { StaysFloat = true } : null;

    public ParameterSpec? ProjectIn => Ends.EmbeddingWidth is { } own
        ? new(ParameterKind.Other, Ends.ProjectIn + ".weight", [Width, own]) : null;

    public ParameterSpec? ProjectOut => Ends.EmbeddingWidth is { } own
        ? new(ParameterKind.Other, Ends.ProjectOut + ".weight", [own, Width]) : null;

    public ParameterSpec? TokenRows => Ends.Tokens is { } tokens
        ? Table(tokens.Table, tokens.Rows, tokens.Blocks * tokens.Width, "per_layer_token_embd.weight") is var table
            && tokens.Rows < Vocabulary
            // Tokens beyond the last have the first one's row.
            ? table with { GgufForm = GgufForm.Lengthened(table.Gguf!, table.Shape, Vocabulary) } : table
        : null;

    public ParameterSpec? TokenProjection => Ends.Tokens is { } tokens
        ? new(ParameterKind.Other, tokens.Projection + ".weight",
            [tokens.Blocks * tokens.Width, Width]) { Gguf = "per_layer_model_proj.weight" } : null;

    public ParameterSpec Head => Table(Ends.Head, Ends.HeadRows ?? Vocabulary, Ends.EmbeddingWidth ?? Width, "output.weight",
        Ends.LogitScale);

    public ParameterSpec? HeadBias => Ends.HeadBias
        ? new(ParameterKind.Other, Ends.Head + ".bias", [Ends.HeadRows ?? Vocabulary]) { Gguf = "output.bias" } : null;

    /// <summary>What makes further hidden states of the first, and what makes them one with it.</summary>
    public IReadOnlyList<ParameterSpec> Spread => Streams("altup_projections", "altup_proj.weight");

    public IReadOnlyList<ParameterSpec> Merge => Streams("altup_unembed_projections", "altup_unembd_proj.weight");

    public ParameterSpec? Start => Ends.Start is { } name ? new(ParameterKind.Other, name, [Width]) : null;

    /// <summary>The last norm, by its name in GGUF files too.</summary>
    public NormSpec? FinalNorm => Ends.FinalNorm is { } norm ? norm with { Gguf = norm.Gguf ?? "output_norm" } : null;

    /// <summary>What comes before the blocks, inside the root.</summary>
    public IEnumerable<ParameterSpec> Before =>
    [
        Embedding, .. Some(Positions), .. Some(ProjectIn), .. NormSpec.All(Ends.EmbeddingNorm), .. Some(TokenRows),
        .. Some(TokenProjection), .. NormSpec.All(Ends.Tokens?.Norm), .. Some(Start), .. Ends.EmbeddingShift?.Parameters ?? [], .. Spread,
    ];

    /// <summary>What comes behind the blocks, inside the root.</summary>
    public IEnumerable<ParameterSpec> After => [.. Merge, .. NormSpec.All(FinalNorm), .. Some(ProjectOut)];

    /// <summary>What comes last, outside the root.</summary>
    public IEnumerable<ParameterSpec> Last(bool isTied) => 
        [.. isTied ? [] : (ParameterSpec[])[Head], .. Some(HeadBias), .. Some(Ends.HeadScale?.Parameter)];

    private IReadOnlyList<ParameterSpec> Streams(string name, string gguf) => [.. Enumerable.Range(0, Ends.Streams - 1)
        .Select(stream => new ParameterSpec(ParameterKind.Other, $"{name}.{stream}.weight", [Width, Width])
        {
            GgufStack = new StackPlace(gguf, [Ends.Streams - 1, Width, Width], stream),
        })];

    private ParameterSpec Table(string name, int rows, int width, string gguf, double factor = 1) =>
        new(ParameterKind.Table, name + ".weight", [rows, width])
        {
            Gguf = gguf,
            GgufForm = Ends.AreMultipliedInGguf && factor != 1 ? GgufForm.Multiplied(gguf, [rows, width], (rows, factor)) : null,
        };

    private static IEnumerable<ParameterSpec> Some(ParameterSpec? spec) => spec is null ? [] : [spec];
}
