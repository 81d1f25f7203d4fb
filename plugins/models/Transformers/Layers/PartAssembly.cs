using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Puts fused linears and norms together, wherever their tensors come from; they belong to the caller's scope.</summary>
/// <param name="device">Where they go.</param>
/// <param name="dtype">The model's.</param>
internal abstract class PartAssembly(Device device, ScalarType dtype) : IPartReader
{
    /// <summary>Memory of weights that nobody needs any more; null for none.</summary>
    public WeightPool? Pool { get; init; }

    protected Device Device => device;

    protected ScalarType Dtype => dtype;

    public FusedLinear Linears(string group, params IReadOnlyList<LinearSpec> linears)
    {
        long[] shape = [linears.Sum(linear => linear.Outputs), linears[0].Inputs];
        var weight = Pool?.Take(shape) ?? empty(shape, dtype, device);
        var own = Rows(linears).Select(rows => Read(rows.Linear, weight.narrow(0, rows.First, rows.Linear.Outputs))).ToList();
        var bias = linears.Any(linear => linear.HasBias) ? Biases(linears) : null;
        return new FusedLinear(weight, bias, new LinearGroup(group, own), [.. linears.Select(linear => linear.HasBias)]);
    }

    public Norm? Norm(NormSpec? spec)
    {
        if (spec is null)
            return null;
        var tensors = spec.Parameters.Select(parameter => (parameter.Kind, Tensor: Tensor(parameter))).ToList();
        return new Norm(spec, tensors.Find(row => row.Kind == ParameterKind.Norm).Tensor,
            tensors.Find(row => row.Kind == ParameterKind.NormBias).Tensor);
    }

    public abstract Tensor Tensor(ParameterSpec spec);

    /// <summary>Gives a linear its weight.</summary>
    protected abstract void Fill(Linear linear, LinearSpec spec);

    private Linear Read(LinearSpec spec, Tensor rows)
    {
        var linear = new Linear(spec.Name, rows, spec.Role, spec.Expert);
        using var scope = NewDisposeScope();
        Fill(linear, spec);
        return linear;
    }

    private Tensor Biases(IReadOnlyList<LinearSpec> linears)
    {
        var stacked = zeros([linears.Sum(linear => linear.Outputs)], dtype, device);
        foreach (var (linear, first) in Rows(linears).Where(rows => rows.Linear.HasBias))
        {
            using var rows = stacked.narrow(0, first, linear.Outputs);
            using var part = Tensor(linear.Parameters.Last());
            rows.copy_(part);
        }
        return stacked;
    }

    private static IEnumerable<(LinearSpec Linear, int First)> Rows(IReadOnlyList<LinearSpec> linears)
    {
        var first = 0;
        foreach (var linear in linears)
        {
            yield return (linear, first);
            first += linear.Outputs;
        }
    }
}
