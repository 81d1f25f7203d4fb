using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Models.Scheduling;
using TorchSharp;

namespace LlmKick.Sdk.Testing;

/// <summary>
/// A llama with random weights that are the same for the same seed: rotary embeddings, grouped attention, gated feed-forward, norms
/// whose weights are 1. Small enough for a test, and in every way a model that compressors compress and tasks ask.
/// </summary>
public sealed class TinyLlama : ITransformer, IDecoder, IDisposable
{
    /// <summary>Width of the hidden states, a multiple of 32 as every width here.</summary>
    public const int Width = 32;

    /// <summary>Width inside the feed-forward part.</summary>
    public const int Inner = 64;

    /// <summary>Tokens in the longest sequence.</summary>
    public const int ContextLength = 1024;

    private readonly TinyBlock[] _blocks;

    /// <summary>Makes a model.</summary>
    /// <param name="blocks">Decoder blocks.</param>
    /// <param name="dtype">The weights' element type.</param>
    /// <param name="seed">Decides the weights.</param>
    public TinyLlama(int blocks = 3, torch.ScalarType dtype = torch.ScalarType.Float32, int seed = 1)
    {
        using var random = new torch.Generator((ulong)seed);
        Embedding = TinyBlock.Random([VocabularySize, Width], dtype, random);
        _blocks = [.. Enumerable.Range(0, blocks).Select(index => new TinyBlock(index, dtype, random))];
    }

    /// <summary>Number of token ids: those of <see cref="ByteTokenizer"/>.</summary>
    public static int VocabularySize => ByteTokenizer.Instance.VocabularySize;

    /// <summary>[vocabulary, width]; the output head is tied to it.</summary>
    public torch.Tensor Embedding { get; }

    /// <summary>All linears of all blocks, in order.</summary>
    public IEnumerable<Linear> Linears => _blocks.SelectMany(block => block.Groups).SelectMany(group => group.Linears);

    /// <summary>The weights of all norms of all blocks.</summary>
    public IEnumerable<torch.Tensor> Norms => _blocks.SelectMany(block => block.Parameters.Values);

    /// <inheritdoc/>
    public int BlockCount => _blocks.Length;

    /// <inheritdoc/>
    public long ParameterCount => Embedding.numel() + Linears.Sum(linear => linear.Weight.numel());

    /// <inheritdoc/>
    public torch.Device Device => torch.CPU;

    /// <inheritdoc/>
    public bool RoundsActivations => true;

    /// <inheritdoc/>
    public KeyValueScheme? KeyValues
    {
        get => _blocks[0].KeyValues;
        set
        {
            value?.RequireFit(TinyBlock.HeadWidth);
            foreach (var block in _blocks)
                block.KeyValues = value;
        }
    }

    /// <summary>Blocks run since the start, counted over batches.</summary>
    public int Forwards => _blocks.Sum(block => block.Forwards);

    /// <summary>A weight.</summary>
    /// <param name="block">The block's index.</param>
    /// <param name="linear">The linear's name in the block, such as <c>self_attn.q_proj</c>.</param>
    public torch.Tensor Weight(int block, string linear) => _blocks[block].Groups.SelectMany(group => group.Linears)
        .Single(l => l.Name == linear).Weight;

    /// <summary>Sequences of pseudo-random tokens.</summary>
    /// <param name="sequences">Sequences.</param>
    /// <param name="length">Tokens in each.</param>
    public static CalibrationSet Calibration(int sequences = 6, int length = 40) =>
        new([.. Enumerable.Range(0, sequences)
            .Select(s => Enumerable.Range(0, length).Select(i => (s * 31 + i * i * 7 + i) % VocabularySize).ToArray())]);

    /// <summary>The model as tasks see it. Disposing it disposes this.</summary>
    public ILanguageModel ToLanguageModel() => new LocalLanguageModel(
        new ModelDescription
        {
            Name = "tiny-llama",
            Architecture = "llama",
            ParameterCount = ParameterCount,
            VocabularySize = VocabularySize,
            ContextLength = ContextLength,
            DataType = Embedding.dtype.ToString().ToLowerInvariant(),
            Device = "cpu",
        },
        ByteTokenizer.Instance, this, this, this);

    /// <inheritdoc/>
    public torch.Tensor Embed(torch.Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var flat = tokens.flatten();
        using var rows = Embedding.index_select(0, flat);
        return rows.view(tokens.shape[0], tokens.shape[1], Width);
    }

    /// <inheritdoc/>
    public IBlock Open(int index) => _blocks[index];

    /// <inheritdoc/>
    public IKeyValueCache CreateCache(int batch, int capacity) =>
        new TokenHistory([.. Enumerable.Range(0, batch).Select(_ => Array.Empty<long>())], capacity);

    /// <inheritdoc/>
    /// <remarks>Rows are read one by one, and the cache is the tokens themselves: nothing to go wrong, and time is no matter
    /// here.</remarks>
    public torch.Tensor Forward(torch.Tensor tokens, ReadOnlySpan<int> lengths, IKeyValueCache? cache)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var output = torch.zeros([tokens.shape[0], tokens.shape[1], Width], Embedding.dtype);
        for (var row = 0; row < lengths.Length; row++)
        {
            var fresh = tokens[row].narrow(0, 0, lengths[row]).data<long>().ToArray();
            var hidden = Read(((TokenHistory?)cache)?.Append(row, fresh) ?? fresh);
            output[row].narrow(0, 0, fresh.Length).copy_(hidden[0].narrow(0, hidden.shape[1] - fresh.Length, fresh.Length));
        }
        return output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public torch.Tensor Logits(torch.Tensor hidden)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return torch.nn.functional.linear(hidden, Embedding).to_type(torch.ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Embedding.Dispose();
        foreach (var tensor in Linears.SelectMany(linear => linear.Tensors).Concat(Norms))
            tensor.Dispose();
    }

    private torch.Tensor Read(long[] tokens) =>
        TinyBlock.Norm(_blocks.Aggregate(Embed(torch.tensor(tokens, [1, tokens.Length])), (hidden, block) => block.Forward(hidden)));
}
