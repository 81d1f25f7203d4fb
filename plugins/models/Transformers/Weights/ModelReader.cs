using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Builds a model from a source. At most one tensor is in memory beside the model's own.</summary>
internal sealed class ModelReader(TransformerConfig config, IWeightSource source, Device device, ScalarType dtype)
{
    private readonly ModelLayout _layout = new(config);
    private readonly WeightReader _reader = new(source, device, dtype);

    public TransformerModel Read(IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken)
    {
        LayoutCheck.Require(_layout, config, source);
        // Frees what was read when a later tensor fails.
        using var scope = NewDisposeScope();
        var embedding = _reader.Read(ModelLayout.Embedding);
        var model = new TransformerModel
        {
            Config = config,
            ParameterCount = _layout.ParameterCount,
            Embedding = embedding,
            Head = config.TiedEmbeddings ? embedding : _reader.Read(ModelLayout.Head),
            FinalNorm = Norm(ModelLayout.FinalNorm),
            Rotary = new RotaryTable(config, device, dtype),
            Blocks = [.. Blocks(progress, cancellationToken)],
        };
        scope.Detach(model.Tensors);
        return model;
    }

    private IEnumerable<DecoderBlock> Blocks(IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken)
    {
        for (var block = 0; block < config.BlockCount; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Block(block);
            progress?.Report(new ProgressUpdate("load", block + 1, config.BlockCount, "block"));
        }
    }

    private DecoderBlock Block(int index) => new()
    {
        Index = index,
        AttentionNorm = Norm(ModelLayout.InBlock(index, ModelLayout.AttentionNorm)),
        Attention = new Attention(config, _reader.Read(_layout.Qkv, index), _reader.Read(_layout.Output, index)),
        FeedForwardNorm = Norm(ModelLayout.InBlock(index, ModelLayout.FeedForwardNorm)),
        FeedForward = new FeedForward(_reader.Read(_layout.GateUp, index), _reader.Read(_layout.Down, index)),
    };

    private RmsNorm Norm(string name) => new(_reader.Read(name), config.NormEpsilon);
}
