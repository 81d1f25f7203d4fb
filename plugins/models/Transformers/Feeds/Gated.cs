using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Feeds;

/// <summary>down(activation(gate(x)) · up(x)) (Shazeer, arXiv 2002.05202).</summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Inner">Numbers between.</param>
/// <param name="Activation">The activation function.</param>
internal sealed record Gated(int Width, int Inner, Activation Activation) : IFeedSpec
{
    public Gated(ModelConfig c, Activation activation) : this(c.Width, c.FeedForwardWidth, activation)
    {
    }

    public string Gate { get; init; } = "mlp.gate_proj";

    public string Up { get; init; } = "mlp.up_proj";

    public string Down { get; init; } = "mlp.down_proj";

    /// <summary>The one matrix that makes gate and up, in this order; null for two.</summary>
    public string? Fused { get; init; }

    /// <summary>Whether GGUF files have two in place of it.</summary>
    public bool IsSplitInGguf { get; init; }

    /// <summary>Another module that folders may have the linears in; null for none.</summary>
    public string? OtherModule { get; init; }

    public bool HasBias { get; init; }

    /// <summary>What the gate's numbers are multiplied by, and what is put out.</summary>
    public double GateFactor { get; init; } = 1;

    public double OutputFactor { get; init; } = 1;

    /// <summary>What gate and up are multiplied by, a channel; null for nothing.</summary>
    public ScaleSpec? GateScale { get; init; }

    public ScaleSpec? UpScale { get; init; }

    /// <summary>A norm of the numbers between; null for none.</summary>
    public NormSpec? InnerNorm { get; init; }

    /// <summary>What stands behind the names of its tensors in GGUF files.</summary>
    public string GgufSuffix { get; init; } = "";

    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. Inputs.Append(Last).SelectMany(linear => linear.Parameters), .. ScaleSpec.All(GateScale, UpScale), .. NormSpec.All(InnerNorm),
    ];

    public IPart Build(IPartReader reader) =>
        new GatedFeed(Activation, reader.Linears(FeedNames.Group(Down, "gate_up"), Inputs),
            reader.Linears(FeedNames.Group(Down, "down"), Last))
        {
            GateFactor = GateFactor,
            OutputFactor = OutputFactor,
            GateScale = GateScale?.Build(reader),
            UpScale = UpScale?.Build(reader),
            InnerNorm = reader.Norm(InnerNorm),
        };

    private LinearSpec Last => Linear(LinearRole.Down, Down, Width, Inner, "ffn_down");

    private IReadOnlyList<LinearSpec> Inputs => Fused is not null
        ? [Linear(LinearRole.Other, Fused, 2 * Inner, Width, "ffn_up") with { GgufForm = IsSplitInGguf ? Halves : null }]
        : [Linear(LinearRole.Gate, Gate, Inner, Width, "ffn_gate"), Linear(LinearRole.Up, Up, Inner, Width, "ffn_up")];

    private GgufForm Halves => GgufForm.OfRows([2 * Inner, Width], [.. Enumerable.Range(0, 2 * Inner)],
        ($"ffn_gate{GgufSuffix}.weight", [Inner, Width]), ($"ffn_up{GgufSuffix}.weight", [Inner, Width]));

    private LinearSpec Linear(LinearRole role, string name, int outputs, int inputs, string gguf) =>
        new(role, name, outputs, inputs, gguf + GgufSuffix)
        {
            HasBias = HasBias,
            GgufForm = Factor(role) is var factor && factor == 1 ? null
                : GgufForm.Multiplied($"{gguf}{GgufSuffix}.weight", [outputs, inputs], (outputs, factor)),
            Others = OtherModule is null ? [] : [OtherModule + name[name.LastIndexOf('.')..]],
        };

    /// <summary>llama.cpp has no factors: the rows are multiplied by them.</summary>
    private double Factor(LinearRole role) => role switch
    {
        LinearRole.Gate => GateFactor,
        LinearRole.Down => OutputFactor,
        _ => 1,
    };
}
