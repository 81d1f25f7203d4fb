using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using static TorchSharp.torch;

namespace LlmKick.Tests.Oracles;

/// <summary>A model as llama.cpp computes it: with its table of GELU and, where a folder has a row of its own, its attention.</summary>
internal static class LlamaCppVariant
{
    private const double TableEnd = 10;

    public static ModelSpec Of(ModelSpec spec, LlamaCppDifference difference) =>
        new ModelSpec(spec.Family with { Block = (config, i) => Changed(spec.Family.Block(config, i), i, difference) }, spec.Config,
            spec.Vocabulary).With(spec.IsTied);

    private static BlockSpec Changed(BlockSpec block, int index, LlamaCppDifference difference) => block with
    {
        Mixer = block.Mixer is FullAttention attention && difference.Attention is { } change ? change(attention, index) : block.Mixer,
        Feed = block.Feed switch
        {
            Gated gated => gated with { Activation = OfTable(gated.Activation, gated.Inner) },
            Plain { Activation: { } activation } plain => plain with { Activation = OfTable(activation) },
            _ => block.Feed,
        },
        TokenInput = block.TokenInput is { } input ? input with { Activation = OfTable(input.Activation) } : null,
    };

    private static Activation OfTable(Activation activation, int width = 0) => activation.Name is not ("gelu" or "gelu_pytorch_tanh")
        ? activation : activation.Dropped == 0 ? Table : Table.OfGreatest(Share(activation.Dropped, width));

    private static Activation Table { get; } = new("GELU of a table", Gelu);

    /// <summary>The share whose bound lies by the deviation of a population where that of a sample is meant.</summary>
    private static double Share(double share, int width)
    {
        using var scope = NewDisposeScope();
        var bound = Activation.Deviations(share) * Math.Sqrt(width / (width - 1.0));
        return (1 + tensor(bound / Math.Sqrt(2), ScalarType.Float64).erf().item<double>()) / 2;
    }

    /// <summary>Argument and result are float16 within −10 … 10.</summary>
    private static Tensor Gelu(Tensor input)
    {
        using var scope = NewDisposeScope();
        var narrow = input.to_type(ScalarType.Float16).to_type(ScalarType.Float32);
        var inside = Activation.GeluTanh.Apply(narrow).to_type(ScalarType.Float16).to_type(ScalarType.Float32);
        return where(input.abs().lt(tensor(TableEnd)), inside, input.relu()).MoveToOuterDisposeScope();
    }
}
