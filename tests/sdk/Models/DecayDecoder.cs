using LlmKick.Sdk.Models;
using TorchSharp;

namespace LlmKick.Tests.Models;

/// <summary>A decoder whose state is a decaying sum of embeddings: small, exact, and sensitive to order, padding and cache.</summary>
internal sealed class DecayDecoder : IDecoder
{
    public const int Vocabulary = 40;
    private const int Width = 16;
    private readonly torch.Tensor embedding;

    public DecayDecoder()
    {
        using var generator = new torch.Generator(7);
        embedding = torch.randn([Vocabulary, Width], generator: generator).DetachFromDisposeScope();
    }

    public torch.Device Device => torch.CPU;

    /// <summary>Tokens read so far, padding included.</summary>
    public long TokensRead { get; private set; }

    public IKeyValueCache CreateCache(int batch, int capacity) =>
        new State([.. Enumerable.Range(0, batch).Select(_ => new float[Width])], new int[batch], capacity);

    public torch.Tensor Forward(torch.Tensor tokens, ReadOnlySpan<int> lengths, IKeyValueCache? cache)
    {
        var (batch, length) = ((int)tokens.shape[0], (int)tokens.shape[1]);
        TokensRead += batch * length;
        var state = (State?)cache;
        var ids = tokens.data<long>().ToArray();
        var table = embedding.data<float>().ToArray();
        var output = new float[batch * length * Width];
        for (var b = 0; b < batch; b++)
        {
            var h = state is null ? new float[Width] : state.Rows[b];
            for (var t = 0; t < length; t++)
            {
                if (t < lengths[b])
                    for (var w = 0; w < Width; w++)
                        h[w] = 0.8f * h[w] + table[ids[b * length + t] * Width + w];
                (t < lengths[b] ? h : new float[Width]).CopyTo(output, (b * length + t) * Width);
            }
            state?.Grow(b, lengths[b]);
        }
        return torch.tensor(output, [batch, length, Width]);
    }

    public torch.Tensor Logits(torch.Tensor hidden) => hidden.mm(embedding.t());

    private sealed class State(float[][] rows, int[] lengths, int capacity) : IKeyValueCache
    {
        public float[][] Rows => rows;

        public IReadOnlyList<int> Lengths => lengths;

        public void Grow(int row, int by)
        {
            lengths[row] += by;
            Assert.True(lengths[row] <= capacity, $"{lengths[row]} tokens in a cache for {capacity}");
        }

        public IKeyValueCache Select(ReadOnlySpan<int> chosen, int newCapacity)
        {
            var order = chosen.ToArray();
            return new State([.. order.Select(row => (float[])rows[row].Clone())], [.. order.Select(row => lengths[row])], newCapacity);
        }

        public void Dispose()
        {
        }
    }
}
