using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>One block: attention and feed-forward, each on a normed input and added to what came in.</summary>
internal sealed class DecoderBlock
{
    public required int Index { get; init; }

    public required RmsNorm AttentionNorm { get; init; }

    public required Attention Attention { get; init; }

    public required RmsNorm FeedForwardNorm { get; init; }

    public required FeedForward FeedForward { get; init; }

    public IEnumerable<FusedLinear> Linears => Attention.Linears.Concat(FeedForward.Linears);

    public IEnumerable<Tensor> Tensors => [AttentionNorm.Weight, FeedForwardNorm.Weight, .. Linears.SelectMany(linear => linear.Tensors)];

    /// <summary>Weights of the norms by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Norms => new Dictionary<string, Tensor>
    {
        [ModelLayout.AttentionNormName] = AttentionNorm.Weight,
        [ModelLayout.FeedForwardNormName] = FeedForwardNorm.Weight,
    };

    /// <summary>Biases of the linears by the linear's name: views of the model's own.</summary>
    public IReadOnlyDictionary<string, Tensor> Biases => Linears.SelectMany(fused => fused.Group.Linears.Select((own, i) => (own.Name, Bias: fused.Bias(i))))
        .Where(own => own.Bias is not null).ToDictionary(own => own.Name, own => own.Bias!);

    /// <summary>A linear by its name inside the block.</summary>
    public Linear Linear(string name) => Linears.SelectMany(fused => fused.Group.Linears).First(linear => linear.Name == name);

    /// <summary>A norm's weight or a linear's bias by its name inside the block.</summary>
    public Tensor Find(string name) => Norms.GetValueOrDefault(name[..name.LastIndexOf('.')]) ?? Bias(name[..name.LastIndexOf('.')]);

    /// <summary>The linear groups, with what is before each and what it is part of.</summary>
    public IEnumerable<LinearGroup> Groups(RotaryTable rotary) =>
    [
        Attention.Linears[0].Group with
        {
            Source = new InputSource(ModelLayout.AttentionNormName, AttentionNorm.Weight),
            Part = input => Attention.Forward(input, ForwardPass.OfWhole(rotary, input.shape[1]), Index, null),
        },
        Attention.Linears[1].Group with { Source = Attention.OutputSource },
        FeedForward.Linears[0].Group with
        {
            Source = new InputSource(ModelLayout.FeedForwardNormName, FeedForwardNorm.Weight),
            Part = input => FeedForward.Forward(input, null),
        },
        FeedForward.Linears[1].Group with { Source = FeedForward.Linears[0].SourceOf(1) },
    ];

    /// <summary>[batch, length, width] to [batch, length, width]; the input stays as it is.</summary>
    public Tensor Forward(Tensor hidden, ForwardPass pass, Action<LinearGroup, Tensor>? observe = null)
    {
        using var scope = NewDisposeScope();
        var attended = Attention.Forward(AttentionNorm.Forward(hidden), pass, Index, observe).add_(hidden, Number.One);
        return FeedForward.Forward(FeedForwardNorm.Forward(attended), observe).add_(attended, Number.One).MoveToOuterDisposeScope();
    }

    private Tensor Bias(string linear) => Biases.GetValueOrDefault(linear) ?? throw new ArgumentException($"'{linear}' has no bias.", nameof(linear));
}
