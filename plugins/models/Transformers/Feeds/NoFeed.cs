using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Feeds;

/// <summary>The feed-forward part of blocks that are a mixer alone.</summary>
internal sealed record NoFeed : IFeedSpec
{
    public IEnumerable<ParameterSpec> Parameters => [];

    public IPart Build(IPartReader reader) => new Nothing();

    private sealed class Nothing : IPart
    {
        public IReadOnlyList<FusedLinear> Linears => [];

        public int Readers => 0;

        public IEnumerable<(string Name, Tensor Tensor)> Parameters => [];

        public InputSource? SourceOf(FusedLinear linears) => null;

        public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe) => input.alias();
    }
}
