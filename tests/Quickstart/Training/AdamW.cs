using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quickstart.Training;

/// <summary>AdamW (Loshchilov and Hutter, 2019) whose state can be stored beside the weights. Norms do not decay.</summary>
internal sealed class AdamW(Weights weights, double decay) : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.98;
    private const double Epsilon = 1e-8;

    private readonly SortedDictionary<string, Tensor> moments = new(StringComparer.Ordinal);

    /// <summary>Both moments of each weight, made at the first step.</summary>
    public IReadOnlyDictionary<string, Tensor> Moments
    {
        get
        {
            foreach (var (name, weight) in weights.Tensors.Where(pair => moments.Count < 2 * weights.Tensors.Count))
                foreach (var moment in (string[])["m.", "v."])
                    moments.TryAdd(moment + name, zeros_like(weight, requires_grad: false).DetachFromDisposeScope());
            return moments;
        }
    }

    /// <summary>Goes one step down the gradients, scaled to at most the given norm, and clears them.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="mostNorm">The greatest norm of all gradients together.</param>
    public void Step(int step, double rate, double mostNorm)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var norm = Math.Sqrt(weights.Tensors.Values.Sum(weight => weight.grad!.pow(Number.Of(2)).sum().item<float>()));
        var clip = Math.Min(1, mostNorm / (norm + 1e-6));
        var (scale1, scale2) = (1 - Math.Pow(Beta1, step + 1), 1 - Math.Pow(Beta2, step + 1));
        foreach (var (name, weight) in weights.Tensors)
        {
            var gradient = weight.grad!.mul_(Number.Of(clip));
            var (first, second) = (Moments["m." + name], Moments["v." + name]);
            first.mul_(Number.Of(Beta1)).add_(gradient, alpha: Number.Of(1 - Beta1));
            second.mul_(Number.Of(Beta2)).addcmul_(gradient, gradient, Number.Of(1 - Beta2));
            if (weight.dim() > 1)
                weight.mul_(Number.Of(1 - rate * decay));
            weight.addcdiv_(first, second.div(Number.Of(scale2)).sqrt_().add_(Number.Of(Epsilon), Number.One), Number.Of(-rate / scale1));
            gradient.zero_();
        }
    }

    public void Dispose()
    {
        foreach (var moment in moments.Values)
            moment.Dispose();
    }
}
