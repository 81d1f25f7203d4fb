using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Reads the tensors of one block, or of the ends, onto a device; they belong to the caller's scope.</summary>
/// <param name="source">Where they lie.</param>
/// <param name="place">From a parameter's own name to what it is in the model.</param>
/// <param name="device">Where they go.</param>
/// <param name="dtype">The model's.</param>
internal sealed class PartReader(ParameterSource source, Func<ParameterSpec, Parameter> place, Device device, ScalarType dtype)
    : IPartReader
{
    public FusedLinear Linears(string group, params IReadOnlyList<LinearSpec> linears)
    {
        var weight = empty([linears.Sum(linear => linear.Outputs), linears[0].Inputs], dtype, device);
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

    public Tensor Tensor(ParameterSpec spec)
    {
        var tensor = ReadFinite(place(spec));
        if (device.type == TorchSharp.DeviceType.CPU)
            return tensor;
        using (tensor)
            return tensor.to(device);
    }

    private Linear Read(LinearSpec spec, Tensor rows)
    {
        var linear = new Linear(spec.Name, rows, spec.Role, spec.Expert);
        var parameter = place(spec.Parameters.First());
        using var scope = NewDisposeScope();
        if (source.Quantized(parameter) is { } quantized)
        {
            linear.Replace(quantized);
            RequireFinite(linear.Weight, parameter);
            return linear;
        }
        linear.Replace(ReadFinite(parameter), source.Encoding(parameter));
        return linear;
    }

    private Tensor Biases(IReadOnlyList<LinearSpec> linears)
    {
        var stacked = zeros([linears.Sum(linear => linear.Outputs)], dtype, device);
        foreach (var (linear, first) in Rows(linears).Where(rows => rows.Linear.HasBias))
        {
            using var rows = stacked.narrow(0, first, linear.Outputs);
            using var part = ReadFinite(place(linear.Parameters.Last()));
            rows.copy_(part);
        }
        return stacked;
    }

    private Tensor ReadFinite(Parameter parameter)
    {
        var tensor = source.Read(parameter, dtype);
        try
        {
            RequireFinite(tensor, parameter);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private void RequireFinite(Tensor tensor, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        var (least, greatest) = tensor.aminmax();
        if (!double.IsFinite(least.to_type(ScalarType.Float64).item<double>())
            || !double.IsFinite(greatest.to_type(ScalarType.Float64).item<double>()))
            throw new LlmKickException($"'{source.Path}' has in the tensor '{source.FileName(parameter)}' values that are not finite "
                + $"numbers (in {dtype}); the file is damaged, or its values are too large for that type.");
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
