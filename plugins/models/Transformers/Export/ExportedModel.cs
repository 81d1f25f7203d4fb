using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export;

/// <summary>All that is written of a model: blocks as they are now, the rest as its files have it.</summary>
/// <param name="Name">A readable name.</param>
/// <param name="Config">What decides its computation.</param>
/// <param name="Source">Its files.</param>
/// <param name="Tensors">Its tensors, in the model's order.</param>
internal sealed record ExportedModel(string Name, TransformerConfig Config, IWeightSource Source, IReadOnlyList<ModelTensor> Tensors)
{
    public IEnumerable<ModelTensor> Linears => Tensors.Where(tensor => tensor.Linear is not null);

    /// <summary>A model that is not compressed yet; null where it is not known what a linear will be.</summary>
    public static ExportedModel? Foreseen(string name, TransformerConfig config, IWeightSource source, Func<LinearPlace, LinearForecast?> linears)
    {
        var tensors = new List<ModelTensor>();
        foreach (var place in new ModelLayout(config).Places())
        {
            var linear = place.Linear is { } known ? linears(known) : null;
            if (place.Linear is not null && linear is null)
                return null;
            tensors.Add(new ModelTensor(place.Name, place.Shape, _ => throw new InvalidOperationException("A forecast has no values."))
            {
                Place = place.Linear,
                Linear = linear is null ? null : new LinearFacts(Module(place.Name), place.Shape[0], place.Shape[1], linear),
            });
        }
        return new ExportedModel(name, config, source, tensors);
    }

    /// <summary>A loaded model.</summary>
    public static ExportedModel Loaded(string name, TransformerModel model, IWeightSource source) =>
        new(name, model.Config, source, [.. new ModelLayout(model.Config).Places().Select(place => Tensor(place, model, source))]);

    private static ModelTensor Tensor(TensorPlace place, TransformerModel model, IWeightSource source)
    {
        if (place.Block is not { } block)
            return new ModelTensor(place.Name, place.Shape, type => source.Read(place.Name, type));
        var tensors = model.Blocks[block];
        var inBlock = place.Name[ModelLayout.InBlock(block, "").Length..];
        if (place.Linear is not { } linear)
            return new ModelTensor(place.Name, place.Shape, type => tensors.Find(inBlock).to_type(type));
        Linear Open() => tensors.Linear(linear.Name);
        return new ModelTensor(place.Name, place.Shape, type => Open().Weight.to_type(type)) { Open = Open, Place = linear, Linear = LinearFacts.Of(Module(place.Name), Open()) };
    }

    private static string Module(string weight) => weight[..^".weight".Length];
}
