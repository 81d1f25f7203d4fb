using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Mixers;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

/// <summary>Linear attention with decay in pieces is that token by token.</summary>
public sealed class DecayingStateTests
{
    private const int Length = 70;
    private const int Width = 4;

    /// <summary>Decays of channels reach from none to all at once, whose inverse no float holds.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(Width, true)]
    [InlineData(Width, false)]
    public void Run_Pieces_AsTokenByToken(int channels, bool hasStrengths)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        Tensor Random(params long[] shape) => randn(shape, ScalarType.Float64, generator: random);
        var (queries, keys, values) = (Random(1, 2, Length, Width), Random(1, 2, Length, Width), Random(1, 2, Length, 3));
        keys = keys / keys.norm(-1, keepdim: true);
        var decays = -exp(Random(1, 2, Length, channels).mul(Number.Of(3)));
        decays.narrow(2, 20, 10).narrow(1, 1, 1).fill_(Number.Of(-1000));
        var strengths = hasStrengths ? Random(1, 2, Length).sigmoid() : null;
        var first = Random(1, 2, Width, 3);

        var (actual, last) = DecayingState.Run(queries, keys, values, decays, strengths, first);

        var (state, outputs) = (first, new List<Tensor>());
        for (var t = 0; t < Length; t++)
        {
            var (key, decayed) = (keys[.., .., t].unsqueeze(-1), decays[.., .., t].exp().unsqueeze(-1) * state);
            var value = values[.., .., t].unsqueeze(-2);
            var written = strengths is null ? value
                : strengths[.., .., t].view(1, 2, 1, 1) * (value - (decayed * key).sum(2, keepdim: true));
            state = decayed.add(key * written, Number.One);
            outputs.Add((state * queries[.., .., t].unsqueeze(-1)).sum(2));
        }
        Assert.True(actual.allclose(stack(outputs, 2), rtol: 1e-9, atol: 1e-9));
        Assert.True(last.allclose(state, rtol: 1e-9, atol: 1e-9));
    }
}
