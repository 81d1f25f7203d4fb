using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Reads tensors of a source onto a device, one at a time; they belong to the caller's scope.</summary>
internal sealed class WeightReader(IWeightSource source, Device device, ScalarType dtype)
{
    public Tensor Read(string name)
    {
        var tensor = ReadFinite(name);
        if (device.type == TorchSharp.DeviceType.CPU)
            return tensor;
        using (tensor)
            return tensor.to(device);
    }

    /// <summary>Reads a group's linears into one matrix; their weights are slices of its rows.</summary>
    public FusedLinear Read(GroupLayout group, int block)
    {
        var weight = empty([group.Outputs, group.Inputs], dtype, device);
        var linears = Rows(group).Select(rows => ReadLinear(ModelLayout.InBlock(block, rows.Linear.Name + ".weight"), new Linear(rows.Linear.Name, weight.narrow(0, rows.First, rows.Linear.Outputs), rows.Linear.Role))).ToList();
        return new FusedLinear(weight, group.HasBias ? Biases(group, block) : null, new LinearGroup(group.Name, linears));
    }

    private Linear ReadLinear(string name, Linear linear)
    {
        using var scope = NewDisposeScope();
        if (source.Quantized(name) is { } quantized)
        {
            linear.Replace(quantized);
            RequireFinite(linear.Weight, name);
            return linear;
        }
        linear.Replace(ReadFinite(name), source.Encoding(name));
        return linear;
    }

    private Tensor Biases(GroupLayout group, int block)
    {
        var stacked = empty([group.Outputs], dtype, device);
        foreach (var (linear, first) in Rows(group))
        {
            using var rows = stacked.narrow(0, first, linear.Outputs);
            using var part = ReadFinite(ModelLayout.InBlock(block, linear.Name + ".bias"));
            rows.copy_(part);
        }
        return stacked;
    }

    private Tensor ReadFinite(string name)
    {
        var tensor = source.Read(name, dtype);
        try
        {
            RequireFinite(tensor, name);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private void RequireFinite(Tensor tensor, string name)
    {
        using var scope = NewDisposeScope();
        var (least, greatest) = tensor.aminmax();
        if (!double.IsFinite(least.to_type(ScalarType.Float64).item<double>()) || !double.IsFinite(greatest.to_type(ScalarType.Float64).item<double>()))
            throw new LlmKickException($"'{source.Path}' has in the tensor '{name}' values that are not finite numbers (in {dtype}); the file is damaged, or its values are too large for that type.");
    }

    private static IEnumerable<(LinearLayout Linear, int First)> Rows(GroupLayout group)
    {
        var first = 0;
        foreach (var linear in group.Linears)
        {
            yield return (linear, first);
            first += linear.Outputs;
        }
    }
}
