using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Blocks;

/// <summary>Computes <see cref="StreamsSpec"/>.</summary>
/// <param name="spec">What it is.</param>
/// <param name="tables">In the order of <see cref="StreamsSpec.Tables"/>.</param>
/// <param name="norm">The router's norm.</param>
internal sealed class Streams(StreamsSpec spec, IReadOnlyList<Tensor> tables, Norm norm)
{
    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
        spec.Tables.Zip(tables, (own, tensor) => (own.Name, tensor)).Concat(norm.Tensors);

    /// <summary>The hidden state that blocks compute with, of [batch, length, states, width].</summary>
    public Tensor Active(Tensor states) => states.select(2, spec.Active);

    /// <summary>p of [batch, length, states · width]; [batch, length, states, width].</summary>
    public Tensor Predict(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var states = hidden.unflatten(2, [spec.Count, spec.Width]);
        var shares = functional.linear(Routed(Active(states)), tables[1]).view(-1, spec.Count, spec.Count);
        return bmm(shares, states.flatten(0, 1)).view(states.shape).add_(states, Number.One).MoveToOuterDisposeScope();
    }

    /// <summary>The new hidden states of p and y; like p.</summary>
    public Tensor Correct(Tensor predicted, Tensor passed)
    {
        using var scope = NewDisposeScope();
        var coefficients = spec.Clip is { } clip ? tables[2].clamp(Number.Of(-clip), Number.Of(clip)) : tables[2];
        var shares = functional.linear(Routed(passed), coefficients).add_(Number.One, Number.One).unsqueeze(-1);
        return shares.mul(passed.sub(Active(predicted)).unsqueeze(2)).add_(predicted, Number.One).MoveToOuterDisposeScope();
    }

    /// <summary>What the tokens' embeddings are weighed with: s ⊙ the active state.</summary>
    public Tensor Scaled(Tensor states) => spec.Scales ? Active(states).mul(tables[3]) : Active(states).clone();

    private Tensor Routed(Tensor state)
    {
        using var scope = NewDisposeScope();
        var input = norm.Forward(state).mul_(Number.Of(1.0 / spec.Width));
        return functional.linear(input, tables[0]).tanh_().MoveToOuterDisposeScope();
    }
}
