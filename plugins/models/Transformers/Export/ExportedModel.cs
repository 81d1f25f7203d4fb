using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Export.Folders;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Weights;
using TorchSharp;

namespace LlmKick.Transformers.Export;

/// <summary>All that is written of a model: blocks as they are now, the rest as its files have it.</summary>
/// <param name="Name">A readable name.</param>
/// <param name="Spec">What decides its computation.</param>
/// <param name="Source">Its files.</param>
/// <param name="Tensors">Its tensors, in the model's order.</param>
internal sealed record ExportedModel(string Name, ModelSpec Spec, IWeightSource Source, IReadOnlyList<ModelTensor> Tensors)
    : ICheckpointModel
{
    private const string RoundedKeys =
        "keys and values were rounded when it was measured, which no file says: tell the program that loads it";

    IReadOnlyList<CheckpointTensor> ICheckpointModel.Tensors => Tensors;

    public IReadOnlyList<CheckpointFile> Files => [.. FolderFiles.Of(this, FloatTypes.Resolve(FloatTypes.Own, this), null, null)];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public void Dispose() => Source.Dispose();

    public IEnumerable<ModelTensor> Linears => Tensors.Where(tensor => tensor.Linear is not null);

    /// <summary>Tensors of the model's own folder that the text model does not read (towers for images, prediction heads, masks), as they
    /// are.</summary>
    public IEnumerable<PlannedTensor> Others()
    {
        if (Source is not FolderWeights folder)
            yield break;
        var read = new ParameterSource(Spec, Source).FileNames(Tensors.Select(tensor => tensor.Parameter));
        foreach (var name in folder.Names.Where(name => !read.Contains(name) && folder.Files.Contains(name)).Order(StringComparer.Ordinal))
        {
            var stored = folder.Files.Describe(name);
            if (SafetensorsDtype.Find(stored.Dtype) is { } dtype)
                yield return new PlannedTensor(name, dtype, [.. stored.Shape], () => folder.Files.Read(name));
        }
    }

    /// <summary>A model that is not compressed yet; null where it is not known what a linear will be.</summary>
    public static ExportedModel? Foreseen(string name, ModelSpec spec, IWeightSource source, Func<LinearPlace, LinearForecast?> linears)
    {
        var parameters = new ParameterSource(spec, source);
        var tensors = new List<ModelTensor>();
        foreach (var parameter in spec.Parameters())
        {
            var linear = parameter.IsLinear ? linears(Place(spec, parameter)) : null;
            if (parameter.IsLinear && linear is null)
                return null;
            var tensor = Tensor(parameter, parameters, type => linear is null ? parameters.Read(parameter, type)
                : throw new InvalidOperationException("A forecast has no values of linears."));
            tensors.Add(tensor with { Forecast = linear, Linear = linear is null ? null
                : new LinearFacts(Module(tensor.Name), tensor.Shape[0], tensor.Shape[1], linear) });
        }
        return new ExportedModel(name, spec, source, tensors);
    }

    /// <summary>A loaded model.</summary>
    public static ExportedModel Loaded(string name, BlockwiseModel blocks, IWeightSource source)
    {
        var (model, parameters) = (blocks.Model, new ParameterSource(blocks.Model.Spec, source));
        return new(name, model.Spec, source, [.. model.Spec.Parameters().Select(parameter => Loaded(parameter, model, parameters))])
        {
            Notes = blocks.KeyValues is null ? [] : [RoundedKeys],
        };
    }

    private static ModelTensor Loaded(Parameter parameter, TransformerModel model, ParameterSource source)
    {
        if (parameter.Block is not { } block)
            return Tensor(parameter, source, type => source.Read(parameter, type));
        // The block stays in memory until another is opened.
        DecoderBlock Own()
        {
            using var lease = model.Blocks.Open(block);
            return lease.Block;
        }
        if (!parameter.IsLinear)
            return Tensor(parameter, source, type => Whole(Own().Parameters[parameter.Spec.Name], parameter, source, type));
        Linear Open() => Own().Linear(Module(parameter.Spec.Name));
        var tensor = Tensor(parameter, source, type => Open() is { Encoding: DenseEncoding } linear
            ? Whole(linear.Weight, parameter, source, type) : Open().Weight.to_type(type));
        var facts = LinearFacts.Of(Module(tensor.Name), Open());
        return tensor with { Open = Open, Linear = facts, Forecast = facts.Forecast };
    }

    /// <summary>Values that the model holds with fewer digits than its files have them (float32 routers of a model in bfloat16): those of
    /// the files, where nothing has changed them.</summary>
    private static torch.Tensor Whole(torch.Tensor held, Parameter parameter, ParameterSource source, torch.ScalarType type)
    {
        if (held.dtype == type || !source.Contains(parameter)
            || source.Files.StoredType(source.FileName(parameter)!) is not { } stored || stored == held.dtype
            || held.dtype == torch.ScalarType.Float32)
            return held.to_type(type);
        using var scope = torch.NewDisposeScope();
        var rounded = source.Read(parameter, held.dtype).to(held.device);
        return (rounded.eq(held).all().item<bool>() ? source.Read(parameter, type) : held.to_type(type)).MoveToOuterDisposeScope();
    }

    private static ModelTensor Tensor(Parameter parameter, ParameterSource source, Func<torch.ScalarType, torch.Tensor> read)
    {
        var isFolder = source.Files is FolderWeights;
        return new ModelTensor(parameter, isFolder ? source.OwnName(parameter) : parameter.Name, read)
        {
            Stack = isFolder ? source.FloatStackOf(parameter) : null,
            PossibleStack = source.PossibleStackOf(parameter),
            Names = isFolder ? source.LayoutNames(parameter) : (parameter.Name, parameter.Name),
            OwnType = source.Contains(parameter) ? source.Files.StoredType(source.FileName(parameter)!) : null,
        };
    }

    private static LinearPlace Place(ModelSpec spec, Parameter parameter) => new(
        parameter.Block!.Value, spec.BlockCount, Module(parameter.Spec.Name), parameter.Spec.Shape[0], parameter.Spec.Shape[1],
        parameter.Spec.Role, parameter.Spec.Expert);

    private static string Module(string weight) => weight[..^".weight".Length];
}
