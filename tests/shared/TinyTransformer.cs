using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests;

/// <summary>A deterministic model of a few blocks, each one mixing step over the past and one gated MLP, with the groups of a real one.</summary>
internal sealed class TinyTransformer : ITransformer, IDisposable
{
    public const int Width = 32;
    public const int Inner = 64;
    private readonly torch.Tensor _embedding;
    private readonly Linear[][] _linears;

    public TinyTransformer(int blocks = 3, torch.ScalarType dtype = torch.ScalarType.Float32, int seed = 1)
    {
        using var random = new torch.Generator((ulong)seed);
        torch.Tensor Random(int rows, int columns) =>
            (torch.randn(rows, columns, generator: random) / Math.Sqrt(columns)).to(dtype).DetachFromDisposeScope();
        _embedding = Random(VocabularySize, Width);
        _linears = [.. Enumerable.Range(0, blocks).Select(_ => new Linear[]
        {
            new("mix.q_proj", Random(Width, Width)), new("mix.v_proj", Random(Width / 2, Width)), new("mix.o_proj", Random(Width, Width / 2)),
            new("mlp.gate_proj", Random(Inner, Width)), new("mlp.up_proj", Random(Inner, Width)), new("mlp.down_proj", Random(Width, Inner)),
        })];
    }

    public static int VocabularySize => 50;

    public int BlockCount => _linears.Length;

    public long ParameterCount => _embedding.numel() + _linears.Sum(b => b.Sum(l => l.Weight.numel()));

    public torch.Device Device => torch.CPU;

    /// <summary>Blocks run since the start, counted over batches.</summary>
    public int Forwards { get; private set; }

    public torch.Tensor Weight(int block, string linear) => _linears[block].Single(l => l.Name == linear).Weight;

    public IEnumerable<Linear> Linears => _linears.SelectMany(b => b);

    public torch.Tensor Embed(torch.Tensor tokens) => _embedding.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], Width);

    public IBlock Open(int index) => new Block(this, index);

    /// <summary>Sequences of pseudo-random tokens.</summary>
    public static CalibrationSet Calibration(int sequences = 6, int length = 40) =>
        new([.. Enumerable.Range(0, sequences).Select(s => Enumerable.Range(0, length).Select(i => (s * 31 + i * i * 7 + i) % VocabularySize).ToArray())]);

    public void Dispose()
    {
        _embedding.Dispose();
        foreach (var linear in Linears)
            foreach (var tensor in linear.Tensors)
                tensor.Dispose();
    }

    private sealed class Block(TinyTransformer model, int index) : IBlock
    {
        private readonly Linear[] _l = model._linears[index];

        public int Index => index;

        public IReadOnlyList<LinearGroup> Groups { get; } =
        [
            new("mix.qv", model._linears[index][..2]), new("mix.o", model._linears[index][2..3]),
            new("mlp.gate_up", model._linears[index][3..5]), new("mlp.down", model._linears[index][5..]),
        ];

        public torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null)
        {
            model.Forwards++;
            using var scope = torch.NewDisposeScope();
            var x = hidden;
            torch.Tensor Apply(Linear linear, torch.Tensor input) => torch.nn.functional.linear(input, linear.Weight);

            observe?.Invoke(Groups[0], x);
            var gate = Apply(_l[0], x).sigmoid().narrow(-1, 0, Width / 2);
            var past = Apply(_l[1], x).cumsum(1) / torch.arange(1, x.shape[1] + 1, dtype: x.dtype).unsqueeze(-1);
            var mixed = gate * past;
            observe?.Invoke(Groups[1], mixed);
            x = x + Apply(_l[2], mixed);

            observe?.Invoke(Groups[2], x);
            var inner = torch.nn.functional.silu(Apply(_l[3], x)) * Apply(_l[4], x);
            observe?.Invoke(Groups[3], inner);
            return (x + Apply(_l[5], inner)).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
        }
    }
}
