using LlmKick.Sdk.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Tensors;

/// <summary>Calls of libtorch that take numbers, each with what it must give for one. Their results are exact.</summary>
internal sealed class NumberCalls
{
    private readonly Tensor two = tensor(2.0).view(1).DetachFromDisposeScope();
    private readonly Tensor three = tensor(3.0).view(1).DetachFromDisposeScope();
    private readonly Tensor mask = ones(1, @bool).DetachFromDisposeScope();
    private readonly Tensor index = zeros(1, int64).DetachFromDisposeScope();

    public static IReadOnlyDictionary<string, (Func<NumberCalls, double, Tensor> Call, Func<double, double> Result)> All { get; } =
        new Dictionary<string, (Func<NumberCalls, double, Tensor>, Func<double, double>)>
        {
            ["fill_"] = ((on, x) => zeros(1, float64).fill_(Number.Of(x)), x => x),
            ["fill_ integer"] = ((on, x) => zeros(1, int64).fill_(Number.Of((long)x)), Math.Floor),
            ["fill_ truth"] = ((on, x) => zeros(1, @bool).fill_(Number.Of((long)x % 2 == 0)), x => (long)x % 2 == 0 ? 1 : 0),
            ["full"] = ((on, x) => full(1, Number.Of(x), float64), x => x),
            ["full_like"] = ((on, x) => full_like(on.two, Number.Of(x)), x => x),
            ["arange"] = ((on, x) => arange(Number.Of(x), Number.Of(x + 1), Number.Of(1.0), float64), x => x),
            ["add"] = ((on, x) => on.two.add(Number.Of(x), Number.One), x => 2 + x),
            ["add_"] = ((on, x) => on.two.clone().add_(Number.Of(x), Number.One), x => 2 + x),
            ["add alpha"] = ((on, x) => on.two.add(on.three, Number.Of(x)), x => 2 + 3 * x),
            ["sub"] = ((on, x) => on.two.sub(Number.Of(x)), x => 2 - x),
            ["mul"] = ((on, x) => on.two.mul(Number.Of(x)), x => 2 * x),
            ["div_"] = ((on, x) => on.two.clone().div_(Number.Of(x)), x => 2 / x),
            ["operator -"] = ((on, x) => on.two - Number.Of(x), x => 2 - x),
            ["operator *"] = ((on, x) => Number.Of(x) * on.two, x => 2 * x),
            ["operator /"] = ((on, x) => Number.Of(x) / on.two, x => x / 2),
            ["operator >"] = ((on, x) => on.two > Number.Of(x), x => 2 > x ? 1 : 0),
            ["remainder"] = ((on, x) => on.two.remainder(Number.Of(x)), x => 2 % x),
            ["floor_divide"] = ((on, x) => on.two.floor_divide(Number.Of(x)), x => Math.Floor(2 / x)),
            ["pow"] = ((on, x) => on.two.pow(Number.Of((double)((long)x % 16))), x => Math.Pow(2, (long)x % 16)),
            ["clamp"] = ((on, x) => on.two.clamp(Number.Of(x), Number.Of(x + 1)), x => x),
            ["clamp_min_"] = ((on, x) => on.two.clone().clamp_min_(Number.Of(x)), x => x),
            ["clamp_max"] = ((on, x) => on.two.clamp_max(Number.Of(-x)), x => -x),
            ["eq"] = ((on, x) => full(1, Number.Of(x), float64).eq(Number.Of(x)), _ => 1),
            ["le"] = ((on, x) => on.two.le(Number.Of(x)), _ => 1),
            ["masked_fill_"] = ((on, x) => on.two.clone().masked_fill_(on.mask, Number.Of(x)), x => x),
            ["index_fill"] = ((on, x) => on.two.index_fill(0, on.index, Number.Of(x)), x => x),
            ["addcmul_"] = ((on, x) => on.two.clone().addcmul_(on.three, on.two, Number.Of(x)), x => 2 + 6 * x),
            ["addcdiv_"] = ((on, x) => on.two.clone().addcdiv_(on.two, on.two, Number.Of(x)), x => 2 + x),
        };
}
