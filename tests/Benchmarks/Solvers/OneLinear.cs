using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Benchmarks.Solvers;

/// <summary>A model of one linear and nothing else: what the pass reports of it is the method's time.</summary>
internal sealed class OneLinear(torch.Tensor weight, torch.Tensor inputs) : ITransformer, IBlock
{
    private readonly LinearGroup _group = new("group", [new Linear("linear", weight)]);

    public int BlockCount => 1;

    public long ParameterCount => weight.numel();

    public torch.Device Device => torch.CPU;

    public int Index => 0;

    public IReadOnlyList<LinearGroup> Groups => [_group];

    public torch.Tensor Embed(torch.Tensor tokens) => inputs.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], -1);

    public IBlock Open(int index) => this;

    public torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null)
    {
        observe?.Invoke(_group, hidden);
        return hidden.alias();
    }

    public void Commit()
    {
    }

    public void Dispose()
    {
    }
}
