using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>Reads a block from the file where it is kept; its tensors belong to the caller's scope.</summary>
internal sealed class KeptReader(KeptBlock kept, Device device, ScalarType dtype) : PartAssembly(device, dtype)
{
    public override Tensor Tensor(ParameterSpec spec) => kept.Read(spec.Name);

    protected override void Fill(Linear linear, LinearSpec spec) => kept.Restore(linear);
}
