using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>A learned shift and scale of channels that a part asks for: (x + b) · s.</summary>
/// <param name="Name">What stands before <c>_bias</c> and <c>_scale</c> in the tensors' names.</param>
/// <param name="Width">Channels.</param>
internal sealed record ShiftSpec(string Name, int Width)
{
    public IEnumerable<ParameterSpec> Parameters => [Of("_bias"), Of("_scale")];

    public Shift Build(IPartReader reader) => new(this, reader.Tensor(Of("_bias")), reader.Tensor(Of("_scale")));

    private ParameterSpec Of(string part) => new(ParameterKind.Other, Name + part, [Width]);
}

/// <summary>Computes <see cref="ShiftSpec"/>.</summary>
internal sealed class Shift(ShiftSpec spec, Tensor bias, Tensor scale)
{
    /// <summary>Its tensors by their names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors => [(spec.Name + "_bias", bias), (spec.Name + "_scale", scale)];

    /// <param name="input">[…, channels]; stays as it is.</param>
    public Tensor Apply(Tensor input) => input.add(bias, Number.One).mul_(scale);
}
