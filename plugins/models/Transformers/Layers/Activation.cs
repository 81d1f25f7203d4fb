using LlmKick.Sdk;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>An activation function.</summary>
/// <param name="Name">Its usual name in configurations.</param>
/// <param name="Apply">Computes it, in place where it can.</param>
internal sealed record Activation(string Name, Func<Tensor, Tensor> Apply)
{
    /// <summary>The key of GGUF metadata that has Φ⁻¹ of <see cref="Dropped"/>, one number a block.</summary>
    public const string DeviationsKey = "activation_sparsity_scale";

    /// <summary>The share of a token's numbers that are dropped, about; see <see cref="OfGreatest"/>.</summary>
    public double Dropped { get; private init; }

    public static Activation Silu { get; } = new("silu", x => x.silu_());

    /// <summary>x Φ(x).</summary>
    public static Activation Gelu { get; } = new("gelu", x => nn.functional.gelu(x));

    /// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    public static Activation GeluTanh { get; } = new("gelu_pytorch_tanh", TanhGelu);

    public static Activation Relu { get; } = new("relu", x => x.relu_());

    /// <summary>max(x, 0)².</summary>
    public static Activation SquaredRelu { get; } = new("relu2", x => x.relu_().pow_(Number.Of(2)));

    /// <summary>1 / (1 + exp(−x)), for gates alone.</summary>
    public static Activation Sigmoid { get; } = new("sigmoid", x => x.sigmoid_());

    /// <summary>ln(1 + exp(x)), for gates alone.</summary>
    public static Activation SoftPlus { get; } = new("softplus", LogOnePlusExp);

    private static readonly Dictionary<string, Activation> Known = new(StringComparer.Ordinal)
    {
        ["silu"] = Silu, ["swish"] = Silu, ["gelu"] = Gelu, ["gelu_python"] = Gelu, ["gelu_new"] = GeluTanh, ["gelu_fast"] = GeluTanh,
        ["gelu_pytorch_tanh"] = GeluTanh, ["gelu_python_tanh"] = GeluTanh, ["relu"] = Relu, ["relu2"] = SquaredRelu,
    };

    /// <summary>An activation by the name that a configuration has for it.</summary>
    /// <exception cref="LlmKickException">It is not known.</exception>
    public static Activation Find(string name, string path) => Known.GetValueOrDefault(name) ?? throw new LlmKickException(
        $"'{path}' has the activation function '{name}', which is not supported; supported: {string.Join(", ", Known.Keys)}.");

    /// <summary>The function of what a token's numbers exceed μ + σ Φ⁻¹(share) by, their mean and deviation; 0 for the others, about as
    /// large a share of them (Gemma 3n).</summary>
    public Activation OfGreatest(double share)
    {
        // A model is described where no tensor can be computed yet.
        var deviations = new Lazy<double>(() => Deviations(share));
        return this with { Apply = x => Apply(Excess(x, deviations.Value)), Dropped = share };
    }

    /// <summary>Φ⁻¹(share), −∞ for nothing.</summary>
    public static double Deviations(double share)
    {
        if (share == 0)
            return double.NegativeInfinity;
        using var scope = NewDisposeScope();
        return Math.Sqrt(2) * tensor(2 * share - 1, ScalarType.Float64).erfinv().item<double>();
    }

    private static Tensor Excess(Tensor x, double deviations)
    {
        using var scope = NewDisposeScope();
        var mean = x.mean([-1], keepdim: true);
        var deviation = x.sub(mean).pow_(Number.Of(2)).mean([-1], keepdim: true).sqrt_();
        return x.sub(mean.add_(deviation.mul_(Number.Of(deviations)), Number.One)).relu_().MoveToOuterDisposeScope();
    }

    private static Tensor LogOnePlusExp(Tensor x)
    {
        using var scope = NewDisposeScope();
        return x.clamp_min(Number.Of(0)).add_(x.abs().neg_().exp_().log1p_(), Number.One).MoveToOuterDisposeScope();
    }

    private static Tensor TanhGelu(Tensor x)
    {
        using var scope = NewDisposeScope();
        var inner = x.pow(Number.Of(3)).mul_(Number.Of(0.044715)).add_(x, Number.One).mul_(Number.Of(Math.Sqrt(2 / Math.PI)));
        return inner.tanh_().add_(Number.One, Number.One).mul_(x).mul_(Number.Of(0.5)).MoveToOuterDisposeScope();
    }
}
