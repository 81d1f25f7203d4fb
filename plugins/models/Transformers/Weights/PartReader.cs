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
    : PartAssembly(device, dtype)
{
    public override Tensor Tensor(ParameterSpec spec)
    {
        var tensor = ReadFinite(place(spec));
        if (Device.type == TorchSharp.DeviceType.CPU)
            return tensor;
        using (tensor)
            return tensor.to(Device);
    }

    protected override void Fill(Linear linear, LinearSpec spec)
    {
        var parameter = place(spec.Parameters.First());
        if (source.Quantized(parameter) is { } quantized)
        {
            linear.Replace(quantized);
            RequireFinite(linear.Weight, parameter);
            return;
        }
        linear.Replace(ReadFinite(parameter), source.Encoding(parameter));
    }

    private Tensor ReadFinite(Parameter parameter)
    {
        var tensor = source.Read(parameter, Dtype);
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
                + $"numbers (in {Dtype}); the file is damaged, or its values are too large for that type.");
    }
}
