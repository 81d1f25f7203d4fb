using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>A changed block in a file.</summary>
internal sealed class KeptBlock : IDisposable
{
    private readonly SpillFile _file;
    private readonly Dictionary<string, (SpilledTensor Weight, LinearEncoding Encoding, Dictionary<string, SpilledTensor> Parts)> _linears;
    private readonly Dictionary<string, SpilledTensor> _others;

    private KeptBlock(DecoderBlock block, string folder)
    {
        _file = new SpillFile(folder);
        _linears = block.Linears.SelectMany(fused => fused.Linears).ToDictionary(linear => linear.Name, linear => (_file.Add(linear.Weight),
            linear.Encoding, linear.Parts.ToDictionary(part => part.Key, part => _file.Add(part.Value))));
        _others = block.Parameters.ToDictionary(row => row.Key, row => _file.Add(row.Value));
    }

    public static KeptBlock Of(DecoderBlock block, string folder)
    {
        using var scope = NewDisposeScope();
        return new KeptBlock(block, folder);
    }

    /// <summary>Puts a linear back.</summary>
    public void Restore(Linear linear)
    {
        var (weight, encoding, parts) = _linears[linear.Name];
        linear.Restore(weight, encoding, parts);
    }

    /// <summary>Anything but a linear's weight, by its name inside the block, owned by the caller's dispose scope.</summary>
    public Tensor Read(string name) => _others[name].Read();

    public void Dispose() => _file.Dispose();
}
