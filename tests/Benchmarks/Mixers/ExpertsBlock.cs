using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;
using TorchSharp;

namespace LlmKick.Benchmarks.Mixers;

/// <summary>A model of one block that is experts and nothing else.</summary>
/// <param name="feed">The experts.</param>
/// <param name="inputs">[tokens, width], embeddings by token.</param>
internal sealed class ExpertsBlock(IPart feed, torch.Tensor inputs) : ITransformer, IBlock
{
    private readonly RotaryTables _tables = new(1, torch.CPU, torch.float32);

    public int BlockCount => 1;

    public long ParameterCount => Groups.SelectMany(group => group.Linears).Sum(linear => linear.Weight.numel());

    public torch.Device Device => torch.CPU;

    public int Index => 0;

    public IReadOnlyList<LinearGroup> Groups { get; } = [.. feed.Linears.Select(linear => linear.Group)];

    public torch.Tensor Embed(torch.Tensor tokens) => inputs.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], -1);

    public IBlock Open(int index) => this;

    public torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null)
    {
        using var pass = ForwardPass.OfWhole(_tables, torch.CPU, hidden.dtype, hidden.shape[1]);
        return feed.Forward(hidden, pass, observe);
    }

    public void Commit()
    {
    }

    public void Dispose()
    {
    }
}
