using LlmKick.Sdk.Models;
using TorchSharp;

namespace LlmKick.Tests.Models;

/// <summary>A decoder of which something overflows: the states, or the logits alone.</summary>
internal sealed class OverflowingDecoder(bool isHead) : IDecoder
{
    private readonly DecayDecoder inner = new();

    public torch.Device Device => inner.Device;

    /// <summary>The tokens that were asked of where they overflow.</summary>
    public List<long[]> Searched { get; } = [];

    public IKeyValueCache CreateCache(int batch, int capacity) => inner.CreateCache(batch, capacity);

    public torch.Tensor Forward(torch.Tensor tokens, ReadOnlySpan<int> lengths, IKeyValueCache? cache) =>
        Overflow(inner.Forward(tokens, lengths, cache), !isHead);

    public torch.Tensor Logits(torch.Tensor hidden) => Overflow(inner.Logits(hidden), isHead);

    public string? FirstNotFinite(torch.Tensor tokens)
    {
        Searched.Add(tokens.data<long>().ToArray());
        return isHead ? "the head" : "block 3";
    }

    private static torch.Tensor Overflow(torch.Tensor values, bool isHere) => isHere ? values.mul(LlmKick.Sdk.Tensors.Number.Of(1e30))
        .mul(LlmKick.Sdk.Tensors.Number.Of(1e30)) : values;
}
