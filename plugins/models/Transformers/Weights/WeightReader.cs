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
        var weight = Stack(group, block, ".weight", [group.Outputs, group.Inputs]);
        var linears = Rows(group).Select(rows => new Linear(rows.Linear.Name, weight.narrow(0, rows.First, rows.Linear.Outputs)));
        var bias = group.HasBias ? Stack(group, block, ".bias", [group.Outputs]) : null;
        return new FusedLinear(weight, bias, new LinearGroup(group.Name, [.. linears]));
    }

    private Tensor Stack(GroupLayout group, int block, string suffix, long[] shape)
    {
        var stacked = empty(shape, dtype, device);
        foreach (var (linear, first) in Rows(group))
        {
            using var rows = stacked.narrow(0, first, linear.Outputs);
            using var part = ReadFinite(ModelLayout.InBlock(block, linear.Name + suffix));
            rows.copy_(part);
        }
        return stacked;
    }

    private Tensor ReadFinite(string name)
    {
        var tensor = source.Read(name, dtype);
        using var scope = NewDisposeScope();
        var (least, greatest) = tensor.aminmax();
        if (double.IsFinite(least.to_type(ScalarType.Float64).item<double>()) && double.IsFinite(greatest.to_type(ScalarType.Float64).item<double>()))
            return tensor;
        tensor.Dispose();
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
