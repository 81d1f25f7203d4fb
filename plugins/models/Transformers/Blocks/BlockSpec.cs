using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Blocks;

/// <summary>A block as a family describes it.</summary>
internal sealed record BlockSpec
{
    public required Flow Flow { get; init; }

    public required IMixerSpec Mixer { get; init; }

    public required IFeedSpec Feed { get; init; }

    /// <summary>What enters the block from the tokens themselves; null for nothing.</summary>
    public TokenInputSpec? TokenInput { get; init; }

    /// <summary>What is added beside the mixer's output; null for nothing.</summary>
    public LaurelSpec? Laurel { get; init; }

    /// <summary>How several hidden states follow the one that the block computes with; null where there is one.</summary>
    public StreamsSpec? Streams { get; init; }

    /// <summary>The name of a number that the block's output is multiplied by; null for none.</summary>
    public string? Scalar { get; init; }

    /// <summary>All tensors of the block.</summary>
    public IEnumerable<ParameterSpec> Parameters =>
    [
        .. Mixer.Parameters, .. Feed.Parameters, .. NormSpec.All(Flow.Norms), .. ScaleSpec.All(Flow.Step),
        .. Flow.Shifts.SelectMany(shift => shift.Parameters), .. Laurel?.Parameters ?? [], .. Streams?.Parameters ?? [],
        .. TokenInput?.Parameters ?? [], .. Scalar is null ? [] : (ParameterSpec[])[ScalarSpec],
    ];

    public DecoderBlock Build(IPartReader reader, int index) => new(
        this, index, [.. Flow.Norms.Select(norm => reader.Norm(norm)!)], Mixer.Build(reader), Feed.Build(reader),
        TokenInput?.Build(reader),
        Scalar is null ? null : reader.Tensor(ScalarSpec), Flow.Step?.Build(reader),
        [.. Flow.Shifts.Select(shift => shift.Build(reader))])
    {
        Laurel = Laurel?.Build(reader),
        Streams = Streams?.Build(reader),
    };

    private ParameterSpec ScalarSpec => new(ParameterKind.Other, Scalar!, [1]) { Gguf = "layer_output_scale.weight" };
}
