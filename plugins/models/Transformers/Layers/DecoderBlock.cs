using LlmKick.Sdk.Compression;
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

    /// <summary>Norms' weights and linears' biases by name: the model's own, or views of them.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters => Linears.SelectMany(fused => fused.Group.Linears.Select((own, i) => (Name: own.Name + ".bias", Bias: fused.Bias(i))))
        .Where(own => own.Bias is not null).Select(own => (own.Name, own.Bias!))
        .Concat([(ModelLayout.AttentionNorm, AttentionNorm.Weight), (ModelLayout.FeedForwardNorm, FeedForwardNorm.Weight)])
        .ToDictionary(own => own.Item1, own => own.Item2);

    /// <summary>A linear by its name inside the block.</summary>
    public Linear Linear(string name) => Linears.SelectMany(fused => fused.Group.Linears).First(linear => linear.Name == name);

    /// <summary>A norm's weight or a linear's bias by its name inside the block.</summary>
    public Tensor Find(string name) => Parameters.GetValueOrDefault(name) ?? throw new ArgumentException($"A block has no '{name}'.", nameof(name));

    /// <summary>The linear groups, with what is before each and what it is part of.</summary>
    public IEnumerable<LinearGroup> Groups(RotaryTable rotary) =>
    [
        Attention.Linears[0].Group with
        {
            Source = new InputSource(ModelLayout.AttentionNormName, AttentionNorm.Weight) { Readers = Attention.Linears[0].Group.Linears },
            Part = input => Attention.Forward(input, ForwardPass.OfWhole(rotary, input.shape[1]), Index, null),
        },
        Attention.Linears[1].Group with { Source = Attention.OutputSource },
        FeedForward.Linears[0].Group with
        {
            Source = new InputSource(ModelLayout.FeedForwardNormName, FeedForwardNorm.Weight) { Readers = FeedForward.Linears[0].Group.Linears },
            Part = input => FeedForward.Forward(input, null),
        },
        FeedForward.Linears[1].Group with { Source = FeedForward.Linears[0].SourceOf(1, FeedForward.Linears[1]) },
    ];

    /// <summary>[batch, length, width] to [batch, length, width]; the input stays as it is.</summary>
    public Tensor Forward(Tensor hidden, ForwardPass pass, Action<LinearGroup, Tensor>? observe = null)
    {
        using var scope = NewDisposeScope();
        var attended = Attention.Forward(AttentionNorm.Forward(hidden), pass, Index, observe).add_(hidden, HeldNumbers.One);
        return FeedForward.Forward(FeedForwardNorm.Forward(attended), observe).add_(attended, HeldNumbers.One).MoveToOuterDisposeScope();
    }
}
