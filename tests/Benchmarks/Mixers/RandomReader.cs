using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Benchmarks.Mixers;

/// <summary>Makes parts of random tensors; they belong to the caller's scope.</summary>
/// <param name="dtype">The model's.</param>
internal sealed class RandomReader(ScalarType dtype) : IPartReader
{
    public FusedLinear Linears(string group, params IReadOnlyList<LinearSpec> linears)
    {
        var (rows, inputs) = (linears.Sum(linear => linear.Outputs), linears[0].Inputs);
        var weight = Random([rows, inputs], 1 / Math.Sqrt(inputs));
        var (own, first) = (new List<Linear>(), 0L);
        foreach (var spec in linears)
        {
            own.Add(new Linear(spec.Name, weight.narrow(0, first, spec.Outputs), spec.Role, spec.Expert));
            first += spec.Outputs;
        }
        return new FusedLinear(weight, null, new LinearGroup(group, own), [.. linears.Select(_ => false)]);
    }

    public Norm? Norm(NormSpec? spec) => spec is null ? null : new Norm(spec, ones(spec.Width, dtype), null);

    public Tensor Tensor(ParameterSpec spec) => Random([.. spec.Shape], 1);

    private Tensor Random(long[] shape, double size) =>
        empty(shape, dtype).uniform_(-size, size);
}
