using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>Attention and a recurrent mixer on one input, their outputs added (Falcon-H1, arXiv 2507.22448).</summary>
/// <param name="Attention">The attention.</param>
/// <param name="Recurrent">The other.</param>
internal sealed record SideBySide(FullAttention Attention, Mamba2 Recurrent) : IMixerSpec
{
    /// <summary>What the attention's input and output are multiplied by.</summary>
    public double InputFactor { get; init; } = 1;

    public double OutputFactor { get; init; } = 1;

    public IEnumerable<ParameterSpec> Parameters => Attention.Parameters.Select(InGguf).Concat(Recurrent.Parameters);

    public KeptTokens? Kept => Attention.Kept;

    public IReadOnlyList<StateShape> States => Recurrent.States;

    public RotarySpec? Rotary => Attention.Rotary;

    /// <summary>llama.cpp has no factors: matrices are multiplied by them, and those of keys by what scores are multiplied by beside 1 /
    /// √(head width).</summary>
    private ParameterSpec InGguf(ParameterSpec part)
    {
        var factor = part.Role switch
        {
            LinearRole.Key => InputFactor * (Attention.Scale is { } scale ? scale * Math.Sqrt(Attention.HeadWidth) : 1),
            LinearRole.Query or LinearRole.Value => InputFactor,
            LinearRole.Output => OutputFactor,
            _ => 1,
        };
        return part.Kind != ParameterKind.Linear || Math.Abs(factor - 1) < 1e-12 ? part
            : part with { GgufForm = GgufForm.Multiplied(part.Gguf!, part.Shape, (part.Shape[0], factor)) };
    }

    public IMixer Build(IPartReader reader) => new Both(this, Attention.Build(reader), Recurrent.Build(reader));

    private sealed class Both(SideBySide spec, IMixer attention, IMixer recurrent) : IMixer
    {
        public KeyValueScheme? KeyValues
        {
            get => attention.KeyValues;
            set => attention.KeyValues = value;
        }

        public IReadOnlyList<FusedLinear> Linears { get; } =
            [attention.Linears[0], recurrent.Linears[0], .. attention.Linears.Skip(1), .. recurrent.Linears.Skip(1)];

        public int Readers => 2;

        public IEnumerable<(string Name, Tensor Tensor)> Parameters => attention.Parameters.Concat(recurrent.Parameters);

        /// <summary>The attention's own: what its linears are told of is multiplied already.</summary>
        public Func<Tensor, ForwardPass, Tensor>? From(FusedLinear linears) => attention.From(linears);

        public InputSource? SourceOf(FusedLinear linears) =>
            attention.Linears.Contains(linears) ? attention.SourceOf(linears) : recurrent.SourceOf(linears);

        public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
        {
            using var scope = NewDisposeScope();
            var seen = attention.Forward(input.mul(Number.Of(spec.InputFactor)), pass, observe).mul_(Number.Of(spec.OutputFactor));
            return seen.add_(recurrent.Forward(input, pass, observe), Number.One).MoveToOuterDisposeScope();
        }
    }
}
