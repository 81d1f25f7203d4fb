using LlmKick.Quantization;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public sealed class SmoothQuantConformance : CompressorConformance<QuantizationPlugin>
{
    protected override string Name => "smoothquant";

    protected override IReadOnlyList<CompressorCase> Cases =>
    [
        new(new SmoothQuantOptions()),
        new(new SmoothQuantOptions { Alpha = 0.75, Activations = ActivationKind.Static, Weights = WeightShare.Tensor,
            Smooth = SmoothedGroups.Norms }),
    ];
}
