using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>A model whose plugin does not know of rounded activations.</summary>
internal sealed class FloatsOnly(ITransformer model) : ITransformer
{
    public int BlockCount => model.BlockCount;

    public long ParameterCount => model.ParameterCount;

    public torch.Device Device => model.Device;

    public torch.Tensor Embed(torch.Tensor tokens) => model.Embed(tokens);

    public IBlock Open(int index) => model.Open(index);
}
