using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Sdk.Testing;

/// <summary>A <see cref="TinyLlama"/> as checkpoint formats see it.</summary>
public sealed class TinyCheckpointModel : ICheckpointModel
{
    private readonly TinyLlama _model;
    private readonly bool _isForeseen;

    /// <summary>Shows a model. It stays the caller's.</summary>
    /// <param name="model">The model, compressed or not.</param>
    /// <param name="isForeseen">Whether it is a forecast: then its linears have neither values nor parts.</param>
    public TinyCheckpointModel(TinyLlama model, bool isForeseen = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _isForeseen) = (model, isForeseen);
        Tensors = [Of("model.embed_tokens.weight", model.Embedding), .. Enumerable.Range(0, model.BlockCount).SelectMany(OfBlock)];
    }

    /// <inheritdoc/>
    public string Name => "tiny-llama";

    /// <inheritdoc/>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CheckpointFile> Files =>
        [CheckpointFile.Of("config.json", """{"model_type":"llama"}"""u8.ToArray()), CheckpointFile.Of("tokenizer.json", "{}"u8.ToArray())];

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private IEnumerable<CheckpointTensor> OfBlock(int index)
    {
        using var block = _model.Open(index);
        var name = $"model.layers.{index}.";
        return [.. block.Groups.SelectMany(group => group.Linears).Select(linear => Of(name, linear)),
            .. block.Parameters.Select(parameter => Of(name + parameter.Key, parameter.Value))];
    }

    private CheckpointTensor Of(string block, Linear linear) => Of($"{block}{linear.Name}.weight", linear.Weight) with
    {
        Read = type => _isForeseen ? throw new InvalidOperationException($"A forecast has no values of {linear.Name}: read them in what "
            + "CheckpointFile.Write is given.") : linear.Weight.to_type(type),
        Open = _isForeseen ? null : () => linear,
        Forecast = new LinearForecast(linear.Encoding,
            linear.Encoding.IsPruned ? linear.Weight.numel() - linear.Weight.count_nonzero().item<long>() : 0,
            linear.Quantized?.ColumnGroups is not null, linear.Quantized?.Scales.numel() == 1),
    };

    private static CheckpointTensor Of(string name, torch.Tensor values) =>
        new(name, values.shape, type => values.to_type(type)) { OwnType = values.dtype };
}
