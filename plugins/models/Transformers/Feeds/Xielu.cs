using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Feeds;

/// <summary>
/// xIELU (Huang and Schlag, arXiv 2411.13010), with p = softplus(α_p) and n = β + softplus(α_n): p x² + β x where x is above 0, else
/// n (exp(min(x, ε)) − 1 − x) + β x.
/// </summary>
internal sealed class Xielu
{
    private readonly string _module;
    private readonly Tensor[] _numbers;
    private readonly double _positive;
    private readonly double _negative;
    private readonly double _beta;
    private readonly double _epsilon;

    private Xielu(string module, Tensor[] numbers)
    {
        (_module, _numbers) = (module, numbers);
        var values = Array.ConvertAll(numbers, Value);
        (_beta, _epsilon) = (values[2], values[3]);
        (_positive, _negative) = (SoftPlus(values[0]), _beta + SoftPlus(values[1]));
    }

    public IEnumerable<(string Name, Tensor Tensor)> Tensors => Names(_module).Zip(_numbers);

    public static IEnumerable<ParameterSpec> Specs(string module) =>
        Names(module).Index().Select(name => new ParameterSpec(ParameterKind.Other, name.Item, name.Index < 2 ? [1]
            : []) { GgufKey = $"xielu.{name.Item[(module.Length + 1)..]}" });

    public static Xielu Read(string module, IPartReader reader) => new(module, [.. Specs(module).Select(reader.Tensor)]);

    public Tensor Apply(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = input.to_type(ScalarType.Float32);
        var above = wide.pow(Number.Of(2)).mul_(Number.Of(_positive));
        var below = wide.clamp_max(Number.Of(_epsilon)).expm1_().sub_(wide).mul_(Number.Of(_negative));
        return where(wide.gt(Number.Of(0)), above, below).add_(wide, Number.Of(_beta)).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    private static string[] Names(string module) => [$"{module}.alpha_p", $"{module}.alpha_n", $"{module}.beta", $"{module}.eps"];

    private static double SoftPlus(double x) => Math.Log(1 + Math.Exp(x));

    private static double Value(Tensor number)
    {
        using var scope = NewDisposeScope();
        return number.to_type(ScalarType.Float64).cpu().flatten()[0].item<double>();
    }
}
