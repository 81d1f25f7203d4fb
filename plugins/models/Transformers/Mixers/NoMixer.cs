using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>The mixer of blocks that are a feed-forward part alone.</summary>
internal sealed record NoMixer : IMixerSpec
{
    public IEnumerable<ParameterSpec> Parameters => [];

    public KeptTokens? Kept => null;

    public RotarySpec? Rotary => null;

    public IMixer Build(IPartReader reader) => new Nothing();

    private sealed class Nothing : IMixer
    {
        public KeyValueScheme? KeyValues { get; set; }

        public IReadOnlyList<FusedLinear> Linears => [];

        public int Readers => 0;

        public IEnumerable<(string Name, Tensor Tensor)> Parameters => [];

        public InputSource? SourceOf(FusedLinear linears) => null;

        public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe) => input.alias();
    }
}
