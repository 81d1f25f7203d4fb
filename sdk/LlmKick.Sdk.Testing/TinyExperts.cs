using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Sdk.Testing;

/// <summary>
/// Blocks with what <see cref="TinyLlama"/> has not, for compressors to meet: experts and their router, one expert that no token reaches,
/// one norm that several groups read, stored less an offset of 1, and a bias before a linear that is read. Random weights, the same for the
/// same seed.
/// </summary>
public sealed class TinyExperts : ITransformer, IDisposable
{
    /// <summary>Width of the hidden states.</summary>
    public const int Width = 32;

    /// <summary>Experts of each block; the last is never chosen.</summary>
    public const int Experts = 4;

    private readonly torch.Tensor _embedding;
    private readonly TinyExpertsBlock[] _blocks;

    /// <summary>Makes a model.</summary>
    /// <param name="blocks">Decoder blocks.</param>
    /// <param name="seed">Decides the weights.</param>
    public TinyExperts(int blocks = 2, int seed = 1)
    {
        using var random = new torch.Generator((ulong)seed);
        _embedding = TinyBlock.Random([TinyLlama.VocabularySize, Width], torch.float32, random);
        _blocks = [.. Enumerable.Range(0, blocks).Select(index => new TinyExpertsBlock(index, random))];
    }

    /// <summary>All linears of all blocks, in order.</summary>
    public IEnumerable<Linear> Linears => _blocks.SelectMany(block => block.Groups).SelectMany(group => group.Linears);

    /// <inheritdoc/>
    public int BlockCount => _blocks.Length;

    /// <inheritdoc/>
    public long ParameterCount => _embedding.numel() + Linears.Sum(linear => linear.Weight.numel())
        + _blocks.Sum(block => block.Parameters.Values.Sum(p => p.numel()));

    /// <inheritdoc/>
    public torch.Device Device => torch.CPU;

    /// <inheritdoc/>
    public bool RoundsActivations => true;

    /// <inheritdoc/>
    public torch.Tensor Embed(torch.Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var flat = tokens.flatten();
        using var rows = _embedding.index_select(0, flat);
        return rows.view(tokens.shape[0], tokens.shape[1], Width);
    }

    /// <inheritdoc/>
    public IBlock Open(int index) => _blocks[index];

    /// <inheritdoc/>
    public void Dispose()
    {
        _embedding.Dispose();
        foreach (var tensor in Linears.SelectMany(linear => linear.Tensors).Concat(_blocks.SelectMany(block => block.Parameters.Values)))
            tensor.Dispose();
    }
}
